/** What the section of other ways out reads and changes. */
import { queryOptions } from '@tanstack/react-query'
import type { Hooks } from '../../../shared/contract/alert-hook.ts'
import { get } from '../../app/api.ts'

export const hooksPath = (slug: string, ...parts: string[]): string =>
  ['/api/v1/communities', ...[slug, 'alert-hooks', ...parts].map(encodeURIComponent)].join('/')

/** While something is on its way, its outcome is a matter of seconds. */
const LOOK_AGAIN_MS = 2_000
const USUAL_MS = 60_000

export const hooksQuery = (slug: string) =>
  queryOptions({
    queryKey: ['community', slug, 'alert-hooks'],
    queryFn: ({ signal }) => get<Hooks>(hooksPath(slug), signal),
    refetchInterval: ({ state: { data } }) =>
      data?.hooks.some(({ last }) => last?.state === 'sending' || (last?.state === 'waiting' && last.attempt_count === 0))
        ? LOOK_AGAIN_MS
        : USUAL_MS,
  })
