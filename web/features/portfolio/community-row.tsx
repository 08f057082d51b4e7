import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { dayInZone, formatCount, formatDay, formatPeriod, formatShare, sayCountOf, startSentence } from '../../../shared/format.ts'
import { sayNoticed, sayStoodAtEnd } from '../../../shared/say-alert-time.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import { VerdictMark } from '../verdict/verdict-mark.tsx'
import { TRAJECTORY_WORDS, VERDICT_WORDS } from '../verdict/verdict-words.ts'
import classes from './portfolio.module.css'
import { sayBesideRow } from './say-beside-row.ts'

type Months = CommunitySummary['contributions_by_month']

const sayActivity = (months: Months): string => {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return 'No contributions yet'
  const total = months.reduce((sum, month) => sum + month.count, 0)
  return `${sayCountOf(total, 'contribution')} from ${formatPeriod(first.period)} to ${formatPeriod(last.period)}, ${formatCount(last.count)} in the last month`
}

/** What the bars reach to; the months stand in the words of the drawing. */
const sayScale = (months: Months): string => {
  if (months.length === 0) return ''
  const most = Math.max(...months.map(({ count }) => count))
  return most === 0 ? 'none' : `up to ${formatCount(most)}`
}

/** What stands, how sure, and what this evaluation says beside it. */
const VerdictCell = ({ row }: { row: CommunitySummary }) => (
  <>
    {row.standing === null ? (
      <span className="quiet">nothing stands yet</span>
    ) : (
      <span className={classes.verdict}>
        <VerdictMark verdict={row.standing} /> {VERDICT_WORDS[row.standing].word}
      </span>
    )}
    {/* drift stands among what it needs already */}
    {sayBesideRow(row.intention?.state === 'drifting' ? { ...row, intention: null } : row).map((line) => (
      <span key={line} className={classes.beside}>
        {line}
      </span>
    ))}
  </>
)

/** What stands or did when the data ended, else what was told last and when. */
const AlertCell = ({ row: { slug, last_alert: alert, time_zone: zone, known_by } }: { row: CommunitySummary }) => {
  if (alert === null) return <span className="quiet">{known_by === null ? '–' : 'none told'}</span>
  const { is_standing, is_false, stood_on, rule, began_on, told_at, headline } = alert
  const told = `${is_false ? 'called a false alarm, told' : 'told'} ${formatDay(dayInZone(told_at, zone))}`
  const noticed = sayNoticed(rule, began_on)
  const beside = stood_on !== null ? sayStoodAtEnd(stood_on) : is_standing ? `stands, ${noticed}` : told
  return (
    <Link to="/c/$slug/alerts" params={{ slug }} search={{ alert: alert.alert_id }} className={classes.alert} preload={false}>
      <span className={is_standing ? 'strong' : undefined}>
        <bdi>{headline}</bdi>
      </span>
      <span className={classes.beside}>{startSentence(beside)}</span>
    </Link>
  )
}

type Props = { row: CommunitySummary; isPicked: boolean; isFull: boolean; onPick: (slug: string) => void }

/** One community; the whole row leads to it, but for the box that picks it for comparing. */
export const CommunityRow = memo(({ row, isPicked, isFull, onPick }: Props) => {
  const answered = row.answered_share === null ? null : formatShare(row.answered_share)
  const trajectory = TRAJECTORY_WORDS[row.trajectory]
  return (
    <tr className={classes.row} data-picked={isPicked}>
      <td className={`${classes.pickCell} no-print`}>
        <label className={classes.pick}>
          <input type="checkbox" checked={isPicked} disabled={isFull && !isPicked} onChange={() => onPick(row.slug)} />
          <span className="visually-hidden">
            Compare <bdi>{row.name}</bdi>
          </span>
        </label>
      </td>
      <th scope="row" className={classes.nameCell}>
        <Link to="/c/$slug" params={{ slug: row.slug }} className={classes.link} preload={false}>
          <bdi>{row.name}</bdi>
        </Link>
        {row.is_demo ? <span className={classes.demo}>Demo</span> : null}
        {row.needs.length === 0 ? null : (
          <ul className={classes.needs} aria-label="Needs you">
            {row.needs.map(({ reason, sentence }) => (
              <li key={reason}>{sentence}</li>
            ))}
          </ul>
        )}
        {row.verdict_sentence === null ? null : <span className={classes.sentence}>{row.verdict_sentence}</span>}
      </th>
      <td data-label="Verdict">
        {row.verdict === null ? (
          <span className="quiet">{row.known_by === null ? 'no events yet' : 'being worked out'}</span>
        ) : (
          <VerdictCell row={row} />
        )}
      </td>
      <td data-label="Direction">
        {row.trajectory === 'unknown' ? (
          <span className="quiet">not known yet</span>
        ) : (
          <>
            <span aria-hidden>{trajectory.arrow} </span>
            {trajectory.word}
          </>
        )}
      </td>
      <td data-label="Members" className={classes.number}>
        {row.member_count === null ? <span className="quiet">not known</span> : formatCount(row.member_count)}
      </td>
      <td data-label="Answered, 12 months" className={classes.number}>
        {answered ?? <span className="quiet">{row.is_answering_inferred ? 'inferred, not compared' : 'no questions'}</span>}
      </td>
      <td data-label="Last alert" className={classes.alertCell}>
        <AlertCell row={row} />
      </td>
      <td data-label="Contributions by month">
        <Sparkline values={row.contributions_by_month.map((month) => month.count)} label={sayActivity(row.contributions_by_month)} />
        <span className={classes.scale} title={sayActivity(row.contributions_by_month)} aria-hidden>
          {sayScale(row.contributions_by_month)}
        </span>
      </td>
    </tr>
  )
})
