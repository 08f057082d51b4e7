import type { Pool } from 'pg'
import type { ComparedCell, ComparedCommunity, ComparedGroup, ComparedRow, Comparison } from '../../shared/contract/comparison.ts'
import type { Capability, Point } from '../../shared/contract/metric.ts'
import { formatDay, formatPeriod, joinWords, sayCountOf } from '../../shared/format.ts'
import { addDays, type DayRange, daysBetween, daysOfLabel, spanLabel } from '../../shared/period.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { metrics } from '../metrics/catalogue.ts'
import type { AnyMetric } from '../metrics/metric.ts'
import { testDifference } from '../metrics/statistics/compare-shares.ts'
import { MIN_CASES } from '../metrics/statistics/compare-spans.ts'
import { localDay } from '../rollup/data-span.ts'
import type { ReportedCommunity } from './health-report.ts'
import { countOverlap, readActivePeople } from './overlap.ts'
import { measureSpans, NOTHING_KNOWN } from './spans.ts'

/** What is set side by side. Density, shares of structure and the like are never compared across sizes, and stay out. */
const COMPARED: Record<ComparedGroup, readonly string[]> = {
  membership: ['members', 'active-people', 'joins', 'leavers', 'newcomer-activation-share', 'benefit-share'],
  helping: [
    'questions',
    'answered-share',
    'answered-by-peers-share',
    'accepted-share',
    'time-to-first-answer',
    'newcomers-answered-share',
    'helpers',
    'two-way-share',
    'askers-who-help-share',
  ],
  voices: ['contributions', 'top-share', 'top-share-of-answers', 'host-share', 'effective-voices-n2-of-answers'],
  'content-mix': ['content-mix'],
}
/** Of cases that stand each for itself, near enough: a question, a newcomer, a person. */
const TESTED = new Set([
  'answered-share',
  'answered-by-peers-share',
  'accepted-share',
  'newcomers-answered-share',
  'newcomer-activation-share',
  'two-way-share',
  'askers-who-help-share',
  'benefit-share',
])
/** What a benefit can be told from. */
const BENEFITS: readonly Capability[] = ['questions', 'accepted_answers', 'views', 'practices', 'value_reports']
const COUNTS = new Set(['people', 'questions', 'contributions'])

type Side = {
  community: ReportedCommunity
  told: ComparedCommunity
  range: DayRange | null
  points: Map<string, Point>
  canTell: (capability: Capability) => boolean
}

/**
 * The same measures of each community over its own last days, as known now, in the order given: nothing ranks them. `mayCount[i]`
 * false: of that community the reader is not told of groups under five.
 */
export const buildComparison = async (
  pool: Pool,
  communities: readonly ReportedCommunity[],
  days: number,
  mayCount: readonly boolean[],
): Promise<Comparison> => {
  const sides: Side[] = []
  // one after the other: a comparison of five must not take every connection there is
  for (const community of communities) sides.push(await readSide(pool, community, days))
  const rows = (Object.keys(COMPARED) as ComparedGroup[]).flatMap((group) =>
    COMPARED[group].flatMap((id) => {
      const metric = metrics.find((one) => one.id === id)
      return metric === undefined ? [] : keysOf(metric).map((key) => toRow(key, metric, group, sides))
    }),
  )
  const people = []
  for (const { community, range, canTell } of sides)
    people.push(range === null || !canTell('contributions') ? null : await readActivePeople(pool, community.community_id, range))
  return {
    days,
    communities: sides.map(({ told }) => told),
    notes: sayApart(sides),
    ...testRows(rows),
    overlap: countOverlap(people, mayCount),
  }
}

const keysOf = ({ id, categories }: AnyMetric): string[] => categories?.map((category) => `${id}:${category}`) ?? [id]

const readSide = async (pool: Pool, community: ReportedCommunity, days: number): Promise<Side> => {
  const { slug, name, time_zone, community_id } = community
  const { rows } = await pool.query<{ known_by: Date | null; first_event_on: string | null }>(
    'select known_by, first_event_on from community_state where community_id = $1',
    [community_id],
  )
  const knownBy = rows[0]?.known_by ?? null
  const told = { slug, name, time_zone, period: null, note: null }
  const context = await loadContext(pool, community_id)
  const side = { community, told, range: null, points: new Map<string, Point>(), canTell: context.canTell }
  if (knownBy === null) return { ...side, told: { ...told, note: 'It has no data yet.' } }
  // the day that "known by" lies in is not whole
  const last = addDays(await localDay(pool, knownBy, time_zone), -1)
  const first = addDays(last, 1 - days)
  const began = rows[0]?.first_event_on ?? first
  const period = spanLabel(first, last)
  if (began > last) return { ...side, told: { ...told, note: 'It has no whole day of data yet.' } }
  const ids = new Set(Object.values(COMPARED).flat())
  const { spans } = await measureSpans(
    pool,
    community,
    [period],
    metrics.filter(({ id }) => ids.has(id)),
  )
  const points = new Map(spans[0]?.metrics.map(({ id, category, point }) => [category === null ? id : `${id}:${category}`, point] as const))
  const note =
    began > first ? `Its data begin on ${formatDay(began)}: ${sayCountOf(daysBetween(began, last) + 1, 'day')} of ${days}.` : null
  return { ...side, told: { ...told, period, note }, range: daysOfLabel(period), points }
}

const toRow = (key: string, metric: AnyMetric, group: ComparedGroup, sides: readonly Side[]): ComparedRow => {
  const category = key.split(':')[1]
  return {
    key,
    title: category === undefined ? metric.title : `${metric.title}: ${category.replaceAll('-', ' ')}`,
    group,
    unit: metric.unit,
    cells: sides.map((side) => toCell(key, metric, side, sides)),
    differences: [],
    untested: null,
  }
}

const toCell = (key: string, { id }: AnyMetric, side: Side, sides: readonly Side[]): ComparedCell => {
  const { period: _, is_unfinished: __, ...measured } = side.points.get(key) ?? { period: '', is_unfinished: false, ...NOTHING_KNOWN }
  return { ...measured, cannot_compare: whyNot(id, measured, side, sides) }
}

const whyNot = (
  id: string,
  { status, reason, is_inferred }: Omit<Point, 'period' | 'is_unfinished'>,
  side: Side,
  sides: readonly Side[],
) => {
  if (side.range === null) return side.told.note
  if (is_inferred) return 'Its threads are inferred, so this is never compared.'
  if (status === 'bulk_step' || !['ok', 'count_only'].includes(status)) return reason ?? 'There is nothing to compare.'
  const known = sides.filter(({ range, canTell }) => range !== null && canTell('contributions'))
  // members and people seen are two different things
  if (id === 'members' && known.some((other) => other.canTell('joins') !== side.canTell('joins')))
    return side.canTell('joins')
      ? 'Members who joined: another of these counts everyone seen, which is something else.'
      : 'Everyone seen so far, as no source tells who joined: another of these counts members, which is something else.'
  // whoever tells of more kinds of benefit finds more people with any
  if (id === 'benefit-share' && known.some((other) => BENEFITS.some((kind) => other.canTell(kind) !== side.canTell(kind))))
    return 'Not all sources here tell of the same kinds of benefit, so it is not the same share.'
  return null
}

/** Pairs of one row whose shares hold enough on both sides. */
const pairsOf = ({ key, cells }: ComparedRow) => {
  if (!TESTED.has(key)) return []
  const shares = cells.map(({ numerator: k, denominator: n, cannot_compare }) =>
    cannot_compare === null && k !== null && n !== null && Number.isInteger(k) && Number.isInteger(n) && n >= MIN_CASES ? { k, n } : null,
  )
  return shares.flatMap((left, a) =>
    shares.flatMap((right, b) => (b > a && left !== null && right !== null ? [{ a, b, left, right }] : [])),
  )
}

const testRows = (rows: readonly ComparedRow[]): Pick<Comparison, 'rows' | 'tested'> => {
  const tested = rows.reduce((sum, row) => sum + pairsOf(row).length, 0)
  return {
    tested,
    rows: rows.map((row) => {
      const differences = pairsOf(row).flatMap(({ a, b, left, right }) => {
        const found = testDifference(left, right, tested)
        return found === null ? [] : [{ a, b, ...found }]
      })
      return { ...row, differences, untested: differences.length > 0 ? null : sayUntested(row) }
    }),
  }
}

const sayUntested = ({ key, unit }: ComparedRow): string => {
  if (TESTED.has(key)) return `Fewer than two hold ${MIN_CASES} cases that may be compared.`
  if (COUNTS.has(unit)) return 'A count goes with size, so no difference is tested.'
  if (unit === 'hours') return 'A middle value: no difference is tested; see how far the intervals overlap.'
  return 'What one person or one thread brings hangs together, so no difference is tested.'
}

/** Spans of other times of the year, or of other years, and lengths. */
const sayApart = (sides: readonly Side[]): string[] => {
  const known = sides.filter((side): side is Side & { range: DayRange } => side.range !== null)
  const [first] = known
  if (first === undefined) return []
  const notes: string[] = []
  const latest = known
    .map(({ range }) => range.from_on)
    .toSorted()
    .at(-1) as string
  const earliest = known.map(({ range }) => range.to_on).toSorted()[0] as string
  if (latest >= earliest)
    notes.push(
      `The days do not all overlap: ${joinWords([...new Set(known.map(({ told }) => formatPeriod(told.period ?? '')))])}. What differs may be the times and not the communities.`,
    )
  if (new Set(known.map(({ canTell }) => canTell('joins'))).size > 1)
    notes.push('Not all sources tell who joined: members of the one and people seen in the other are two different things.')
  return notes
}
