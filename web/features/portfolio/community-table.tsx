import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { countOf, startSentence } from '../../../shared/format.ts'
import { TRAJECTORY_WORDS, VERDICT_WORDS } from '../verdict/verdict-words.ts'
import { CommunityRow } from './community-row.tsx'
import classes from './portfolio.module.css'
import type { PortfolioSearch, Sort } from './portfolio-search.ts'
import { type Group, groupCommunities } from './sort-communities.ts'

const COLUMNS: { sort: Sort; label: string; isNumber?: boolean }[] = [
  { sort: 'name', label: 'Name' },
  { sort: 'verdict', label: 'Verdict' },
  { sort: 'trajectory', label: 'Direction' },
  { sort: 'members', label: 'Members', isNumber: true },
  { sort: 'answered', label: 'Answered, 12 months', isNumber: true },
  { sort: 'alert', label: 'Last alert' },
  { sort: 'activity', label: 'Contributions by month' },
]

const sayGroup = (group: Group): string => {
  if ('trajectory' in group) return startSentence(TRAJECTORY_WORDS[group.trajectory].word)
  return group.verdict === null ? 'Nothing stands yet' : VERDICT_WORDS[group.verdict].word
}

type Props = {
  rows: CommunitySummary[]
  search: PortfolioSearch
  picked: readonly string[]
  isFull: boolean
  onPick: (slug: string) => void
  onSort: (sort: Sort) => void
}

/** One row a community, in groups where they are asked for. */
export const CommunityTable = ({ rows, search, picked, isFull, onPick, onSort }: Props) => {
  const groups = search.by === undefined ? [{ group: null, rows }] : groupCommunities(rows, search.by)
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">Communities</caption>
        <thead>
          <tr>
            <td className={`${classes.pickCell} no-print`} />
            {COLUMNS.map(({ sort, label, isNumber }) => {
              const isSorted = search.sort === sort
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
        {groups.map(({ group, rows: found }) => (
          <tbody key={group === null ? 'all' : sayGroup(group)}>
            {group === null ? null : (
              <tr className={classes.group}>
                <th colSpan={COLUMNS.length + 1} scope="rowgroup">
                  {sayGroup(group)} <span className="quiet">{countOf(found.length, 'community', 'communities')}</span>
                </th>
              </tr>
            )}
            {found.map((row) => (
              <CommunityRow key={row.slug} row={row} isPicked={picked.includes(row.slug)} isFull={isFull} onPick={onPick} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
