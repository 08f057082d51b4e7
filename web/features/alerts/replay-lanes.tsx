import type { AlertCourse } from '../../../shared/contract/alert.ts'
import { addDays, daysBetween } from '../../../shared/period.ts'
import classes from './alerts.module.css'
import { sayStandings } from './compare-replay.ts'

type Told = AlertCourse['alerts'][number]

/** Years named under the lanes at most; more would lie on each other. */
const MOST_YEARS = 8

const yearsOf = (from: string, to: string): string[] => {
  const [first, last] = [Number(from.slice(0, 4)) + 1, Number(to.slice(0, 4))]
  const every = Math.max(1, Math.ceil((last - first + 1) / MOST_YEARS))
  const years: string[] = []
  for (let year = first; year <= last; year += every) years.push(String(year).padStart(4, '0'))
  return years
}

/** When alerts would have stood, by the limits of now and by those tried: one lane each on the same years. */
export const ReplayLanes = ({ from, to, lanes }: { from: string; to: string; lanes: { label: string; alerts: readonly Told[] }[] }) => {
  const span = Math.max(1, daysBetween(from, to))
  const at = (on: string) => (100 * Math.min(Math.max(0, daysBetween(from, on)), span)) / span
  return (
    <div className={classes.lanes}>
      {lanes.map(({ label, alerts }) => (
        <div key={label} className={classes.lane}>
          <span className={classes.laneLabel}>{label}</span>
          <span className={classes.track} role="img" aria-label={`${label}: ${sayStandings(alerts)}`}>
            {alerts.map(({ began_on, ended_on, headline }) => (
              <i
                key={began_on}
                title={headline}
                style={{ left: `${at(began_on)}%`, width: `max(4px, ${at(ended_on ?? addDays(to, 0)) - at(began_on)}%)` }}
              />
            ))}
          </span>
        </div>
      ))}
      <div className={classes.lane} aria-hidden>
        <span className={classes.laneLabel} />
        <span className={classes.years}>
          {yearsOf(from, to).map((year) => (
            <span key={year} style={{ left: `${at(`${year}-01-01`)}%` }}>
              {year}
            </span>
          ))}
        </span>
      </div>
    </div>
  )
}
