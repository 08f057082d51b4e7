import type { Pool } from 'pg'
import type { HealthReport, Series } from '../../shared/contract/health-report.ts'
import type { Verdict } from '../../shared/contract/verdict.ts'
import { addDays, daysOfPeriod, type Grain, grainOfLabel, periodOfDay, periodsBetween } from '../../shared/period.ts'
import { readLatestVerdict, readVerdicts } from '../diagnosis/store-verdicts.ts'
import { loadVerdicts } from '../diagnosis/window.ts'
import { type CommunityContext, loadContext } from '../metrics/capabilities.ts'
import { metrics } from '../metrics/catalogue.ts'
import { emptyPoints, measurePeriods } from '../metrics/measure-periods.ts'
import { type PeriodPoints, readPoints } from '../metrics/store-points.ts'
import { localDay, readDataSpan } from '../rollup/data-span.ts'
import { addCourses } from './add-courses.ts'
import { BadRange } from './bad-range.ts'

/** A range in one query string may not ask for more periods than this (our judgement: ten years of days). */
export const MAX_PERIODS = 3660
/** As known at another time nothing is stored, so it is measured on the spot: two years of days at most. */
export const MAX_PERIODS_AS_OF = 732
/** Without a range: the last twelve periods of the grain that hold data. */
const DEFAULT_PERIODS = 12

export type ReportedCommunity = {
  community_id: string
  slug: string
  name: string
  time_zone: string
  is_demo: boolean
  demo_note: string | null
}
export type ReportQuery = { from?: string; to?: string; grain?: Grain; as_of?: Date }

/** `known_on`: the last local day with anything known. `whole_until`: local days before this one are over. */
type Known = {
  known_by: Date | null
  known_on: string | null
  whole_until: string | null
  first_on: string | null
  computed_at: Date | null
  is_stale: boolean
}

/**
 * What a community is found to be over a range of periods: stored points and verdicts, or, with `as_of`, the same
 * measured with nothing later than that time.
 */
export const buildHealthReport = async (pool: Pool, community: ReportedCommunity, query: ReportQuery, now: Date): Promise<HealthReport> => {
  const known = query.as_of ? await knownAsOf(pool, community, query.as_of) : await knownNow(pool, community, now)
  const { grain, periods } = resolveRange(query, known)
  const context = await loadContext(pool, community.community_id, query.as_of ? known.known_on : null)
  const points = query.as_of && known.known_by ? await measureAsOf(pool, community, known.known_by, grain, periods, context) : null
  const stored =
    points ??
    (periods.length
      ? await readPoints(pool, community.community_id, grain, firstDay(periods, grain), dayAfter(periods, grain))
      : new Map<string, PeriodPoints>())
  return {
    community: {
      slug: community.slug,
      name: community.name,
      time_zone: community.time_zone,
      is_demo: community.is_demo,
      demo_note: community.demo_note,
    },
    grain,
    from: periods[0] ?? query.from ?? '',
    to: periods.at(-1) ?? query.to ?? '',
    known_by: known.known_by?.toISOString() ?? null,
    computed_at: known.computed_at?.toISOString() ?? null,
    is_stale: known.is_stale,
    periods,
    metrics: seriesOf(periods, grain, stored, emptyPoints(metrics, context), known),
    verdicts: await verdictsOf(pool, community, periods, grain, known, query.as_of !== undefined),
    latest_verdict: query.as_of
      ? ((await latestAsOf(pool, community, known)) ?? null)
      : await readLatestVerdict(pool, community.community_id),
    sources: context.sources,
  }
}

const knownNow = async (pool: Pool, community: ReportedCommunity, now: Date): Promise<Known> => {
  const { rows } = await pool.query<{ known_by: Date | null; first_event_on: string | null; refreshed_at: Date | null; is_stale: boolean }>(
    `select s.known_by, s.first_event_on, s.refreshed_at, exists (select from stale_day d where d.community_id = $1) as is_stale
     from (select 1) as one
     left join community_state s on s.community_id = $1`,
    [community.community_id],
  )
  const row = rows[0]
  const knownBy = row?.known_by ?? null
  return {
    ...(await localReach(pool, knownBy, community.time_zone)),
    first_on: row?.first_event_on ?? null,
    computed_at: row?.refreshed_at ?? now,
    is_stale: row?.is_stale ?? false,
  }
}

const localReach = async (pool: Pool, knownBy: Date | null, timeZone: string) => ({
  known_by: knownBy,
  known_on: knownBy && (await localDay(pool, new Date(knownBy.getTime() - 1), timeZone)),
  whole_until: knownBy && (await localDay(pool, knownBy, timeZone)),
})

const knownAsOf = async (pool: Pool, community: ReportedCommunity, asOf: Date): Promise<Known> => {
  const span = await readDataSpan(pool, community.community_id, community.time_zone, asOf)
  if (!span) return { ...(await localReach(pool, null, community.time_zone)), first_on: null, computed_at: null, is_stale: false }
  const knownBy = span.known_by < asOf ? span.known_by : asOf
  return {
    ...(await localReach(pool, knownBy, community.time_zone)),
    first_on: span.first_on,
    computed_at: asOf,
    is_stale: false,
  }
}

const resolveRange = (query: ReportQuery, known: Known): { grain: Grain; periods: string[] } => {
  const grain = query.grain ?? grainOfLabel(query.from ?? query.to ?? '') ?? 'month'
  const lastKnown = known.known_on && periodOfDay(known.known_on, grain)
  const to = query.to ?? lastKnown
  if (!to) return { grain, periods: [] }
  try {
    const last = daysOfPeriod(to, grain).from_on
    let from = query.from
    if (!from) {
      const earliest = known.first_on && known.first_on < last ? known.first_on : last
      from = periodsBetween(periodOfDay(earliest, grain), to, grain).at(-DEFAULT_PERIODS) ?? periodOfDay(earliest, grain)
    }
    const first = daysOfPeriod(from, grain).from_on
    if (first > last) throw new BadRange(`from (${from}) lies after to (${to}).`)
    const limit = query.as_of ? MAX_PERIODS_AS_OF : MAX_PERIODS
    // counted before the list is made: a range of years 1 to 9999 in days must not be built first
    const days = (Date.parse(last) - Date.parse(first)) / 86_400_000
    if (days / { day: 1, week: 7, month: 31 }[grain] > limit)
      throw new BadRange(`The range holds more than ${limit} periods; ask for less, or a coarser grain.`)
    return { grain, periods: periodsBetween(from, to, grain) }
  } catch (error) {
    if (error instanceof RangeError)
      throw new BadRange(`${error.message}; write days as 2025-01-31, weeks as 2025-W05 and months as 2025-01.`)
    throw error
  }
}

const firstDay = (periods: string[], grain: Grain) => daysOfPeriod(periods[0] as string, grain).from_on
const dayAfter = (periods: string[], grain: Grain) => daysOfPeriod(periods.at(-1) as string, grain).to_on

const seriesOf = (periods: string[], grain: Grain, stored: Map<string, PeriodPoints>, empty: PeriodPoints, known: Known): Series[] =>
  [...empty].map(([key, nothing]) => {
    const [id, category] = key.split(':') as [string, string | undefined]
    const points = periods.map((period) => {
      const { from_on, to_on } = daysOfPeriod(period, grain)
      const isUnknown = known.known_on === null || from_on > known.known_on || to_on <= (known.first_on ?? '')
      const measured = isUnknown
        ? {
            ...nothing,
            value: null,
            numerator: null,
            denominator: null,
            n: null,
            status: 'not_applicable' as const,
            reason: 'No data reach this period.',
          }
        : (stored.get(from_on)?.get(key) ?? nothing)
      return { period, ...measured, is_unfinished: !isUnknown && to_on > (known.whole_until as string) }
    })
    return { id, category: category ?? null, points }
  })

const measureAsOf = async (
  pool: Pool,
  community: ReportedCommunity,
  knownBy: Date,
  grain: Grain,
  periods: string[],
  context: CommunityContext,
): Promise<Map<string, PeriodPoints>> => {
  const spans = periods.map((label) => ({ ...daysOfPeriod(label, grain), is_as_known_then: false }))
  const measured = await measurePeriods(pool, {
    communityId: community.community_id,
    timeZone: community.time_zone,
    knownBy,
    periods: spans,
    metrics,
    context,
  })
  return new Map(spans.map((span, i) => [span.from_on, measured[i] as PeriodPoints]))
}

/** One verdict for each month the range touches: at its end, or at the last known day of a month that is not over. */
const verdictsOf = async (pool: Pool, community: ReportedCommunity, periods: string[], grain: Grain, known: Known, isAsOf: boolean) => {
  if (periods.length === 0 || known.known_on === null || known.first_on === null) return []
  const from = [firstDay(periods, grain), known.first_on].sort()[1] as string
  const lastDay = addDays(dayAfter(periods, grain), -1)
  const lastMonthEnd = monthEnd(lastDay)
  const to = lastMonthEnd < known.known_on ? lastMonthEnd : known.known_on
  if (from > to) return []
  const verdicts = isAsOf
    ? await judgeDays(pool, community, known, [
        ...new Set(
          periodsBetween(periodOfDay(from, 'month'), periodOfDay(to, 'month'), 'month')
            .map((m) => monthEnd(`${m}-01`))
            .map((day) => (day < to ? day : to)),
        ),
      ])
    : await readVerdicts(pool, community.community_id, from, to)
  return verdicts.map((verdict) => ({ period: periodOfDay(verdict.at, 'month'), ...verdict }))
}

const monthEnd = (day: string) => addDays(daysOfPeriod(periodOfDay(day, 'month'), 'month').to_on, -1)

/** Verdicts as known at another time, with what their history says. */
const judgeDays = async (pool: Pool, community: ReportedCommunity, known: Known, atDays: string[]): Promise<Verdict[]> => {
  const { known_by, first_on, whole_until } = known
  if (known_by === null || first_on === null || whole_until === null || atDays.length === 0) return []
  const { community_id: communityId, time_zone: timeZone } = community
  const verdicts = await loadVerdicts(pool, { communityId, timeZone, knownBy: known_by, atDays })
  return addCourses(pool, { communityId, timeZone, firstOn: first_on, wholeUntil: whole_until, knownBy: known_by, now: known_by }, verdicts)
}

const latestAsOf = async (pool: Pool, community: ReportedCommunity, known: Known): Promise<Verdict | null> =>
  known.known_on === null ? null : ((await judgeDays(pool, community, known, [known.known_on]))[0] ?? null)

/**
 * The verdict as known at the end of a local day (the last known day when none is given): the stored one where that day is
 * evaluated. A day later than the data reach is judged too: then the feed has a gap, and the verdict says so.
 */
export const buildVerdict = async (
  pool: Pool,
  community: ReportedCommunity,
  query: { at?: string; as_of?: Date },
  now: Date,
): Promise<Verdict | null> => {
  const { community_id: communityId, time_zone: timeZone } = community
  const { at, as_of } = query
  if (at === undefined && as_of === undefined) return readLatestVerdict(pool, communityId)
  const known = as_of ? await knownAsOf(pool, community, as_of) : await knownNow(pool, community, now)
  if (known.known_by === null || known.first_on === null || known.whole_until === null) return null
  if (at === undefined) return latestAsOf(pool, community, known)
  const today = await localDay(pool, now, timeZone)
  if (at > today) throw new BadRange(`${at} has not come yet where the community lives (today is ${today}).`)
  const [stored] = as_of ? [] : await readVerdicts(pool, communityId, at, at)
  if (stored) return stored
  const verdicts = await loadVerdicts(pool, { communityId, timeZone, knownBy: as_of ?? now, atDays: [at] })
  const asked = { communityId, timeZone, firstOn: known.first_on, wholeUntil: known.whole_until, knownBy: as_of ?? null, now }
  return (await addCourses(pool, asked, verdicts))[0] ?? null
}
