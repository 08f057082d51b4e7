import { queryOptions } from '@tanstack/react-query'
import type { MySubscription } from '../../../shared/contract/report-subscription.ts'
import { get } from '../../app/api.ts'

export const mySubscriptionPath = (slug: string): string => `/api/v1/communities/${encodeURIComponent(slug)}/my-subscription`

/** Whether the report comes to the reader by mail. */
export const mySubscriptionQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'my-subscription'],
    queryFn: ({ signal }) => get<MySubscription>(mySubscriptionPath(slug), signal),
  })
