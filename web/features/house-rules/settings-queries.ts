/** What the page of house rules reads, under the community's key, so that fresh numbers ask for it again. */
import { queryOptions } from '@tanstack/react-query'
import type { Charter } from '../../../shared/contract/charter.ts'
import type { Account, Facilitator } from '../../../shared/contract/facilitator.ts'
import type { ThresholdSettings } from '../../../shared/contract/threshold.ts'
import { get } from '../../app/api.ts'

export const pathOf = (slug: string, ...parts: string[]): string =>
  ['/api/v1/communities', ...[slug, ...parts].map(encodeURIComponent)].join('/')

export const charterQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'charter'],
    queryFn: ({ signal }) => get<Charter>(pathOf(slug, 'charter'), signal),
  })

/** Asked again soon while the history is being judged anew. */
export const thresholdsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'thresholds'],
    queryFn: ({ signal }) => get<ThresholdSettings>(pathOf(slug, 'thresholds'), signal),
    refetchInterval: (query) => (query.state.data?.is_judged_by_these === false ? 2_000 : false),
  })

export const facilitatorsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'facilitators'],
    queryFn: async ({ signal }) => (await get<{ facilitators: Facilitator[] }>(pathOf(slug, 'facilitators'), signal)).facilitators,
  })

/** Accounts whose name or id holds a text. */
export const accountsQuery = (slug: string, text: string) =>
  queryOptions({
    queryKey: ['community', slug, 'accounts', text],
    queryFn: async ({ signal }) =>
      (await get<{ accounts: Account[] }>(`${pathOf(slug, 'accounts')}?${new URLSearchParams({ query: text })}`, signal)).accounts,
    enabled: text !== '',
    staleTime: 30_000,
  })
