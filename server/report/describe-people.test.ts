import { describe, expect, it } from 'vitest'
import { nameKey } from '../ingest/name-key.ts'
import type { AccountActivity } from '../store/account-activity.ts'
import type { StoredSuggestion } from '../store/identity-suggestions.ts'
import { describeSuggestion } from './describe-people.ts'

const account = (source: string, display_name: string | null, email_key: string | null = null): AccountActivity => ({
  identity_key: `${source} ${display_name}`,
  source,
  source_actor_id: 'u',
  display_name,
  person_id: 'p',
  email_key,
  name_key: nameKey(display_name),
  contributions: 1,
  first_seen_at: null,
  last_seen_at: null,
})
const reasons = (by: StoredSuggestion['by'], key: string, people: AccountActivity[][], strength: StoredSuggestion['strength'] = 'likely') =>
  describeSuggestion({ by, key, strength, people }).reasons
const ANA = nameKey('Ana Silva') as string

describe('the reasons of a suggestion', () => {
  it('say what is alike and how', () => {
    expect(reasons('address', 'k', [[account('slack', 'Ana', 'k')], [account('mail', 'A. Silva', 'k')]], 'strong')).toEqual([
      'Both have the same mail address.',
      'They go by “Ana” and “A. Silva”.',
    ])
    expect(
      reasons('name', ANA, [[account('slack', 'Ana Silva')], [account('mail', 'Silva, Ana')], [account('forum', 'ana.silva')]]),
    ).toEqual([
      'Their names say the same: “Ana Silva”, “Silva, Ana” and “ana.silva”.',
      'Only the name says so: the address of none is known.',
    ])
    expect(reasons('address', 'k', [[account('slack', 'Ana Silva', 'k')], [account('mail', null, 'k')]])[1]).toBe(
      'The name “Ana Silva” is known of one.',
    )
  })

  it('say what speaks against it', () => {
    expect(reasons('name', ANA, [[account('mail', 'Ana Silva', 'k')], [account('mail', 'Ana Silva', 'l')]])).toEqual([
      'Both are called “Ana Silva”.',
      'More than one is in mail, so these may be namesakes.',
      'Only the name says so: their mail addresses differ.',
    ])
    const office = [[account('mail', 'Ana Silva', 'k')], [account('mail', 'Ben Otieno', 'k')]]
    expect(reasons('address', 'k', office, 'possible')).toContain('Several accounts in mail have it, so it may be a shared mailbox.')
  })

  it('speak of the accounts that are alike, not of others that the same person has', () => {
    const people = [[account('slack', 'Ana Silva', 'k')], [account('mail', 'Ana Silva', 'k'), account('slack', 'gearbox77')]]
    expect(reasons('address', 'k', people, 'strong')).toEqual(['Both have the same mail address.', 'Both are called “Ana Silva”.'])
  })

  it('cannot be turned round by a name', () => {
    expect(reasons('address', 'k', [[account('slack', '\u202eevil', 'k')], [account('mail', 'x'.repeat(500), 'k')]])[1]).toBe(
      `They go by “evil” and “${'x'.repeat(60)}…”.`,
    )
  })
})
