import type { Pool } from 'pg'
import type { Point } from '../../shared/contract/metric.ts'
import type { Span, Spans } from '../../shared/contract/span.ts'
import { type DayRange, daysBetween, daysOfLabel, isSpanLabel } from '../../shared/period.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { metrics } from '../metrics/catalogue.ts'
import { measurePeriods } from '../metrics/measure-periods.ts'
import type { AnyMetric } from '../metrics/metric.ts'
import { localDay } from '../rollup/data-span.ts'
import { BadRange } from './bad-range.ts'
import type { ReportedCommunity } from './health-report.ts'

/** Spans one question may hold, and the days of one (our judgement: thirty years, as far back as a page reaches). */
const MAX_SPANS = 6
const MAX_DAYS = 11_000

/** Measured over any span: those that speak of months only, such as retention by month of joining, say nothing of other days. */
const spanMetrics = metrics.filter(({ reading: { grains } }) => grains === undefined || grains.includes('week'))

/**
 * The metrics over spans of days, each taken as one period, as known now: one question of 26 is "24 of 26" over a quarter where its
 * months would each hold too few. Stocks such as members are those at the end. `wanted` narrows to some metrics. Throws BadRange.
 */
export const buildSpans = async (
  pool: Pool,
  community: ReportedCommunity,
  labels: readonly string[],
  wanted?: readonly string[],
): Promise<Spans> =>
  measureSpans(pool, community, labels, wanted === undefined ? spanMetrics : spanMetrics.filter(({ id }) => wanted.includes(id)))

/** The same of these metrics. */
export const measureSpans = async (
  pool: Pool,
  community: ReportedCommunity,
  labels: readonly string[],
  some: readonly AnyMetric[],
): Promise<Spans> => {
  const ranges = labels.map(readSpan)
  if (ranges.length > MAX_SPANS) throw new BadRange(`At most ${MAX_SPANS} spans in one question.`)
  const { community_id: communityId, time_zone: timeZone } = community
  const { rows } = await pool.query<{ known_by: Date | null; first_event_on: string | null }>(
    'select known_by, first_event_on from community_state where community_id = $1',
    [communityId],
  )
  const knownBy = rows[0]?.known_by ?? null
  if (knownBy === null) return { known_by: null, spans: [] }
  const wholeUntil = await localDay(pool, knownBy, timeZone)
  const measured = await measurePeriods(pool, {
    communityId,
    timeZone,
    knownBy,
    periods: ranges.map((range) => ({ ...range, is_as_known_then: false })),
    metrics: some,
    context: await loadContext(pool, communityId),
    isNow: true,
  })
  return {
    known_by: knownBy.toISOString(),
    spans: labels.map((period, i): Span => {
      const range = ranges[i] as DayRange
      const isUnfinished = range.to_on > wholeUntil
      const isKnown = range.from_on <= wholeUntil && range.to_on > (rows[0]?.first_event_on ?? '')
      return {
        period,
        is_unfinished: isUnfinished,
        metrics: [...(measured[i] ?? [])].map(([key, found]) => {
          const [id = '', category = null] = key.split(':')
          const point: Point = { period, ...(isKnown ? found : { ...found, ...NOTHING_KNOWN }), is_unfinished: isUnfinished }
          return { id, category, point }
        }),
      }
    }),
  }
}

/** Of days that no data reach. */
export const NOTHING_KNOWN = {
  value: null,
  numerator: null,
  denominator: null,
  n: null,
  low: null,
  high: null,
  status: 'not_applicable' as const,
  reason: 'No data reach these days.',
}

/** The days of a span as it stands in an address. Throws BadRange. */
export const readSpan = (label: string): DayRange => {
  try {
    if (isSpanLabel(label)) {
      const range = daysOfLabel(label)
      if (daysBetween(range.from_on, range.to_on) > MAX_DAYS)
        throw new BadRange(`"${label}" holds more than ${MAX_DAYS} days; ask for less.`)
      return range
    }
  } catch (error) {
    if (error instanceof BadRange) throw error
  }
  throw new BadRange(`"${label}" is no span of days; write the first and the last as 2025-09-01..2025-11-30.`)
}
