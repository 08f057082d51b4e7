import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { PortfolioSearch, Sort } from './portfolio-search.ts'
import { rankVerdict } from './verdict-names.ts'

const TRAJECTORIES: Record<CommunitySummary['trajectory'], number> = { growing: 0, steady: 1, declining: 2, forming: 3, unknown: 4 }

/** What a row is sorted by; null stands last whichever way. */
const keyOf = (row: CommunitySummary, sort: Exclude<Sort, 'name'>): number | null => {
  if (sort === 'verdict') return rankVerdict(row.standing)
  if (sort === 'trajectory') return TRAJECTORIES[row.trajectory]
  if (sort === 'members') return row.member_count
  if (sort === 'activity') return row.contributions_by_month.reduce((sum, month) => sum + month.count, 0)
  const share = row.answered_share
  if (share === null) return null
  return share.value ?? (share.numerator !== null && share.denominator ? share.numerator / share.denominator : null)
}

/** The rows that the address asks for, in its order; rows that tie stand by name. */
export const sortCommunities = (rows: readonly CommunitySummary[], search: PortfolioSearch): CommunitySummary[] => {
  const wanted = (search.q ?? '').trim().toLocaleLowerCase()
  const way = search.down ? -1 : 1
  const byName = (a: CommunitySummary, b: CommunitySummary) =>
    a.name.localeCompare(b.name, 'en', { numeric: true }) || (a.slug < b.slug ? -1 : 1)
  const sort = search.sort
  return rows
    .filter((row) => search.verdict === undefined || row.standing === search.verdict)
    .filter((row) => wanted === '' || `${row.name} ${row.slug}`.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => {
      if (sort === undefined || sort === 'name') return way * byName(a, b)
      const [x, y] = [keyOf(a, sort), keyOf(b, sort)]
      if (x === y) return byName(a, b)
      if (x === null || y === null) return x === null ? 1 : -1
      return way * (x - y)
    })
}
