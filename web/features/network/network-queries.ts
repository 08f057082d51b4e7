import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Network, PersonHelp } from '../../../shared/contract/network.ts'
import { get } from '../../app/api.ts'

/** Local days, both included. */
export type Days = { from: string; to: string }

const at = (slug: string, ...rest: string[]) => `/api/v1/communities/${[slug, 'network', ...rest].map(encodeURIComponent).join('/')}`

export const networkQuery = (slug: string, days: Days, withNames: boolean) =>
  queryOptions({
    queryKey: ['community', slug, 'network', days.from, days.to, withNames],
    queryFn: ({ signal }) =>
      get<Network>(`${at(slug)}?${new URLSearchParams({ ...days, ...(withNames ? { names: 'true' } : {}) })}`, signal),
    placeholderData: keepPreviousData,
  })

export const personHelpQuery = (slug: string, days: Days, person: string) =>
  queryOptions({
    queryKey: ['community', slug, 'network', days.from, days.to, 'person', person],
    queryFn: ({ signal }) => get<PersonHelp>(`${at(slug, person)}?${new URLSearchParams(days)}`, signal),
  })
