import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { type Grouping, type Only, type PortfolioSearch, type Sort, TRAJECTORY_NAMES, type Trajectory } from './portfolio-search.ts'
import { rankVerdict, type VerdictName } from './verdict-names.ts'

/** What a row is sorted by; null stands last whichever way. */
const keyOf = (row: CommunitySummary, sort: Exclude<Sort, 'name'>): number | null => {
  // those that need somebody first: by how many reasons, fewest last
  if (sort === 'needs') return -row.needs.length
  if (sort === 'verdict') return rankVerdict(row.standing)
  if (sort === 'trajectory') return TRAJECTORY_NAMES.indexOf(row.trajectory)
  if (sort === 'members') return row.member_count
  if (sort === 'activity') return row.contributions_by_month.reduce((sum, month) => sum + month.count, 0)
  if (sort === 'alert') return rankAlert(row.last_alert)
  const share = row.answered_share
  if (share === null) return null
  return share.value ?? (share.numerator !== null && share.denominator ? share.numerator / share.denominator : null)
}

/** What stands first, the newest of it first; then the rest, the last told first, or what stood when the data ended by when they did. */
const rankAlert = (alert: CommunitySummary['last_alert']): number | null => {
  if (alert === null) return null
  const days = Date.parse(alert.is_standing ? alert.began_on : (alert.stood_on ?? alert.told_at)) / 86_400_000
  return (alert.is_standing ? -1e6 : 0) - days
}

const FITS: Record<Only, (row: CommunitySummary) => boolean> = {
  needs: (row) => row.needs.length > 0,
  not_as_meant: (row) => row.intention?.state === 'drifting',
  demo: (row) => row.is_demo,
  own: (row) => !row.is_demo,
}

const collator = new Intl.Collator('en', { numeric: true })

/** The rows that the address asks for, in its order; rows that tie stand by name. */
export const sortCommunities = (rows: readonly CommunitySummary[], search: PortfolioSearch): CommunitySummary[] => {
  const wanted = (search.q ?? '').trim().toLocaleLowerCase()
  const way = search.down ? -1 : 1
  const byName = (a: CommunitySummary, b: CommunitySummary) => collator.compare(a.name, b.name) || (a.slug < b.slug ? -1 : 1)
  const { sort = 'needs', only } = search
  return rows
    .filter((row) => search.verdict === undefined || row.standing === search.verdict)
    .filter((row) => search.trajectory === undefined || row.trajectory === search.trajectory)
    .filter((row) => only === undefined || FITS[only](row))
    .filter((row) => wanted === '' || `${row.name} ${row.slug}`.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => {
      if (sort === 'name') return way * byName(a, b)
      const [x, y] = [keyOf(a, sort), keyOf(b, sort)]
      if (x === y) return byName(a, b)
      if (x === null || y === null) return x === null ? 1 : -1
      return way * (x - y)
    })
}

export type Group = { verdict: VerdictName | null } | { trajectory: Trajectory }

/** The rows in their groups, each in the order given; groups without rows are left out. */
export const groupCommunities = (rows: readonly CommunitySummary[], by: Grouping): { group: Group; rows: CommunitySummary[] }[] => {
  if (by === 'verdict')
    return [...Map.groupBy(rows, (row) => row.standing)]
      .sort(([a], [b]) => rankVerdict(a) - rankVerdict(b))
      .map(([verdict, found]) => ({ group: { verdict }, rows: found }))
  return TRAJECTORY_NAMES.map((trajectory) => ({
    group: { trajectory },
    rows: rows.filter((row) => row.trajectory === trajectory),
  })).filter(({ rows: found }) => found.length > 0)
}
