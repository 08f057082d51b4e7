import { queryOptions } from '@tanstack/react-query'
import type { ReportList } from '../../../shared/contract/report-settings.ts'
import type { SharedReport } from '../../../shared/contract/shared-report.ts'
import type { ValueReport } from '../../../shared/contract/value-report.ts'
import { get, request } from '../../app/api.ts'

const at = (slug: string) => `/api/v1/communities/${encodeURIComponent(slug)}/reports`

type Which = { revision?: number | undefined; isPreview: boolean }
const searchOf = ({ revision, isPreview }: Which): string => {
  const search = new URLSearchParams({
    ...(isPreview ? { preview: 'true' } : {}),
    ...(revision === undefined ? {} : { revision: String(revision) }),
  })
  return search.size > 0 ? `?${search}` : ''
}

/** Which months have a report. */
export const reportsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'reports'],
    queryFn: ({ signal }) => get<ReportList>(at(slug), signal),
  })

/** A month's report: as frozen, in its last revision unless one is named; or as a preview of the numbers as they are now. */
export const reportQuery = (slug: string, month: string, which: Which) =>
  queryOptions({
    queryKey: ['community', slug, 'reports', month, which],
    queryFn: ({ signal }) => get<ValueReport>(`${at(slug)}/${month}${searchOf(which)}`, signal),
  })

/** Makes the report of a month that has none, and sends it to nobody who would not get it anyway. */
export const makeReport = (slug: string, month: string) => request<ValueReport>('POST', `${at(slug)}/${month}`, {})

/** The address of the PDF of the same. */
export const pdfOf = (slug: string, month: string, which: Which) => `${at(slug)}/${month}.pdf${searchOf(which)}`

export const sharedReportQuery = (token: string) =>
  queryOptions({
    queryKey: ['shared-report', token],
    queryFn: ({ signal }) => get<SharedReport>(`/api/v1/shared-reports/${encodeURIComponent(token)}`, signal),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
