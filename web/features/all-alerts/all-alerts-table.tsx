import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AlertsOfCommunity } from '../../../shared/contract/all-alerts.ts'
import { dayInZone, formatDay, startSentence } from '../../../shared/format.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import { sayNoticed, sayStoodAtEnd } from '../../../shared/say-alert-time.ts'
import classes from './all-alerts.module.css'
import { type Sort, sortCommunities } from './say-all-alerts.ts'

const COLUMNS: { sort: Sort; label: string }[] = [
  { sort: 'name', label: 'Community' },
  { sort: 'standing', label: 'What stands, or was told last' },
  { sort: 'expected', label: 'False alarms to expect' },
  { sort: 'told', label: 'Was it right so far?' },
]

const Standing = ({ of: { slug, standing, last, time_zone: zone } }: { of: AlertsOfCommunity }) => {
  if (standing.length > 0)
    return (
      <ul className={classes.standing}>
        {standing.map(({ alert_id, rule, headline, began_on, is_history }) => (
          <li key={alert_id}>
            <Link to="/c/$slug/alerts" params={{ slug }} search={{ alert: alert_id }} className={classes.alert} preload={false}>
              <bdi className="strong">{headline}</bdi>
            </Link>
            <span className={classes.beside}>
              Stands, {sayNoticed(rule, began_on)}
              {is_history ? '; found in the past, of which nobody was told' : ''}
            </span>
          </li>
        ))}
      </ul>
    )
  if (last === null) return <span className="quiet">Nothing was told</span>
  return (
    <>
      <Link to="/c/$slug/alerts" params={{ slug }} search={{ alert: last.alert_id }} className={classes.alert} preload={false}>
        <bdi>{last.headline}</bdi>
      </Link>
      <span className={classes.beside}>
        {last.stood_on === null
          ? `${last.is_false ? 'Called a false alarm' : 'Over'}. Told ${formatDay(dayInZone(last.told_at, zone))}`
          : `${startSentence(sayStoodAtEnd(last.stood_on))}; nothing is known of the time since`}
      </span>
    </>
  )
}

/** One row a community. */
export const AllAlertsTable = ({ communities }: { communities: AlertsOfCommunity[] }) => {
  const [sort, setSort] = useState<Sort>('standing')
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">Alerts by community</caption>
      <thead>
        <tr>
          {COLUMNS.map(({ sort: by, label }) => (
            <th key={by} scope="col" aria-sort={sort === by ? (by === 'name' ? 'ascending' : 'descending') : undefined}>
              <button type="button" className={classes.sort} onClick={() => setSort(by)}>
                {label}
                <span aria-hidden>{sort === by ? (by === 'name' ? ' ↑' : ' ↓') : ''}</span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sortCommunities(communities, sort).map((one) => (
          <tr key={one.slug}>
            <th scope="row" className={classes.name}>
              <Link to="/c/$slug/alerts" params={{ slug: one.slug }} className={classes.link} preload={false}>
                <bdi>{one.name}</bdi>
              </Link>
              {one.is_demo ? <span className={classes.demo}>Demo</span> : null}
              <span className={classes.beside}>{one.watching}</span>
            </th>
            <td data-label="What stands, or was told last">
              <Standing of={one} />
            </td>
            <td data-label="False alarms to expect">
              {one.expected === null ? <span className="quiet">none can be told now</span> : sayAlarmRate(one.expected)}
            </td>
            <td data-label="Was it right so far?" className={classes.record} data-empty={one.record.told === 0}>
              {one.record.told === 0 && one.record.high >= one.record.expected ? (
                <span className="quiet">Nothing was told so far</span>
              ) : (
                one.record.sentence
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
