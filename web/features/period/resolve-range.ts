import { addDays, daysBetween, daysOfPeriod, type Grain, periodOfDay, periodsBetween, shiftPeriod } from '../../../shared/period.ts'
import type { Comparison, PeriodSearch } from './period-search.ts'

/** A page draws at most this many periods: more cannot be told apart (our judgement). */
const MAX_PERIODS = 400
/** "All" reaches back no further than this, so that one wrong date in the data cannot ask for centuries. */
const MAX_MONTHS = 360

const MONTHS = { '3m': 3, '12m': 12, '24m': 24, all: 12 }

/** Labels of the grain and the months they lie in, all included. */
export type ResolvedRange = { from: string; to: string; grain: Grain; fromMonth: string; toMonth: string; count: number }

/** Whether the months hold few enough periods of the grain to be drawn. */
export const canDraw = (fromMonth: string, toMonth: string, grain: Grain): boolean => {
  const days = daysBetween(daysOfPeriod(fromMonth, 'month').from_on, daysOfPeriod(toMonth, 'month').to_on)
  return days / { day: 1, week: 7, month: 28 }[grain] <= MAX_PERIODS
}

/** Ends with the period of the last day with data: later weeks and days of its month hold nothing that could be said. */
const inGrain = (fromMonth: string, toMonth: string, grain: Grain, lastDay: string): ResolvedRange => {
  const first = daysOfPeriod(fromMonth, 'month').from_on
  const end = addDays(daysOfPeriod(toMonth, 'month').to_on, -1)
  const last = end > lastDay && lastDay >= first ? lastDay : end
  const [from, to] = [periodOfDay(first, grain), periodOfDay(last, grain)]
  return { from, to, grain, fromMonth, toMonth, count: periodsBetween(from, to, grain).length }
}

/**
 * The periods the address asks for: by default the last 12 months with data, by month.
 * `lastDay` is the local day the data are known by, `firstDay` that of the first event (null while it is not known yet).
 * A grain too fine for the range gives way to the next coarser one.
 */
export const resolveRange = (search: PeriodSearch, lastDay: string, firstDay: string | null): ResolvedRange => {
  const lastMonth = lastDay.slice(0, 7)
  let [fromMonth, toMonth] = [shiftPeriod(lastMonth, 'month', 1 - MONTHS[search.range ?? '12m']), lastMonth]
  if (search.range === 'all' && firstDay !== null) {
    const floor = shiftPeriod(lastMonth, 'month', 1 - MAX_MONTHS)
    const first = firstDay.slice(0, 7)
    fromMonth = first < floor ? floor : first > lastMonth ? lastMonth : first
  }
  if (search.from !== undefined && search.to !== undefined) {
    toMonth = search.to
    const floor = shiftPeriod(toMonth, 'month', 1 - MAX_MONTHS)
    fromMonth = search.from < floor ? floor : search.from
  }
  const asked = search.grain ?? 'month'
  const grain =
    ([asked, 'week', 'month'] as const).find((g) => canDraw(fromMonth, toMonth, g) && (asked !== 'month' || g === 'month')) ?? 'month'
  return inGrain(fromMonth, toMonth, grain, lastDay)
}

/** The same number of periods just before, or the same months a year before (52 weeks for weeks, so that weekdays stay in place). */
export const rangeBefore = (range: ResolvedRange, comparison: Comparison): { from: string; to: string; grain: Grain } => {
  const { grain } = range
  const back = comparison === 'previous' ? range.count : { day: 365, week: 52, month: 12 }[grain]
  return { from: shiftPeriod(range.from, grain, -back), to: shiftPeriod(range.to, grain, -back), grain }
}
