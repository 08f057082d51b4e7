import { queryOptions } from '@tanstack/react-query'
import type { Cost } from '../../../shared/contract/cost.ts'
import { get } from '../../app/api.ts'

export const costPath = (slug: string, id?: string): string =>
  `/api/v1/communities/${encodeURIComponent(slug)}/costs${id === undefined ? '' : `/${encodeURIComponent(id)}`}`

export const costsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'costs'],
    queryFn: async ({ signal }) => (await get<{ costs: Cost[] }>(costPath(slug), signal)).costs,
  })
