import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { HealthReport } from '../../../shared/contract/health-report.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { dayInZone, lastKnownDay } from '../../../shared/format.ts'
import { catalogueQuery, healthQuery } from '../../app/queries.ts'
import { type ReportView, viewReport } from '../metric/report-view.ts'
import type { Comparison } from './period-search.ts'
import { type ResolvedRange, rangeBefore, resolveRange } from './resolve-range.ts'
import { usePeriodSearch } from './use-period-search.ts'

/** The numbers of a community over the periods that the address asks for. */
export type Numbers = {
  community: CommunitySummary
  slug: string
  range: ResolvedRange
  /** Local days: of the first event, and the last of which anything is known. */
  firstDay: string
  lastDay: string
  report: HealthReport
  view: ReportView
  /** The time compared with; null where nothing is compared, or it is not there yet. */
  before: ReportView | null
  comparison: Comparison | undefined
  catalogue: MetricDescription[] | undefined
  /** What is shown is still that of the periods before. */
  isOld: boolean
  /** The newest numbers could not be fetched, or those to compare with; what is shown still holds. */
  error: Error | null
  beforeError: Error | null
  retry: () => void
}

/** The first local day with an event, over all sources; null when there is none. */
const firstDayOf = (sources: { first_event_at: string | null }[], timeZone: string): string | null => {
  const first = sources
    .map((s) => s.first_event_at)
    .filter((at) => at !== null)
    .sort()[0]
  return first === undefined ? null : dayInZone(first, timeZone)
}

/** Null while nothing is there yet; `error` where nothing could be fetched at all. */
export const useNumbers = (
  community: CommunitySummary,
  knownBy: string,
): { numbers: Numbers | null; error: Error | null; retry: () => void } => {
  const { slug, time_zone: zone } = community
  const { search } = usePeriodSearch()
  const lastDay = lastKnownDay(knownBy, zone)
  const usual = useQuery({ ...healthQuery(slug, resolveRange({}, lastDay, null)), placeholderData: keepPreviousData })
  const firstDay = usual.data === undefined ? null : firstDayOf(usual.data.sources, zone)
  const range = resolveRange(search, lastDay, firstDay)
  const isWaitingForStart = search.range === 'all' && usual.data === undefined
  const health = useQuery({ ...healthQuery(slug, range), placeholderData: keepPreviousData, enabled: !isWaitingForStart })
  const earlier = useQuery({
    ...healthQuery(slug, rangeBefore(range, search.compare ?? 'previous')),
    enabled: search.compare !== undefined,
  })
  const { data: catalogue } = useQuery(catalogueQuery)
  const view = useMemo(() => (health.data === undefined ? null : viewReport(health.data)), [health.data])
  const before = useMemo(() => (earlier.data === undefined ? null : viewReport(earlier.data)), [earlier.data])
  const { refetch } = health
  const retry = useCallback(() => void refetch(), [refetch])
  const isComparing = search.compare !== undefined
  const rangeText = JSON.stringify(range)
  // the same as long as nothing in it has changed, so that what shows it can tell
  const numbers = useMemo((): Numbers | null => {
    if (health.data === undefined || view === null) return null
    return {
      community,
      slug,
      range: JSON.parse(rangeText) as ResolvedRange,
      firstDay: firstDay ?? lastDay,
      lastDay,
      report: health.data,
      view,
      before: isComparing ? before : null,
      comparison: search.compare,
      catalogue,
      isOld: health.isPlaceholderData,
      error: health.error,
      beforeError: isComparing ? earlier.error : null,
      retry,
    }
  }, [
    community,
    slug,
    rangeText,
    firstDay,
    lastDay,
    health.data,
    health.isPlaceholderData,
    health.error,
    view,
    before,
    isComparing,
    search.compare,
    catalogue,
    earlier.error,
    retry,
  ])
  return { numbers, error: numbers === null ? health.error : null, retry }
}
