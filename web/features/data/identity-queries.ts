/** What the section on people with several accounts reads and says, under the community's key. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  AccountName,
  Dismissed,
  IdentityPerson,
  Merged,
  MergeAnswer,
  ShownAccount,
  SplitAnswer,
  Suggestions,
} from '../../../shared/contract/identity.ts'
import { type ApiProblem, get, request } from '../../app/api.ts'
import { pathOf } from '../house-rules/settings-queries.ts'

const queryOf = <T>(slug: string, what: string) =>
  queryOptions({
    queryKey: ['community', slug, 'identities', what],
    queryFn: ({ signal }) => get<T>(pathOf(slug, 'identities', what), signal),
  })

export const suggestionsQuery = (slug: string) => queryOf<Suggestions>(slug, 'suggestions')
export const mergedQuery = (slug: string) => queryOf<Merged>(slug, 'merged')
export const dismissedQuery = (slug: string) => queryOf<Dismissed>(slug, 'dismissed')

export const nameOf = ({ source, actor_id }: AccountName): AccountName => ({ source, actor_id })
export const keyOf = (accounts: readonly AccountName[]): string => JSON.stringify(accounts.map(nameOf))

/** What to call an account; a name without anything to be seen in it stands nowhere. */
export const shownName = ({ display_name, actor_id }: ShownAccount): string =>
  display_name && /[\p{L}\p{N}\p{P}\p{S}]/u.test(display_name) ? display_name : actor_id

export const accountsOf = (people: readonly IdentityPerson[]): IdentityPerson['accounts'] => people.flatMap((person) => person.accounts)

/** What a person said of accounts, and all that taking it back needs. */
export type Said =
  | { what: 'merged'; accounts: ShownAccount[]; before: ShownAccount[][] }
  | { what: 'split'; accounts: ShownAccount[]; others: ShownAccount[] }
  | { what: 'dismissed'; accounts: ShownAccount[] }

/** What somebody says of accounts; `undo` takes back what was said. */
export type Saying =
  | { say: 'merge'; accounts: readonly ShownAccount[] }
  | { say: 'split'; accounts: readonly ShownAccount[] }
  | { say: 'dismiss'; accounts: readonly ShownAccount[] }
  | { say: 'undo'; said: Said }

const post = <T>(slug: string, what: string, accounts: readonly AccountName[], more = {}) =>
  request<T>('POST', pathOf(slug, 'identities', what), { accounts: accounts.map(nameOf), ...more })

const undo = async (slug: string, said: Said): Promise<null> => {
  if (said.what === 'dismissed') await post(slug, 'dismiss', said.accounts, { is_different: false })
  else if (said.what === 'split') await post(slug, 'merge', [...said.accounts, ...said.others])
  // the first of them keeps what the others are taken from
  else for (const accounts of said.before.slice(1)) await post(slug, 'split', accounts, { is_remembered: false })
  return null
}

const send = async (slug: string, saying: Saying): Promise<Said | null> => {
  if (saying.say === 'undo') return undo(slug, saying.said)
  if (saying.say === 'dismiss') {
    await post(slug, 'dismiss', saying.accounts)
    return { what: 'dismissed', accounts: [...saying.accounts] }
  }
  if (saying.say === 'split') {
    const { accounts } = await post<SplitAnswer>(slug, 'split', saying.accounts)
    return { what: 'split', accounts: [...saying.accounts], others: accounts }
  }
  return { what: 'merged', ...(await post<MergeAnswer>(slug, 'merge', saying.accounts)) }
}

/** While the numbers are being worked out the server asks to come again; for about a minute that is done without a word. */
const MOST_TRIES = 12
const TRY_AGAIN_MS = 5_000

/** One after the other, however quickly somebody clicks: each waits for the refresh that the one before it asked for. */
export const useSaying = (slug: string, onSaid: (said: Said | null) => void) => {
  const client = useQueryClient()
  return useMutation({
    scope: { id: `identities of ${slug}` },
    mutationFn: (saying: Saying) => send(slug, saying),
    retry: (tries, error) => (error as ApiProblem).status === 503 && tries < MOST_TRIES,
    retryDelay: TRY_AGAIN_MS,
    onSuccess: onSaid,
    onSettled: () => client.invalidateQueries({ queryKey: ['community', slug] }),
  })
}
