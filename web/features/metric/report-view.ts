import type { HealthReport, Series } from '../../../shared/contract/health-report.ts'
import type { Point } from '../../../shared/contract/metric.ts'
import { sayNothing } from '../../ui/say-nothing.ts'

/** A report with its series at hand; `key` is the metric, or metric:category. */
export type ReportView = { report: HealthReport; series: (key: string) => Series | null }

export const viewReport = (report: HealthReport): ReportView => {
  const byKey = new Map(report.metrics.map((s) => [s.category === null ? s.id : `${s.id}:${s.category}`, s]))
  return { report, series: (key) => byKey.get(key) ?? null }
}

/** The point of the last period that is over; of the unfinished one where there is no other. */
export const lastFinished = (series: Series | null): Point | null =>
  series?.points.findLast((p) => !p.is_unfinished) ?? series?.points.at(-1) ?? null

/** The last finished point that has something to show: a value, or at least a count. */
export const lastShown = (series: Series | null): Point | null =>
  series?.points.findLast((p) => !p.is_unfinished && (p.value !== null || p.status === 'count_only')) ?? null

/** Sum of a series' values; null when no period has one. */
export const sumOf = (series: Series | null): number | null => {
  const values = series?.points.map((p) => p.value).filter((v) => v !== null) ?? []
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0)
}

/** No source of the community can tell it. */
export const isNotAvailable = (series: Series | null): boolean =>
  // periods that no data reach say so instead
  series?.points.some((p) => p.status === 'not_available') === true && series.points.every((p) => p.value === null)

/** Why there is no more to show: the last finished period's own reason where it has a value, else what is true of all that have none. */
export const reasonOf = (series: Series | null): string | null => {
  const last = lastFinished(series)
  if (series === null || last === null) return null
  if (last.value !== null) return last.reason ?? series.points.findLast((p) => p.reason !== null)?.reason ?? null
  const finished = series.points.filter((p) => p.value === null && !p.is_unfinished)
  return sayNothing(finished.length > 0 ? finished : series.points)
}
