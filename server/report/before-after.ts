/** What became of the numbers after something was tried, held against the days before it and against the community's own past. */
import type { Pool } from 'pg'
import type { BeforeAfter } from '../../shared/contract/intervention.ts'
import { dayInZone, sayCountOf } from '../../shared/format.ts'
import { addDays, daysBetween, spanLabel } from '../../shared/period.ts'
import { loadContext } from '../metrics/capabilities.ts'
import { type MeasuredPeriod, measurePeriods, type SeriesKey } from '../metrics/measure-periods.ts'
import { localDay } from '../rollup/data-span.ts'
import type { StoredIntervention } from '../store/interventions.ts'
import { compareMetric, PAST_WEEKS, STEP_METRICS } from './compare-metric.ts'
import { comparableMetrics, metricOfKey, sensibleKeys } from './comparable-metrics.ts'
import type { ReportedCommunity } from './health-report.ts'

const WEEK = 7
/** Named at most; the number of all is told. */
const MOST_ALSO = 20

type Query = { days: number; keys: readonly SeriesKey[] | null; now: Date }

/** Days in whole weeks, so that both sides hold the same weekdays: 90 are 91. */
export const wholeWeeks = (days: number): number => Math.max(1, Math.round(days / WEEK))

/**
 * `others`: all notes of the community. Each side holds as many weeks as were asked for, or as there are data on both sides; the
 * same comparison at earlier days, a week apart, is the yardstick. One reading measures all spans at once.
 */
export const buildBeforeAfter = async (
  pool: Pool,
  community: ReportedCommunity,
  intervention: StoredIntervention,
  others: readonly StoredIntervention[],
  { days, keys, now }: Query,
): Promise<BeforeAfter> => {
  const { community_id: communityId, time_zone: timeZone } = community
  const { on } = intervention
  const asked = wholeWeeks(days)
  const { rows } = await pool.query<{ known_by: Date | null; first_event_on: string | null }>(
    'select known_by, first_event_on from community_state where community_id = $1',
    [communityId],
  )
  const knownBy = rows[0]?.known_by ?? null
  const firstOn = rows[0]?.first_event_on ?? null
  const nothing: BeforeAfter = {
    intervention_id: intervention.intervention_id,
    on,
    status: 'no_data',
    reason: 'No data have arrived yet.',
    known_by: knownBy?.toISOString() ?? null,
    days: asked * WEEK,
    days_each: 0,
    is_unfinished: false,
    before: null,
    after: null,
    also: [],
    also_count: 0,
    metrics: [],
  }
  if (on > dayInZone(now.toISOString(), timeZone))
    return { ...nothing, status: 'planned', reason: 'It has not begun yet; what comes after it is compared from a week after that day on.' }
  if (knownBy === null || firstOn === null) return nothing
  const wholeUntil = await localDay(pool, knownBy, timeZone)
  const [daysAfter, daysBefore] = [daysBetween(on, wholeUntil), daysBetween(firstOn, on)]
  if (daysAfter <= 0) return { ...nothing, reason: 'No data reach the days after it.' }
  if (daysBefore < WEEK) return { ...nothing, reason: 'No data reach the week before it, so there is nothing to compare with.' }
  if (daysAfter < WEEK)
    return {
      ...nothing,
      status: 'too_soon',
      reason: `Only ${sayCountOf(daysAfter, 'whole day', 'whole days')} of data lie after it; it takes a week.`,
    }
  const weeks = Math.min(asked, Math.floor(daysAfter / WEEK), Math.floor(daysBefore / WEEK))
  const length = weeks * WEEK
  const windows = windowsOf(on, weeks, firstOn)
  const context = await loadContext(pool, communityId)
  const chosen = keys ?? (intervention.metrics.length > 0 ? intervention.metrics : sensibleKeys(context))
  const series = chosen.flatMap((key) => {
    const metric = metricOfKey(key)
    return metric === undefined ? [] : [{ key, metric }]
  })
  const measured = await measurePeriods(pool, {
    communityId,
    timeZone,
    knownBy,
    periods: windows.map(({ first }) => ({ from_on: first, to_on: addDays(first, length), is_as_known_then: false })),
    metrics: comparableMetrics.filter((one) => series.some(({ metric }) => metric === one) || STEP_METRICS.some((id) => id === one.id)),
    context,
    isNow: true,
  })
  const byWeek = new Map(windows.map(({ weeksBack }, i) => [weeksBack, measured[i] as MeasuredPeriod]))
  const [before, after] = [spanLabel(addDays(on, -length), addDays(on, -1)), spanLabel(on, addDays(on, length - 1))]
  const also = others.filter(
    (one) => one.intervention_id !== intervention.intervention_id && one.on >= addDays(on, -length) && one.on < addDays(on, length),
  )
  return {
    ...nothing,
    status: 'compared',
    reason:
      weeks < asked && Math.floor(daysBefore / WEEK) < Math.min(asked, Math.floor(daysAfter / WEEK))
        ? `The data begin ${sayCountOf(daysBefore, 'day', 'days')} before it, so that both sides are as short.`
        : null,
    days_each: length,
    is_unfinished: daysAfter < asked * WEEK,
    before,
    after,
    also: also.slice(0, MOST_ALSO).map(({ intervention_id, on: day, title }) => ({ intervention_id, on: day, title })),
    also_count: also.length,
    metrics: series.map(({ key, metric }) => compareMetric({ key, metric, byWeek, weeks, on })),
  }
}

/** Spans by how many weeks before the day they begin: the one after it (0), and all that end by it and hold data. */
const windowsOf = (on: string, weeks: number, firstOn: string): { weeksBack: number; first: string }[] => {
  const most = Math.min(PAST_WEEKS + weeks, Math.floor(daysBetween(firstOn, on) / WEEK))
  const back = [0, ...Array.from({ length: Math.max(0, most - weeks + 1) }, (_, i) => weeks + i)]
  return back.map((weeksBack) => ({ weeksBack, first: addDays(on, -weeksBack * WEEK) }))
}
