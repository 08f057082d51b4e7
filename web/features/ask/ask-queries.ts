/** What the page of asking reads, under the community's key, so that fresh numbers ask for it again. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Asks, Contact } from '../../../shared/contract/ask.ts'
import { get, request } from '../../app/api.ts'

export const askPath = (slug: string, ...parts: string[]): string =>
  ['/api/v1/communities', ...[slug, ...parts].map(encodeURIComponent)].join('/')

export const asksQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'asks'],
    queryFn: ({ signal }) => get<Asks>(askPath(slug, 'asks'), signal),
  })

export const contactsQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'asks', 'contacts'],
    queryFn: ({ signal }) => get<{ contacts: Contact[]; total: number }>(askPath(slug, 'contacts'), signal),
  })

type Send<Input> = { method: string; path: (input: Input) => string; body?: (input: Input) => unknown }

/** A change that the whole page follows, whether it went well or met something that had changed meanwhile. */
export const useAskChange = <Input, Answer = void>(slug: string, { method, path, body }: Send<Input>) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => request<Answer>(method, path(input), body?.(input)),
    onSettled: () => client.invalidateQueries({ queryKey: asksQuery(slug).queryKey }),
  })
}
