/** What stands on a chart besides its values: spans of shaded ground, and points that are marked and named. */
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import classes from './chart.module.css'
import { cutToRoom } from './chart-notes.ts'
import type { Chart, ChartGround } from './chart-point.ts'

/** Less than this cannot be seen or pointed at. */
const LEAST_PX = 4
const LABEL_PX = 90
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
export const Marks = ({ chart: { marks = [], series, periods } }: { chart: Chart }) => {
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
    // to the left where there is no room to the right
    const isLeft = at + 8 + width > right + MARGIN_PX
    const begin = isLeft ? at - 8 - width : at + 8
    const isNamed = begin > free
    if (isNamed) free = begin + width + 8
    return [{ key: `${period} ${label}`, at, height: Number(y(value)), text: isNamed ? text : null, isLeft, label }]
  })
  return (
    <g aria-hidden>
      {placed.map(({ key, at, height, text, isLeft, label }) => (
        <g key={key}>
          <circle cx={at} cy={height} r={5} fill="var(--ink)" stroke="var(--card)" strokeWidth={1.5}>
            <title>{label}</title>
          </circle>
          {text === null ? null : (
            <text
              x={isLeft ? at - 8 : at + 8}
              y={Math.max(area.y + 12, height - 8)}
              textAnchor={isLeft ? 'end' : 'start'}
              className={classes.mark}
            >
              {text}
            </text>
          )}
        </g>
      ))}
    </g>
  )
}
