import { addDays, daysBetween, daysOfPeriod, spanLabel } from '../../../shared/period.ts'
import { formatPeriod } from '../../../shared/format.ts'
import type { Comparison } from '../period/period-search.ts'
import { type ResolvedRange, rangeBefore } from '../period/resolve-range.ts'

/** Local days, both in it. */
export type DaySpan = { from: string; to: string }

export const labelOf = ({ from, to }: DaySpan): string => spanLabel(from, to)
/** The days of a span's label, as an answer of the server names them. */
export const spanOfLabel = (label: string): DaySpan => ({ from: label.slice(0, 10), to: label.slice(12) })
/** 1 March 2025 to 17 February 2026. */
export const sayDays = (span: DaySpan): string => formatPeriod(labelOf(span))

const lastOf = (label: string, grain: ResolvedRange['grain']) => addDays(daysOfPeriod(label, grain).to_on, -1)

/** All days of the range as one span, as far as anything is known of them. */
export const spanOfRange = (range: ResolvedRange, lastDay: string): DaySpan => {
  const from = daysOfPeriod(range.from, range.grain).from_on
  const to = lastOf(range.to, range.grain)
  return { from, to: to > lastDay && lastDay >= from ? lastDay : to }
}

/** What the span is compared with: as many days, where its last period is not over. */
export const spanBefore = (range: ResolvedRange, now: DaySpan, comparison: Comparison): DaySpan => {
  const before = rangeBefore(range, comparison)
  const from = daysOfPeriod(before.from, before.grain).from_on
  const whole = lastOf(before.to, before.grain)
  if (now.to === lastOf(range.to, range.grain)) return { from, to: whole }
  const asMany = addDays(from, daysBetween(now.from, now.to))
  return { from, to: asMany < whole ? asMany : whole }
}
