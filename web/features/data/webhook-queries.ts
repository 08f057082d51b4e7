/** What the section of live feeds reads and changes. */
import { queryOptions } from '@tanstack/react-query'
import type { Webhook } from '../../../shared/contract/webhook.ts'
import { get } from '../../app/api.ts'

export const webhooksPath = (slug: string, ...parts: string[]): string =>
  ['/api/v1/communities', ...[slug, 'webhooks', ...parts].map(encodeURIComponent)].join('/')

/** Asked again now and then: a feed is set up in another window, and one wants to see the first delivery come. */
export const webhooksQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'webhooks'],
    queryFn: async ({ signal }) => (await get<{ webhooks: Webhook[] }>(webhooksPath(slug), signal)).webhooks,
    refetchInterval: (query) => ((query.state.data?.length ?? 0) > 0 ? 15_000 : false),
  })
