import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { identityKey } from '../ingest/keys.ts'
import { ruleOnBot } from './bots.ts'
import { createCommunity } from './communities.ts'
import type { Database } from './connection.ts'
import { dismissIdentities, listDismissedPairs, takeBackDismissal } from './dismiss-identities.ts'
import { listMergedPeople, suggestIdentities } from './identity-suggestions.ts'
import { mergeIdentities, RefreshRunsError, splitIdentity } from './merge-identities.ts'
import { noteAccounts } from './note-accounts.ts'

let db: Database
let communityId: string
const now = new Date('2026-03-01T12:00:00Z')
let communities = 0

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  const made = await createCommunity(db, { slug: `c-${communities++}`, name: 'Test', time_zone: 'UTC', now })
  communityId = made?.community_id as string
})

type Account = { id: string; name?: string; email?: string; is_bot?: boolean }
const note = (source: string, ...accounts: Account[]) => noteAccounts(db, { communityId, source, accounts, now })
const keyOf = (account: string) => identityKey(...(account.split(':') as [string, string]))
const keys = (...accounts: string[]) => accounts.map(keyOf)

/** Each suggestion as "strength: a + b", people apart by +, accounts of one by commas. */
const suggested = async (): Promise<string[]> =>
  (await suggestIdentities(db, communityId, 100)).suggestions.map(
    ({ strength, people }) =>
      `${strength}: ${people
        .map((accounts) => accounts.map((one) => `${one.source}:${one.source_actor_id}`).join(','))
        .sort()
        .join(' + ')}`,
  )
const merge = (...accounts: string[]) => mergeIdentities(db, { communityId, identityKeys: keys(...accounts) })
const split = (dismissedAt: Date | null, ...accounts: string[]) =>
  splitIdentity(db, { communityId, identityKeys: keys(...accounts), dismissedAt })
const dismiss = (...accounts: string[]) => dismissIdentities(db, { communityId, identityKeys: keys(...accounts), now })

describe('accounts that may be one person’s', () => {
  it('have one address or one name, whatever the sources', async () => {
    await note(
      'slack',
      { id: 'U1', name: 'Ana', email: 'Ana@example.org' },
      { id: 'U2', name: 'Ben Otieno' },
      { id: 'U3', name: 'Carl Maier' },
    )
    await note('mail', { id: 'ana@example.org', name: 'A. Silva' }, { id: 'carl@example.org', name: 'Eva Berg' })
    await note('forum', { id: '7', name: 'Otieno, Ben' })
    expect(await suggested()).toEqual(['strong: mail:ana@example.org + slack:U1', 'likely: forum:7 + slack:U2'])
  })

  it('are never bots, shared mailboxes or people whose names say too little', async () => {
    await note(
      'slack',
      { id: 'U1', name: 'Plant News', is_bot: true },
      { id: 'U2', name: 'Ana', email: 'info@example.org' },
      { id: 'U3', name: 'Deleted User' },
    )
    await note(
      'mail',
      { id: 'info@example.org', name: 'Plant News' },
      { id: 'x@example.org', name: 'Ana' },
      { id: 'y@example.org', name: 'Deleted User' },
    )
    expect(await suggested()).toEqual([])
    // once a manager says that it is a person, it is one
    await ruleOnBot(db.pool, { communityId, identityKey: keyOf('slack:U1'), ruling: false, now })
    expect(await suggested()).toEqual(['likely: mail:info@example.org + slack:U1'])
  })

  it('are found among accounts that were stored before names were compared', async () => {
    await note('slack', { id: 'U1', name: 'Ana Silva' }, { id: 'U2', name: 'Ben', email: 'ben@example.org' })
    await note('mail', { id: 'ana@example.org', name: 'Ana Silva' }, { id: 'ben@example.org', name: 'Ben' })
    await db.pool.query('update identity set name_key = null where community_id = $1', [communityId])
    await db.pool.query(`update identity set email_key = null where community_id = $1 and source = 'mail'`, [communityId])
    expect(await suggested()).toEqual(['strong: mail:ben@example.org + slack:U2', 'likely: mail:ana@example.org + slack:U1'])
  })

  it('go by the name that an account has now', async () => {
    await note('slack', { id: 'U1', name: 'Ana Silva' })
    await note('mail', { id: 'a@example.org', name: 'Ana Silva' })
    await noteAccounts(db, {
      communityId,
      source: 'slack',
      accounts: [{ id: 'U1', name: 'Ana Gomes' }],
      now: new Date('2026-03-02T12:00:00Z'),
    })
    expect(await suggested()).toEqual([])
  })

  it('are of this community alone', async () => {
    await note('slack', { id: 'U1', name: 'Ana Silva' })
    const here = communityId
    communityId = (await createCommunity(db, { slug: `other-${communities}`, name: 'Other', time_zone: 'UTC', now }))
      ?.community_id as string
    await note('mail', { id: 'a@example.org', name: 'Ana Silva' })
    expect(await suggested()).toEqual([])
    communityId = here
    expect(await suggested()).toEqual([])
  })
})

describe('what a person said', () => {
  beforeEach(async () => {
    await note('slack', { id: 'U1', name: 'Ana Silva' })
    await note('mail', { id: 'a@example.org', name: 'Ana Silva' })
  })

  it('that they are different is remembered, and can be taken back', async () => {
    expect(await dismiss('slack:U1', 'mail:a@example.org')).toBe(1)
    expect(await suggested()).toEqual([])
    await dismiss('mail:a@example.org', 'slack:U1')
    const { pairs, total } = await listDismissedPairs(db.pool, communityId, 10)
    expect(total).toBe(1)
    expect(pairs[0]?.accounts.map((one) => one.source_actor_id).sort()).toEqual(['U1', 'a@example.org'])
    expect(await takeBackDismissal(db.pool, { communityId, identityKeys: keys('slack:U1', 'mail:a@example.org') })).toBe(1)
    expect(await suggested()).toHaveLength(1)
  })

  it('does not speak of an account that came later', async () => {
    await dismiss('slack:U1', 'mail:a@example.org')
    await note('forum', { id: '7', name: 'Ana Silva' })
    expect(await suggested()).toEqual(['likely: forum:7 + mail:a@example.org', 'likely: forum:7 + slack:U1'])
    // and holds for the whole person it turns out to belong to
    await merge('forum:7', 'slack:U1')
    expect(await suggested()).toEqual([])
  })

  it('that they are one takes them from the list, and separated they are not suggested again', async () => {
    await merge('slack:U1', 'mail:a@example.org')
    expect(await suggested()).toEqual([])
    expect((await listMergedPeople(db.pool, communityId, 10)).people.map((of) => of.map((one) => one.source))).toEqual([['mail', 'slack']])
    await split(now, 'mail:a@example.org')
    expect((await listMergedPeople(db.pool, communityId, 10)).total).toBe(0)
    expect(await suggested()).toEqual([])
    // a later word counts: merged by hand and undone, nothing is held against them
    await merge('slack:U1', 'mail:a@example.org')
    await split(null, 'mail:a@example.org')
    expect(await suggested()).toHaveLength(1)
  })

  it('separates several accounts together, and says how they were people before', async () => {
    await note('forum', { id: '7', name: 'Ana Gomes' }, { id: '8', name: 'Ana Berg' })
    await merge('forum:7', 'forum:8')
    const merged = await merge('slack:U1', 'forum:7')
    expect(merged?.before.map((of) => of.map((one) => one.source_actor_id).sort()).sort()).toEqual([['7', '8'], ['U1']])
    expect((await split(null, 'forum:7', 'forum:8'))?.identities.map((one) => one.source_actor_id)).toEqual(['U1'])
    const { people } = await listMergedPeople(db.pool, communityId, 10)
    expect(people.map((of) => of.map((one) => one.source_actor_id))).toEqual([['7', '8']])
  })

  it('about accounts nobody knows, or of two people, is refused', async () => {
    expect(await dismiss('slack:U1', 'slack:U9')).toBe(null)
    expect(await merge('slack:U1', 'slack:U9')).toBe(null)
    expect(await split(now, 'slack:U1', 'mail:a@example.org')).toBe(null)
    expect(await split(now, 'slack:U9')).toBe(null)
    // alone already
    expect(await split(now, 'slack:U1')).toEqual({ identities: [] })
    expect((await listDismissedPairs(db.pool, communityId, 10)).total).toBe(0)
  })

  it('waits for a refresh that runs only so long as it is told', async () => {
    const client = await db.pool.connect()
    try {
      await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`refresh ${communityId}`])
      const hurried = mergeIdentities(db, { communityId, identityKeys: keys('slack:U1', 'mail:a@example.org'), patience: 20 })
      await expect(hurried).rejects.toThrow(RefreshRunsError)
    } finally {
      await client.query('select pg_advisory_unlock_all()')
      client.release()
    }
    expect(await suggested()).toHaveLength(1)
  })
})
