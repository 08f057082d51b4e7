import { queryOptions } from '@tanstack/react-query'
import type { ReportCorrection, ReportDraft, ReportSettings } from '../../../shared/contract/report-settings.ts'
import { get } from '../../app/api.ts'

const pathOf = (slug: string, rest: string): string => `/api/v1/communities/${encodeURIComponent(slug)}/${rest}`

export const draftPath = (slug: string, month: string): string => pathOf(slug, `reports/${month}/draft`)
export const revisionsPath = (slug: string, month: string): string => pathOf(slug, `reports/${month}/revisions`)
export const reportSettingsPath = (slug: string): string => pathOf(slug, 'report-settings')

/** Begins as everything about reports does, so that what changes one looks at all anew. */
export const draftQuery = (slug: string, month: string) =>
  queryOptions({
    queryKey: ['community', slug, 'reports', month, 'draft'],
    queryFn: ({ signal }) => get<ReportDraft>(draftPath(slug, month), signal),
  })

export const correctionQuery = (slug: string, month: string) =>
  queryOptions({
    queryKey: ['community', slug, 'reports', month, 'correction'],
    queryFn: ({ signal }) => get<ReportCorrection>(pathOf(slug, `reports/${month}/correction`), signal),
  })

export const reportSettingsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'reports', 'settings'],
    queryFn: ({ signal }) => get<ReportSettings>(reportSettingsPath(slug), signal),
  })
