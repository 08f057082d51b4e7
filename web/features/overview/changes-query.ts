import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Changes } from '../../../shared/contract/changes.ts'
import { get } from '../../app/api.ts'

export type ChangeGrain = Changes['grain']

/** What changed; without a grain the server takes months, or weeks while there are too few. */
export const changesQuery = (slug: string, grain: ChangeGrain | undefined) =>
  queryOptions({
    queryKey: ['community', slug, 'changes', grain ?? null],
    queryFn: ({ signal }) =>
      get<Changes>(`/api/v1/communities/${encodeURIComponent(slug)}/changes${grain === undefined ? '' : `?grain=${grain}`}`, signal),
    placeholderData: keepPreviousData,
  })
