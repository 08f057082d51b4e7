import type { Pool } from 'pg'
import type { Changes } from '../../../shared/contract/changes.ts'
import type { Point } from '../../../shared/contract/metric.ts'
import { formatPeriod, sayCountOf } from '../../../shared/format.ts'
import { type DayRange, daysBetween, daysOfPeriod, type Grain, periodOfDay, periodsBetween, shiftPeriod } from '../../../shared/period.ts'
import { type CommunityContext, loadContext } from '../../metrics/capabilities.ts'
import { metrics } from '../../metrics/catalogue.ts'
import { emptyPoints } from '../../metrics/measure-periods.ts'
import type { AnyMetric } from '../../metrics/metric.ts'
import { readPoints } from '../../metrics/store-points.ts'
import { localDay } from '../../rollup/data-span.ts'
import { BadRange } from '../bad-range.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { countHeardDays } from './heard-days.ts'
import { type ChangeKind, judgeChange, LEAST_PAST, MOST_PAST, rankChanges, type ToldPoint, type ToldSeries } from './judge-change.ts'
import { UNUSUAL } from './surprise.ts'

type ChangeGrain = Changes['grain']

/**
 * The numbers looked at: what a manager can act on, each saying something that no other says (our judgement: the more of a kind
 * are looked at, the more of them chance makes unusual). Stocks such as members are left out: their flows are in it.
 */
const LOOKED_AT: readonly { key: string; kind: ChangeKind; starts_with_first?: boolean }[] = [
  { key: 'joins', kind: 'count', starts_with_first: true },
  { key: 'first-seen', kind: 'count', starts_with_first: true },
  { key: 'leavers', kind: 'count' },
  { key: 'active-people', kind: 'count', starts_with_first: true },
  { key: 'contributions', kind: 'count', starts_with_first: true },
  { key: 'questions', kind: 'count', starts_with_first: true },
  { key: 'helpers', kind: 'count', starts_with_first: true },
  { key: 'practices-shared', kind: 'count', starts_with_first: true },
  { key: 'practices-reused', kind: 'count', starts_with_first: true },
  { key: 'answered-share', kind: 'share' },
  { key: 'accepted-share', kind: 'share' },
  { key: 'newcomers-answered-share', kind: 'share' },
  { key: 'time-to-first-answer', kind: 'value' },
  { key: 'top-share', kind: 'share' },
  { key: 'top-share-of-answers', kind: 'share' },
  { key: 'two-way-share', kind: 'share' },
  { key: 'observers-share', kind: 'share' },
  { key: 'content-mix:help', kind: 'share' },
]
/** Read beside them: leavers are of so many members. */
const MEMBERS = 'members'
const YEAR: Record<ChangeGrain, number> = { month: 12, week: 52 }

type Asked = { grain?: ChangeGrain | undefined; period?: string | undefined }
type Known = { known_by: Date; first_on: string; whole_until: string }

/**
 * The last finished period, or the one asked for, against the community's own past: each number with how surprising it is, the most
 * surprising first. Without a grain: months, or weeks while there are too few months. Throws BadRange for a period that is not over.
 */
export const buildChanges = async (pool: Pool, community: ReportedCommunity, asked: Asked): Promise<Changes> => {
  const known = await readKnown(pool, community)
  if (known === null) return { ...NOTHING, grain: asked.grain ?? 'month' }
  const grain = asked.grain ?? (finishedPeriods(known, 'month').length > LEAST_PAST ? 'month' : 'week')
  const finished = finishedPeriods(known, grain)
  const period = asked.period === undefined ? finished.at(-1) : readPeriod(asked.period, grain, finished)
  const answer = { ...NOTHING, known_by: known.known_by.toISOString(), grain }
  if (period === undefined) return { ...answer, cannot_tell: `No whole ${grain} is over yet.` }
  const periods = finished.slice(0, finished.indexOf(period) + 1).slice(-(MOST_PAST + 1 + YEAR[grain]))
  const series = await readSeries(pool, community, known, grain, periods)
  const changes = rankChanges(series.map(judgeChange))
  const told = changes.filter((change) => change.probability !== null).length
  const past = periods.length - 1
  const isUnheard = series.some(({ points }) => points.at(-1)?.is_whole === false)
  return {
    ...answer,
    period,
    before: periods.at(-2) ?? null,
    year_before: series[0] === undefined || series[0].year_before < 0 ? null : (periods[series[0].year_before] ?? null),
    looked_at: told,
    expected_by_chance: told * UNUSUAL,
    cannot_tell: isUnheard
      ? `For most of ${formatPeriod(period)} no event came at all where many are usual: the feed may have been cut, so nothing is called unusual.`
      : past < LEAST_PAST
        ? `How unusual that is cannot be told yet: it takes ${LEAST_PAST} whole ${grain}s before it to say what is usual, and there ${past === 1 ? 'is' : 'are'} ${sayCountOf(past, grain)}.`
        : null,
    changes,
  }
}

const NOTHING: Changes = {
  known_by: null,
  grain: 'month',
  period: null,
  before: null,
  year_before: null,
  unusual_once_in: 1 / UNUSUAL,
  looked_at: 0,
  expected_by_chance: 0,
  least_past: LEAST_PAST,
  cannot_tell: 'There are no events yet.',
  changes: [],
}

const readKnown = async (pool: Pool, { community_id: communityId, time_zone: timeZone }: ReportedCommunity): Promise<Known | null> => {
  const { rows } = await pool.query<{ known_by: Date | null; first_event_on: string | null }>(
    'select known_by, first_event_on from community_state where community_id = $1',
    [communityId],
  )
  const [row] = rows
  if (row === undefined || row.known_by === null || row.first_event_on === null) return null
  return { known_by: row.known_by, first_on: row.first_event_on, whole_until: await localDay(pool, row.known_by, timeZone) }
}

/** Whole periods, the oldest first: from the first that began with the data or after, to the last that is over; ten years at most. */
const finishedPeriods = ({ first_on, whole_until }: Known, grain: ChangeGrain): string[] => {
  const running = periodOfDay(whole_until, grain)
  const holding = periodOfDay(first_on, grain)
  const isWhole = daysOfPeriod(holding, grain).from_on === first_on
  const oldest = shiftPeriod(running, grain, -10 * YEAR[grain])
  const first = isWhole ? holding : shiftPeriod(holding, grain, 1)
  const last = shiftPeriod(running, grain, -1)
  return first > last ? [] : periodsBetween(first > oldest ? first : oldest, last, grain)
}

const readPeriod = (label: string, grain: ChangeGrain, finished: readonly string[]): string => {
  if (finished.includes(label)) return label
  try {
    daysOfPeriod(label, grain)
  } catch {
    throw new BadRange(`"${label}" is no ${grain}; write months as 2025-01 and weeks as 2025-W05.`)
  }
  throw new BadRange(`${label} is not a whole ${grain} of the data: it is not over yet, or began before them.`)
}

const seriesKey = (metric: AnyMetric, key: string) => metric.id === key.split(':')[0]

const readSeries = async (
  pool: Pool,
  { community_id: communityId, time_zone: timeZone }: ReportedCommunity,
  known: Known,
  grain: Grain & ChangeGrain,
  periods: readonly string[],
): Promise<ToldSeries[]> => {
  const ranges = periods.map((period) => daysOfPeriod(period, grain))
  const reach = { from_on: (ranges[0] as DayRange).from_on, to_on: (ranges.at(-1) as DayRange).to_on }
  const keys = [...LOOKED_AT.map(({ key }) => key), MEMBERS]
  const [context, stored, heardDays] = await Promise.all([
    loadContext(pool, communityId),
    readPoints(pool, communityId, grain, reach.from_on, reach.to_on, keys),
    readHeardDays(pool, communityId, timeZone, { from_on: known.first_on, to_on: reach.to_on }),
  ])
  const wanted = metrics.filter((metric) => keys.some((key) => seriesKey(metric, key)))
  const empty = emptyPoints(wanted, context)
  const heard = ranges.map(heardDays)
  const pointAt = (key: string, i: number): Point => {
    const measured = stored.get((ranges[i] as DayRange).from_on)?.get(key) ?? empty.get(key)
    return { period: periods[i] as string, ...(measured as NonNullable<typeof measured>), is_unfinished: false }
  }
  return LOOKED_AT.filter(({ key }) => isTold(key, context, empty)).map(({ key, kind, starts_with_first = false }) => {
    const metric = wanted.find((one) => seriesKey(one, key)) as AnyMetric
    const points = periods.map((_, i): ToldPoint => {
      const [days, all] = [heard[i] as number, daysBetween((ranges[i] as DayRange).from_on, (ranges[i] as DayRange).to_on)]
      const members = key === 'leavers' ? membersAtStart(pointAt, i) : 1
      // half a period that was not heard says little of the rest of it
      return { point: pointAt(key, i), exposure: days * members, is_whole: days > all / 2 }
    })
    const [id = '', category = null] = key.split(':')
    return {
      id,
      category,
      kind,
      noun: grain,
      direction: metric.direction,
      starts_with_first,
      points,
      year_before: Math.max(-1, periods.length - 1 - YEAR[grain]),
    }
  })
}

/** Members when the period began: leavers as plain counts would rise in every community that grows. */
const membersAtStart = (pointAt: (key: string, i: number) => Point, i: number): number => {
  const value = (key: string) => pointAt(key, i).value ?? 0
  return Math.max(0, value(MEMBERS) - value('joins') + value('leavers'))
}

/** Told by some source; who was first seen stands in for who joined, and beside it would say the same twice. */
const isTold = (key: string, context: CommunityContext, empty: ReturnType<typeof emptyPoints>): boolean => {
  if (key === 'first-seen' && context.canTell('joins')) return false
  return empty.has(key) && empty.get(key)?.status !== 'not_available'
}

const readHeardDays = async (pool: Pool, communityId: string, timeZone: string, known: DayRange): Promise<(span: DayRange) => number> => {
  const { rows } = await pool.query<{ day_on: string; event_count: number }>(
    `select day_on, sum(event_count)::float8 as event_count
     from event_day
     where community_id = $1 and day_on >= $2::date and day_on < $3::date
     group by day_on`,
    [communityId, known.from_on, known.to_on],
  )
  const whole = await pool.query<{ whole_until: string | null }>(
    'select (max(observed_until) at time zone $2::text)::date as whole_until from source where community_id = $1',
    [communityId, timeZone],
  )
  return countHeardDays(new Map(rows.map((row) => [row.day_on, row.event_count])), known, whole.rows[0]?.whole_until ?? null)
}
