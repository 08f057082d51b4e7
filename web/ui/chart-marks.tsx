/** What stands on a chart besides its values: spans of shaded ground, and points that are marked and named. */
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import classes from './chart.module.css'
import { cutToRoom } from './chart-notes.ts'
import type { Chart, ChartGround } from './chart-point.ts'

/** Less than this cannot be seen or pointed at. */
const LEAST_PX = 4
const LABEL_PX = 110
/** The row of notes under that of marks. */
const NOTES_PX = 18
const LETTER_PX = 6.6
/** Beside the plot, where nothing else is drawn. */
const MARGIN_PX = 10

/** The ground of spans of periods, behind everything; its words show on pointing at it, and stand in the table. */
export const Grounds = ({ grounds }: { grounds: readonly ChartGround[] }) => {
  const scale = useXAxisScale()
  const area = usePlotArea()
  if (scale === undefined || area === undefined) return null
  return (
    <g aria-hidden>
      {grounds.map(({ from, to, label }) => {
        const [left, right] = [Number(scale(from, { position: 'start' })), Number(scale(to, { position: 'end' }))]
        if (Number.isNaN(left) || Number.isNaN(right)) return null
        return (
          <rect key={from} x={left} y={area.y} width={Math.max(LEAST_PX, right - left)} height={area.height} className={classes.ground}>
            <title>{label}</title>
          </rect>
        )
      })}
    </g>
  )
}

/** Points of the first series with their names; a name that would lie on the one before is left to the tooltip and the table. */
export const Marks = ({ chart: { marks = [], notes = [], series, periods } }: { chart: Chart }) => {
  const x = useXAxisScale()
  const y = useYAxisScale()
  const area = usePlotArea()
  if (x === undefined || y === undefined || area === undefined) return null
  const right = area.x + area.width
  let free = Number.NEGATIVE_INFINITY
  const placed = marks.flatMap(({ period, label }) => {
    const value = series[0]?.points[periods.indexOf(period)]?.value
    const at = Number(x(period, { position: 'middle' }))
    if (value == null || Number.isNaN(at)) return []
    const text = cutToRoom(label, LABEL_PX)
    const width = text.length * LETTER_PX
    const begin = Math.min(at - 2, right + MARGIN_PX - width)
    const isNamed = begin > free
    if (isNamed) free = begin + width + 8
    return [{ key: `${period} ${label}`, at, height: Number(y(value)), text: isNamed ? text : null, begin, label }]
  })
  // over the row of notes, where there is one: free of the line, of its dots and of them
  const row = area.y - 5 - (notes.length > 0 ? NOTES_PX : 0)
  return (
    <g aria-hidden>
      {placed.map(({ key, at, height, text, begin, label }) => (
        <g key={key}>
          {text === null ? null : (
            <>
              <line x1={at} x2={at} y1={row + 4} y2={height} stroke="var(--quiet)" strokeDasharray="2 3" />
              <text x={begin} y={row} className={classes.mark}>
                {text}
              </text>
            </>
          )}
          <circle cx={at} cy={height} r={5} fill="var(--ink)" stroke="var(--card)" strokeWidth={1.5}>
            <title>{label}</title>
          </circle>
        </g>
      ))}
    </g>
  )
}
