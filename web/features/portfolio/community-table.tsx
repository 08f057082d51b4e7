import { Link } from '@tanstack/react-router'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { formatCount, formatPeriod, formatShare, sayCountOf } from '../../../shared/format.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import { VerdictMark } from '../verdict/verdict-mark.tsx'
import { TRAJECTORY_WORDS, VERDICT_WORDS } from '../verdict/verdict-words.ts'
import classes from './portfolio.module.css'
import type { PortfolioSearch, Sort } from './portfolio-search.ts'
import { sayBesideRow } from './say-beside-row.ts'

const COLUMNS: { sort: Sort; label: string; isNumber?: boolean }[] = [
  { sort: 'name', label: 'Name' },
  { sort: 'verdict', label: 'Verdict' },
  { sort: 'trajectory', label: 'Direction' },
  { sort: 'members', label: 'Members', isNumber: true },
  { sort: 'answered', label: 'Answered', isNumber: true },
  { sort: 'activity', label: 'Contributions by month' },
]

const sayActivity = (months: CommunitySummary['contributions_by_month']): string => {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined) return 'No contributions yet'
  const total = months.reduce((sum, month) => sum + month.count, 0)
  return `${sayCountOf(total, 'contribution')} from ${formatPeriod(first.period)} to ${formatPeriod(last.period)}, ${formatCount(last.count)} in the last month`
}

/** What stands, how sure, and what this evaluation says beside it. */
const VerdictCell = ({ row }: { row: CommunitySummary }) => {
  return (
    <>
      {row.standing === null ? (
        <span className="quiet">nothing stands yet</span>
      ) : (
        <span className={classes.verdict}>
          <VerdictMark verdict={row.standing} /> {VERDICT_WORDS[row.standing].word}
        </span>
      )}
      {sayBesideRow(row).map((line) => (
        <span key={line} className={classes.beside}>
          {line}
        </span>
      ))}
    </>
  )
}

/** One row a community; the whole row leads to it. */
export const CommunityTable = ({
  rows,
  search,
  onSort,
}: {
  rows: CommunitySummary[]
  search: PortfolioSearch
  onSort: (sort: Sort) => void
}) => (
  <div className={classes.frame}>
    <table className={classes.table}>
      <thead>
        <tr>
          {COLUMNS.map(({ sort, label, isNumber }) => {
            const isSorted = (search.sort ?? 'name') === sort
            return (
              <th
                key={sort}
                scope="col"
                className={isNumber ? classes.number : undefined}
                aria-sort={isSorted ? (search.down ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" className={classes.sort} onClick={() => onSort(sort)}>
                  {label}
                  <span aria-hidden>{isSorted ? (search.down ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const answered = row.answered_share === null ? null : formatShare(row.answered_share)
          const trajectory = TRAJECTORY_WORDS[row.trajectory]
          return (
            <tr key={row.slug} className={classes.row}>
              <th scope="row" className={classes.nameCell}>
                <Link to="/c/$slug" params={{ slug: row.slug }} className={classes.link}>
                  <bdi>{row.name}</bdi>
                </Link>
                {row.is_demo ? <span className={classes.demo}>Demo</span> : null}
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
              <td data-label="Answered" className={classes.number}>
                {answered ?? <span className="quiet">{row.is_answering_inferred ? 'inferred, not compared' : 'no questions'}</span>}
              </td>
              <td data-label="By month">
                <Sparkline
                  values={row.contributions_by_month.map((month) => month.count)}
                  label={sayActivity(row.contributions_by_month)}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  </div>
)
