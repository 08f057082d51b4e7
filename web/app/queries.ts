/** What pages read, each under one key, so that a change can be told to every page that shows it. */
import { queryOptions } from '@tanstack/react-query'
import type { keysSchema, Me, peopleSchema, signInOptionsSchema } from '../../shared/contract/access.ts'
import type { CommunitySummary } from '../../shared/contract/community.ts'
import type { HealthReport } from '../../shared/contract/health-report.ts'
import type { importsSchema, rejectionsSchema } from '../../shared/contract/import.ts'
import type { MetricDescription } from '../../shared/contract/metric.ts'
import type { BeforeAfter, Interventions } from '../../shared/contract/intervention.ts'
import type { Spans } from '../../shared/contract/span.ts'
import type { Verdict } from '../../shared/contract/verdict.ts'
import type { VerdictHistory } from '../../shared/contract/verdict-history.ts'
import type { Grain } from '../../shared/period.ts'
import type { VerdictView } from '../../shared/verdict-views.ts'
import type { z } from 'zod'
import { get } from './api.ts'

export type ApiKey = z.infer<typeof keysSchema>['keys'][number]
export type Import = z.infer<typeof importsSchema>['imports'][number]
export type Person = z.infer<typeof peopleSchema>['people'][number]
/** Periods as labels of the grain, both included. */
export type HealthRange = { from: string; to: string; grain: Grain }

const at = (slug: string) => `/api/v1/communities/${encodeURIComponent(slug)}`

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/api/v1/me', signal), staleTime: 60_000 })

export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: ({ signal }) => get<z.infer<typeof signInOptionsSchema>>('/api/v1/sign-in-options', signal),
})

/** Asked again soon while some community is still being worked out, as on first start; else once a minute. */
export const communitiesQuery = queryOptions({
  queryKey: ['communities'],
  queryFn: async ({ signal }) => (await get<{ communities: CommunitySummary[] }>('/api/v1/communities', signal)).communities,
  refetchInterval: (query) =>
    query.state.data?.some((c) => c.verdict === null && c.known_by !== null) || query.state.data?.length === 0 ? 4_000 : 60_000,
})

export const catalogueQuery = queryOptions({
  queryKey: ['metrics'],
  queryFn: async ({ signal }) => (await get<{ metrics: MetricDescription[] }>('/api/v1/metrics', signal)).metrics,
  staleTime: Number.POSITIVE_INFINITY,
})

export const healthQuery = (slug: string, { from, to, grain }: HealthRange) =>
  queryOptions({
    queryKey: ['community', slug, 'health', from, to, grain],
    queryFn: ({ signal }) => get<HealthReport>(`${at(slug)}/health?${new URLSearchParams({ from, to, grain })}`, signal),
  })

/** Every metric over spans of days, each as one period: labels of spans. */
export const spansQuery = (slug: string, spans: readonly string[], metrics?: readonly string[]) =>
  queryOptions({
    queryKey: ['community', slug, 'spans', spans, metrics ?? null],
    queryFn: ({ signal }) =>
      get<Spans>(
        `${at(slug)}/spans?${new URLSearchParams({ days: spans.join(','), ...(metrics === undefined ? {} : { metrics: metrics.join(',') }) })}`,
        signal,
      ),
  })

/** What managers tried, the newest first; brief: days and titles, as charts show them. */
export const interventionsQuery = (slug: string, { isBrief = false }: { isBrief?: boolean } = {}) =>
  queryOptions({
    queryKey: ['community', slug, 'interventions', isBrief],
    queryFn: ({ signal }) => get<Interventions>(`${at(slug)}/interventions?is_brief=${isBrief}`, signal),
  })

/** The numbers after something was tried and before it; of some metrics, or of those its note names. */
export const beforeAfterQuery = (slug: string, id: string, days: number, metrics?: readonly string[]) =>
  queryOptions({
    queryKey: ['community', slug, 'interventions', id, days, metrics ?? null],
    queryFn: ({ signal }) =>
      get<BeforeAfter>(
        `${at(slug)}/interventions/${encodeURIComponent(id)}/before-after?${new URLSearchParams({ days: String(days), ...(metrics === undefined ? {} : { metrics: metrics.join(',') }) })}`,
        signal,
      ),
  })

/** The verdict at the end of a local day; with a view, what it would be if others counted. */
export const verdictQuery = (slug: string, day: string, view: VerdictView) =>
  queryOptions({
    queryKey: ['community', slug, 'verdict', day, view],
    queryFn: ({ signal }) => get<Verdict>(`${at(slug)}/verdict?${new URLSearchParams({ at: day, view })}`, signal),
  })

/** Every month's verdict in a few words. */
export const historyQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'verdict-history'],
    queryFn: ({ signal }) => get<VerdictHistory>(`${at(slug)}/verdict/history`, signal),
  })

export const keysQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'keys'],
    queryFn: async ({ signal }) => (await get<{ keys: ApiKey[] }>(`${at(slug)}/keys`, signal)).keys,
  })

export const importsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'imports'],
    queryFn: async ({ signal }) => (await get<{ imports: Import[] }>(`${at(slug)}/imports`, signal)).imports,
    refetchInterval: (query) =>
      query.state.data?.some(({ status }) => ['uploading', 'checking', 'running'].includes(status)) ? 2_000 : false,
  })

/** Rows of an import that were not accepted: the first thousand. */
export const rejectionsQuery = (slug: string, importId: string) =>
  queryOptions({
    queryKey: ['community', slug, 'imports', importId],
    queryFn: ({ signal }) =>
      get<z.infer<typeof rejectionsSchema>>(`${at(slug)}/imports/${encodeURIComponent(importId)}/rejections`, signal),
  })

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async ({ signal }) => (await get<{ people: Person[] }>('/api/v1/people', signal)).people,
})
