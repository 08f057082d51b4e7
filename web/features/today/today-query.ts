import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { CareItem, CareMark, Today } from '../../../shared/contract/today.ts'
import { ApiProblem, get, request } from '../../app/api.ts'

const at = (slug: string) => `/api/v1/communities/${encodeURIComponent(slug)}/today`

/** What waits for the manager; kept up to date with the rest of the community. */
export const todayQuery = (slug: string) =>
  queryOptions({ queryKey: ['community', slug, 'today'], queryFn: ({ signal }) => get<Today>(at(slug), signal) })

/** The same item at every time. */
export const careKey = ({ kind, key }: Pick<CareItem, 'kind' | 'key'>): string => `${kind} ${key}`

/** The list as it will be once a mark is kept, or taken back with null. Pure. */
export const applyMark = (today: Today, item: CareItem, mark: CareMark | null, markedAt: string): Today => {
  const isIt = (other: CareItem) => careKey(other) === careKey(item)
  const waits = today.items.some(isIt)
  const counts = { ...today.counts, [item.kind]: Math.max(0, (today.counts[item.kind] ?? 0) + (mark === null ? 1 : waits ? -1 : 0)) }
  const marked = today.marked.filter((other) => !isIt(other))
  if (mark === null) return { ...today, counts, marked, items: [...today.items.filter((other) => !isIt(other)), { ...item, mark: null }] }
  const told = { ...item, mark: { as: mark, marked_at: markedAt, marked_by: null } }
  return { ...today, counts, items: today.items.filter((other) => !isIt(other)), marked: [told, ...marked] }
}

type Marking = { item: CareItem; mark: CareMark | null }

/** Marks an item, or takes it back: shown at once, and put back where the server does not keep it. */
export const useMarking = (slug: string, onDone: (done: Marking) => void) => {
  const client = useQueryClient()
  const { queryKey } = todayQuery(slug)
  return useMutation<void, ApiProblem, Marking, { before: Today | undefined }>({
    // tried at once without a network too, so that the failure is said instead of waiting unseen
    networkMode: 'always',
    mutationFn: ({ item: { kind, key }, mark }) => request('PUT', `${at(slug)}/marks`, { kind, key, mark }),
    onMutate: async ({ item, mark }) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      if (before !== undefined) client.setQueryData(queryKey, applyMark(before, item, mark, new Date().toISOString()))
      return { before }
    },
    onSuccess: (_, done) => onDone(done),
    onError: (_, __, context) => {
      if (context?.before !== undefined) client.setQueryData(queryKey, context.before)
    },
    // what is taken back waits again once the numbers are worked out: asked now, the server would not have it yet
    onSettled: (_, error, { mark }) => (error === null && mark === null ? undefined : client.invalidateQueries({ queryKey })),
  })
}

/** Why a mark was not kept, in words for who made it. */
export const sayNotKept = (error: Error): string => {
  const status = error instanceof ApiProblem ? error.status : -1
  if (status === 404) return 'It is not on the list any more: somebody else was quicker, or it was answered. The list shows what waits now.'
  if (status === 403) return 'Not kept: only managers of this community may mark.'
  if (status === 0) return 'Not kept: the server cannot be reached. The item stands where it stood; try again when you are online.'
  return `Not kept: ${error.message}`
}
