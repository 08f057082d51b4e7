import { queryOptions } from '@tanstack/react-query'
import type { Voices, VoicesOf } from '../../../shared/contract/voices.ts'
import { get } from '../../app/api.ts'
import type { DaySpan } from './day-spans.ts'

/** How what is written in a span of days is shared out among its people. */
export const voicesQuery = (slug: string, { from, to }: DaySpan, of: VoicesOf) =>
  queryOptions({
    queryKey: ['community', slug, 'voices', from, to, of],
    queryFn: ({ signal }) =>
      get<Voices>(`/api/v1/communities/${encodeURIComponent(slug)}/voices?${new URLSearchParams({ from, to, of })}`, signal),
  })
