/** What Recharts does not draw: labels at the end of lines, the hatching of an unfinished period, the mark of a gap. */
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts'
import { formatPeriod, startSentence } from '../../shared/format.ts'
import { formatInterval, formatValue } from '../../shared/unit.ts'
import classes from './chart.module.css'
import type { Chart } from './chart-point.ts'
import { spreadLabels } from './chart-scale.ts'
import { edgeOf, fillOf, type Tone } from './palette.ts'

export const hatchId = (chartId: string, tone: Tone): string => `${chartId}-hatch-${tone}`

export const HatchPatterns = ({ chartId, tones }: { chartId: string; tones: Tone[] }) => (
  <defs>
    {tones.map((tone) => (
      <pattern key={tone} id={hatchId(chartId, tone)} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={6} height={6} fill="var(--card)" />
        <rect width={2.5} height={6} fill={fillOf(tone)} />
      </pattern>
    ))}
  </defs>
)

export type EndLabel = { text: string; at: number; tone: Tone; isQuiet: boolean }

export const EndLabels = ({ labels }: { labels: EndLabel[] }) => {
  const scale = useYAxisScale()
  const area = usePlotArea()
  if (scale === undefined || area === undefined) return null
  const placed = spreadLabels(
    labels.map((label) => ({ ...label, y: Number(scale(label.at)) })),
    area.y + 4,
    area.y + area.height - 4,
    17,
  )
  const x = area.x + area.width
  return (
    <g aria-hidden>
      {placed.map((label) => (
        <g key={label.text}>
          <rect
            x={x + 8}
            y={label.y - 4}
            width={8}
            height={8}
            rx={2}
            fill={label.isQuiet ? 'none' : fillOf(label.tone)}
            stroke={edgeOf(label.tone)}
          />
          <text x={x + 22} y={label.y} dy="0.34em" className={classes.endLabel}>
            {label.text}
          </text>
        </g>
      ))}
    </g>
  )
}

/** Hatches the ground of periods that are not over, for charts of lines. */
export const UnfinishedGround = ({ chartId, periods }: { chartId: string; periods: string[] }) => {
  const scale = useXAxisScale()
  const area = usePlotArea()
  if (scale === undefined || area === undefined) return null
  return (
    <g aria-hidden>
      {periods.map((period) => {
        const middle = Number(scale(period, { position: 'middle' }))
        const start = Number(scale(period, { position: 'start' }))
        if (Number.isNaN(middle)) return null
        const half = Math.max(4, Math.abs(middle - start))
        const left = Math.max(area.x, middle - half)
        const right = Math.min(area.x + area.width, middle + half)
        return (
          <rect
            key={period}
            x={left}
            y={area.y}
            width={right - left}
            height={area.height}
            fill={`url(#${hatchId(chartId, 'other')})`}
            opacity={0.35}
          />
        )
      })}
    </g>
  )
}

/** A short dash on the axis where a value is withheld or missing; its reason shows on hover and in the table. */
export const GapMarks = ({ periods }: { periods: string[] }) => {
  const scale = useXAxisScale()
  const area = usePlotArea()
  if (scale === undefined || area === undefined) return null
  const y = area.y + area.height - 6
  return (
    <g aria-hidden stroke="var(--quiet)" strokeWidth={1.5}>
      {periods.map((period) => {
        const x = Number(scale(period, { position: 'middle' }))
        return Number.isNaN(x) ? null : <line key={period} x1={x - 3} x2={x + 3} y1={y} y2={y} />
      })}
    </g>
  )
}

/** Of notes in a tooltip; the table has all. */
const MOST_TITLES = 5

/** What stands beside a chart at one period: value, interval, k of n, or the reason there is none. */
export const PeriodNote = ({ chart, period }: { chart: Chart; period: string }) => {
  const at = chart.periods.indexOf(period)
  if (at < 0) return null
  const isUnfinished = chart.series.some((s) => s.points[at]?.is_unfinished)
  const notes = [...(chart.marks ?? []), ...(chart.notes ?? [])].filter((note) => note.period === period)
  const grounds = (chart.grounds ?? []).filter(({ from, to }) => chart.periods.indexOf(from) <= at && at <= chart.periods.indexOf(to))
  return (
    <div className={classes.note}>
      <p className="strong">
        {startSentence(formatPeriod(period))}
        {isUnfinished ? ', not over yet' : ''}
      </p>
      {chart.series.map((one) => {
        const point = one.points[at]
        if (point === undefined) return null
        const interval = formatInterval(point.low, point.high, chart.unit)
        const cases = point.numerator !== null && point.denominator !== null ? `${point.numerator} of ${point.denominator}` : null
        const value = point.value === null ? null : formatValue(point.value, chart.unit, point.denominator ?? 0)
        return (
          <p key={one.id} className={classes.noteLine}>
            <span
              className={classes.swatch}
              style={{ background: one.isQuiet ? 'none' : fillOf(one.tone), borderColor: edgeOf(one.tone) }}
            />
            <span>
              {one.label}: {value ?? (cases === null ? 'no value' : cases)}
              {value !== null && (interval !== null || cases !== null)
                ? ` (${[cases, interval].filter((part) => part !== null).join('; ')})`
                : ''}
              {point.reason === null ? null : <span className={classes.reason}>{point.reason}</span>}
            </span>
          </p>
        )
      })}
      {grounds.map(({ from, label }) => (
        <p key={from} className={classes.reason}>
          {label}
        </p>
      ))}
      {notes.slice(0, MOST_TITLES).map((note, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two notes may say the same
        <p key={i} className={classes.tried}>
          <bdi>{note.label}</bdi>
        </p>
      ))}
      {notes.length > MOST_TITLES ? <p className={classes.tried}>and {notes.length - MOST_TITLES} more notes</p> : null}
    </div>
  )
}
