import type { AlertContent } from '../../../shared/contract/alert.ts'
import { formatDecimal, formatPeriodShort } from '../../../shared/format.ts'
import classes from './alerts.module.css'

type NoticeChartOf = NonNullable<AlertContent['chart']>

const WIDTH = 360
const HEIGHT = 96
const [LEFT, TOP, BOTTOM] = [36, 18, 20]

/** The few weeks a notice was told with: those that were judged in ink, what was usual as a line. Its caption says the same. */
export const NoticeChart = ({ chart }: { chart: NoticeChartOf }) => {
  const { title, caption, unit, weeks, usual, judged_from } = chart
  const top = Math.max(usual ?? 0, ...weeks.map(({ value }) => value ?? 0)) || 1
  const isShare = unit === 'share'
  const write = (value: number) =>
    isShare || unit === '%' ? `${formatDecimal(isShare ? value * 100 : value, 0)} %` : formatDecimal(value, value < 10 ? 1 : 0)
  const step = (WIDTH - LEFT) / Math.max(1, weeks.length)
  const base = HEIGHT - BOTTOM
  const y = (value: number) => base - (value / top) * (base - TOP)
  const [first, last] = [weeks[0], weeks.at(-1)]
  return (
    <figure className={classes.noticeChart}>
      <figcaption className="small strong">{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={caption}>
        <line x1={LEFT} x2={WIDTH} y1={base} y2={base} stroke="var(--quiet)" />
        <text x={LEFT - 6} y={y(top) + 4} textAnchor="end" className={classes.tick}>
          {write(top)}
        </text>
        <text x={LEFT - 6} y={base + 4} textAnchor="end" className={classes.tick}>
          0
        </text>
        {weeks.map(({ on, value }, at) => {
          const x = LEFT + at * step
          if (value === null) return <line key={on} x1={x + 1} x2={x + step - 1} y1={base - 4} y2={base - 4} stroke="var(--quiet)" />
          const isJudged = judged_from !== null && on >= judged_from
          const height = Math.max(value > 0 ? 1 : 0, base - y(value))
          return (
            <rect
              key={on}
              x={x + step * 0.1}
              y={base - height}
              width={step * 0.8}
              height={height}
              fill={isJudged ? 'var(--ink)' : 'var(--tone-other)'}
            />
          )
        })}
        {usual === null ? null : (
          <>
            <line x1={LEFT} x2={WIDTH} y1={y(usual)} y2={y(usual)} stroke="var(--ink)" strokeDasharray="2 3" />
            {/* on the side of the weeks that are judged, which lie under it as often as not */}
            <text x={WIDTH - 2} y={Math.max(12, y(usual) - 4)} textAnchor="end" className={classes.over}>
              usual
            </text>
          </>
        )}
        {first === undefined || last === undefined ? null : (
          <>
            <text x={LEFT} y={HEIGHT - 5} className={classes.tick}>
              {formatPeriodShort(first.on)}
            </text>
            <text x={WIDTH} y={HEIGHT - 5} textAnchor="end" className={classes.tick}>
              {formatPeriodShort(last.on)}
            </text>
          </>
        )}
      </svg>
      <p className="small quiet">{caption}</p>
    </figure>
  )
}
