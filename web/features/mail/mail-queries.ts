import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { MailState, Mails, MailText } from '../../../shared/contract/mail.ts'
import { get } from '../../app/api.ts'

/** Mail of a community, or with null all mail of the server. */
export type Whose = string | null

export const mailsPath = (whose: Whose): string =>
  whose === null ? '/api/v1/mails' : `/api/v1/communities/${encodeURIComponent(whose)}/mails`

const keyOf = (whose: Whose) => (whose === null ? ['mails'] : ['community', whose, 'mails'])

/** While something waits to be sent it is looked after, as it changes by itself. */
const LOOK_AGAIN_MS = 5_000

export const mailsQuery = (whose: Whose, state: MailState | null) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(whose), 'list', state],
    queryFn: ({ pageParam, signal }) =>
      get<Mails>(
        `${mailsPath(whose)}?${new URLSearchParams({ ...(state === null ? {} : { state }), ...(pageParam === null ? {} : { before: pageParam }) })}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: ({ state: { data } }) => {
      const first = data?.pages[0]
      return first?.has_server && (first.counts.waiting || first.counts.sending) ? LOOK_AGAIN_MS : false
    },
  })

export const mailTextQuery = (whose: Whose, mailId: string) =>
  queryOptions({
    queryKey: [...keyOf(whose), 'text', mailId],
    queryFn: ({ signal }) => get<MailText>(`${mailsPath(whose)}/${mailId}`, signal),
  })

/** What to read again when a mail has changed. */
export const mailsKey = keyOf
