/** The weeks as they are drawn. */
import type { AlertContent, AlertCourse } from '../../../shared/contract/alert.ts'
import { startSentence } from '../../../shared/format.ts'
import type { HeardSeries } from '../../diagnosis/direction/hear-weeks.ts'
import { type DeclineFrom, lagOf, mondayOf, type NamedTold } from './follow-decline.ts'
import { saySeries, SERIES_WORDS } from './say-series.ts'

/** Half a year, or three quarters where so much is judged together. */
const CHART_WEEKS = 26
const LONG_CHART_WEEKS = 39

const valueAt = ({ counts, exposures }: HeardSeries, week: number): number | null =>
  (exposures[week] ?? 0) > 0 ? (counts[week] as number) : null

/** A series by the weeks in which things happened: what is counted a week late stands where it belongs. */
export const shownWeeks = ({ all, weeks }: DeclineFrom, at: number): { on: string; value: number | null }[] => {
  const series = all[at] as HeardSeries
  const lag = lagOf(series.id)
  return weeks.map(({ from_on }, week) => ({ on: from_on, value: valueAt(series, week + lag) }))
}

export const seriesOf = (from: DeclineFrom): AlertCourse['series'] =>
  from.all.map(({ id }, at) => ({ id, title: SERIES_WORDS[id].title, unit: SERIES_WORDS[id].unit, weeks: shownWeeks(from, at) }))

export const chartOf = (from: DeclineFrom, { at, id, told, named, to }: NamedTold, span: string): AlertContent['chart'] => {
  const lag = lagOf(id)
  const last = to - lag
  const count = told.weeks > 8 ? LONG_CHART_WEEKS : CHART_WEEKS
  const { exposure } = (from.sums[at] as DeclineFrom['sums'][number])(Math.max(0, to - told.weeks + 1), to, false)
  const heard = Math.max(1, (from.sums[at] as DeclineFrom['sums'][number])(Math.max(0, to - told.weeks + 1), to, false).heard)
  return {
    title: SERIES_WORDS[id].title,
    caption: `${startSentence(saySeries(told, span))}.`,
    unit: SERIES_WORDS[id].unit,
    weeks: shownWeeks(from, at).slice(Math.max(0, last - count + 1), last + 1),
    usual: exposure === 0 ? null : Number(((named.rate * exposure) / heard).toFixed(2)),
    judged_from: mondayOf(from, Math.max(0, to - told.weeks + 1) - lag),
  }
}
