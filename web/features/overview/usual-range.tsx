import type { Change } from '../../../shared/contract/changes.ts'
import type { Point } from '../../../shared/contract/metric.ts'

const WIDTH = 124
const HEIGHT = 28
const EDGE = 8

/** What lies on the drawing's axis: the share in parts of this period's denominator, else the value. */
const placeOf = (point: Point | null, of: number | null): number | null => {
  // an import or a purge would leave no room for the rest
  if (point === null || point.status === 'bulk_step') return null
  if (of === null) return point.value
  return point.numerator === null || !point.denominator ? null : (point.numerator / point.denominator) * of
}

/** A dot on a line: what is usual is a band, the period before a ring, a year before a small line. `label` says it in words. */
export const UsualRange = ({ change: { point, before, year_before, usual, is_unusual }, label }: { change: Change; label: string }) => {
  if (usual === null) return null
  const now = placeOf(point, usual.of)
  const then = placeOf(before, usual.of)
  const yearBefore = placeOf(year_before, usual.of)
  if (now === null) return null
  const all = [now, then, yearBefore, usual.low, usual.high].filter((value) => value !== null)
  const most = Math.max(...all)
  // counts begin at nothing; what lies far from it, such as a share near all, would have no room
  const least = Math.min(...all) > most / 2 ? Math.min(...all) - (most - Math.min(...all)) * 0.15 : 0
  const x = (value: number) => EDGE + ((value - least) / Math.max(most - least, 1e-9)) * (WIDTH - 2 * EDGE)
  const middle = HEIGHT / 2
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
      style={{ display: 'block', maxWidth: '100%' }}
    >
      <line x1={0} x2={WIDTH} y1={middle} y2={middle} stroke="var(--line)" />
      <rect
        x={x(usual.low)}
        y={middle - 7}
        width={Math.max(3, x(usual.high) - x(usual.low))}
        height={14}
        fill="var(--wash)"
        stroke="var(--tone-other-edge)"
        strokeWidth={0.75}
      />
      {yearBefore === null ? null : (
        <line
          x1={x(yearBefore)}
          x2={x(yearBefore)}
          y1={middle - 9}
          y2={middle + 9}
          stroke="var(--quiet)"
          strokeWidth={1.5}
          strokeDasharray="2 2"
        />
      )}
      {then === null ? null : <circle cx={x(then)} cy={middle} r={4} fill="var(--card)" stroke="var(--quiet)" strokeWidth={1.5} />}
      {is_unusual ? (
        <path d={`M${x(now)} ${middle - 6.5}l6.5 6.5l-6.5 6.5l-6.5 -6.5z`} fill="var(--ink)" />
      ) : (
        <circle cx={x(now)} cy={middle} r={4.5} fill="var(--ink)" />
      )}
    </svg>
  )
}

/** What the marks of the drawing mean. */
export const UsualKey = ({ before, yearBefore }: { before: string; yearBefore: string | null }) => (
  <p className="small quiet" aria-hidden>
    ● now, ◆ where unusual · ○ {before}
    {yearBefore === null ? '' : ` · ┆ ${yearBefore}`} · band: what is usual
  </p>
)
