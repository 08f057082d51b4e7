import type { IdentityAccount, IdentityPerson, ShownAccount, Suggestion } from '../../shared/contract/identity.ts'
import { joinWords, sayCount, startSentence } from '../../shared/format.ts'
import { quoteName } from '../../shared/quote-name.ts'
import { NO_NAME_KEY, nameKey } from '../ingest/name-key.ts'
import type { AccountActivity } from '../store/account-activity.ts'
import type { StoredSuggestion } from '../store/identity-suggestions.ts'

/** An account by its name, as answers show it. */
export const describeAccount = (account: { source: string; source_actor_id: string; display_name: string | null }): ShownAccount => ({
  source: account.source,
  actor_id: account.source_actor_id,
  display_name: account.display_name,
})

const describeActivity = (account: AccountActivity): IdentityAccount => ({
  ...describeAccount(account),
  contributions: account.contributions,
  first_seen_at: account.first_seen_at?.toISOString() ?? null,
  last_seen_at: account.last_seen_at?.toISOString() ?? null,
})

export const describePerson = (accounts: readonly AccountActivity[]): IdentityPerson => ({ accounts: accounts.map(describeActivity) })

const bothOf = (count: number): string => (count === 2 ? 'both' : `all ${sayCount(count)}`)

/** Of each of these people the accounts that are alike; others that were said to be theirs go by anything. */
const alikeOf = ({ by, key, people }: StoredSuggestion): AccountActivity[][] =>
  people.map((accounts) => accounts.filter((account) => (by === 'address' ? account.email_key : account.name_key) === key))

/** The sources in which more than one of these people has an account that is alike. */
const sharedSources = (suggestion: StoredSuggestion): string[] => {
  const counts = new Map<string, number>()
  for (const accounts of alikeOf(suggestion))
    for (const source of new Set(accounts.map((account) => account.source))) counts.set(source, (counts.get(source) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > 1).map(([source]) => source)
}

const sayNames = (names: readonly string[]): string => joinWords(names.map(quoteName))

const sayAddresses = ({ by, people }: StoredSuggestion): string => {
  if (by === 'address') return `${startSentence(bothOf(people.length))} have the same mail address.`
  const known = people.map((accounts) => new Set(accounts.flatMap((account) => account.email_key ?? [])))
  if (known.every((keys) => keys.size === 0))
    return `Only the name says so: the address of ${people.length === 2 ? 'neither' : 'none'} is known.`
  return known.every((keys) => keys.size > 0)
    ? 'Only the name says so: their mail addresses differ.'
    : 'Only the name says so: not everyone’s address is known.'
}

const sayNaming = (suggestion: StoredSuggestion): string | null => {
  const people = alikeOf(suggestion)
  const names = [...new Set(people.flat().flatMap((account) => account.display_name ?? []))]
  const [only] = names
  if (only === undefined) return null
  if (names.length === 1) {
    const isEvery = people.every((accounts) => accounts.some((account) => account.display_name !== null))
    return isEvery
      ? `${startSentence(bothOf(people.length))} are called ${quoteName(only)}.`
      : `The name ${quoteName(only)} is known of one.`
  }
  const compared = new Set(names.map(nameKey))
  return compared.size === 1 && !compared.has(NO_NAME_KEY)
    ? `Their names say the same: ${sayNames(names)}.`
    : `They go by ${sayNames(names)}.`
}

const saySources = (suggestion: StoredSuggestion): string | null => {
  const [first] = sharedSources(suggestion)
  // one name and one address in one place is somebody who registered twice
  if (first === undefined || suggestion.strength === 'strong') return null
  return suggestion.by === 'address'
    ? `Several accounts in ${first} have it, so it may be a shared mailbox.`
    : `More than one is in ${first}, so these may be namesakes.`
}

/** A suggestion with its reasons in words. */
export const describeSuggestion = (suggestion: StoredSuggestion): Suggestion => ({
  strength: suggestion.strength,
  reasons: (suggestion.by === 'address'
    ? [sayAddresses(suggestion), sayNaming(suggestion), saySources(suggestion)]
    : [sayNaming(suggestion), saySources(suggestion), sayAddresses(suggestion)]
  ).filter((reason) => reason !== null),
  people: suggestion.people.map(describePerson),
})
