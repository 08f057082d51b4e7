import { sayStatistic } from './say-alerts.ts'
import classes from './alerts.module.css'

/** The bar ends here, in limits; what is more is drawn as this much. */
const MOST = 2
const WIDTH = 200
const HEIGHT = 30
const X = (value: number) => (Math.min(Math.max(value, 0), MOST) / MOST) * WIDTH

/** How far the last period is on its way to the limit, and beyond. In ink: it measures; what it means stands beside it in words. */
export const LimitBar = ({ statistic, what }: { statistic: number | null; what: string }) => {
  if (statistic === null) return null
  const limit = X(1)
  const end = X(statistic)
  return (
    <figure className={classes.bar}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={`${what}: ${sayStatistic(statistic)}`}>
        <rect x={0} y={14} width={WIDTH} height={12} rx={2} fill="var(--wash)" stroke="var(--line)" />
        <rect x={0} y={14} width={Math.max(2, Math.min(end, limit))} height={12} rx={2} fill="var(--tone-other)" />
        {end > limit ? <rect x={limit} y={14} width={end - limit} height={12} fill="var(--ink)" /> : null}
        <line x1={limit} x2={limit} y1={10} y2={30} stroke="var(--ink)" strokeWidth={2} />
        <text x={limit} y={8} textAnchor="middle" className={classes.barLabel}>
          limit
        </text>
      </svg>
      <figcaption className="small">{sayStatistic(statistic)}</figcaption>
    </figure>
  )
}
