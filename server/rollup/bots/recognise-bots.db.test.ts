import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { identityKey } from '../../ingest/keys.ts'
import { listBots, ruleOnBot } from '../../store/bots.ts'
import type { Database } from '../../store/connection.ts'
import { mergeIdentities, splitIdentity } from '../../store/merge-identities.ts'
import { obviousPosts } from './obvious-posts.ts'
import { readPosts } from './read-posts.ts'
import { answerToFeed, CHAT_BEGINS_AT, feedEvents, makeChat, peopleEvents, refreshChat, storeEvents } from './given-chat.ts'

let db: Database
let chat: string
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  chat = await makeChat(db, randomUUID())
})

const FEED = identityKey('chat', 'plant-news')
const store = (...events: Parameters<typeof storeEvents>[2][]) => storeEvents(db, chat, events.flat())
const refresh = (isRebuild = false) => refreshChat(db, chat, isRebuild)
const rule = (ruling: boolean | null, identity = FEED) =>
  ruleOnBot(db.pool, { communityId: chat, identityKey: identity, ruling, now: new Date('2026-01-01Z') })
const counts = async () => {
  const { rows } = await db.pool.query<{ people: number; bots: number }>(
    `select coalesce(sum(contribution_count), 0)::int as people, coalesce(sum(bot_count), 0)::int as bots from contribution_day where community_id = $1`,
    [chat],
  )
  return rows[0]
}
const found = async () =>
  (await listBots(db.pool, chat)).map((bot) => ({
    id: bot.source_actor_id,
    is_bot: bot.is_bot,
    is_recognised: bot.is_recognised,
    by: bot.reasons.map((reason) => reason.by),
  }))
const heldBack = async () =>
  (await listBots(db.pool, chat)).flatMap(({ reasons }) => reasons.flatMap((r) => (r.by === 'behaviour' ? r.held_back : [])))

describe('a feed in a chat', () => {
  it('is left out by what it does, in the same refresh, counted again at a manager’s word, and left out when that is taken back', async () => {
    await store(peopleEvents(60), feedEvents(60))
    await refresh()
    expect(await found()).toEqual([{ id: 'plant-news', is_bot: true, is_recognised: true, by: ['behaviour'] }])
    expect(await counts()).toEqual({ people: 120, bots: 60 })

    await rule(false)
    await refresh()
    expect(await counts()).toEqual({ people: 180, bots: 0 })
    await store(feedEvents(3, { from: 60 }))
    await refresh()
    expect(await counts()).toEqual({ people: 183, bots: 0 })

    await rule(null)
    await refresh()
    expect(await counts()).toEqual({ people: 120, bots: 63 })
  })

  it('is found as its posts come in one by one, and no longer once somebody is heard there', async () => {
    await store(peopleEvents(60))
    for (let from = 0; from < 80; from += 20) {
      await store(feedEvents(20, { from }))
      await refresh()
    }
    expect(await counts()).toEqual({ people: 120, bots: 80 })
    await store([answerToFeed(7)])
    await refresh()
    expect(await found()).toEqual([{ id: 'plant-news', is_bot: false, is_recognised: false, by: ['behaviour'] }])
    expect(await counts()).toEqual({ people: 201, bots: 0 })
    await store(Array.from({ length: 12 }, (_, n) => answerToFeed(n + 20)))
    await refresh()
    expect(await found()).toEqual([])
  })

  it('is only suspected where it is nearly all there is, and left out when others come to talk, without a word of its own', async () => {
    await store(feedEvents(60), peopleEvents(4))
    await refresh()
    expect(await found()).toEqual([{ id: 'plant-news', is_bot: false, is_recognised: false, by: ['behaviour'] }])
    expect(await heldBack()).toEqual(['main_author'])
    await store(peopleEvents(40, 4))
    await refresh()
    expect(await found()).toEqual([{ id: 'plant-news', is_bot: true, is_recognised: true, by: ['behaviour'] }])
  })

  it('stays out when all it wrote is taken back', async () => {
    await store(peopleEvents(60), feedEvents(60))
    await refresh()
    await store(
      feedEvents(60).map((event) => ({
        id: `delete ${event.id}`,
        source: 'chat',
        type: 'content.deleted' as const,
        occurred_at: '2025-03-01T00:00:00Z',
        in_reply_to: event.id,
      })),
    )
    await refresh()
    expect((await found())[0]).toMatchObject({ is_bot: true })
    expect(await counts()).toEqual({ people: 120, bots: 60 })
  })

  it('is one account of a person who is counted with the other', async () => {
    await store(peopleEvents(60), feedEvents(60), [answerToFeed(3)])
    await mergeIdentities(db, { communityId: chat, identityKeys: [identityKey('chat', 'p1'), FEED] })
    await refresh()
    // the one reply in its threads is by the same person
    expect(await found()).toEqual([{ id: 'plant-news', is_bot: true, is_recognised: true, by: ['behaviour'] }])
    expect(await counts()).toEqual({ people: 121, bots: 60 })
    expect((await listBots(db.pool, chat))[0]).toMatchObject({ contributions: 60, other_accounts: 1 })
    await splitIdentity(db, { communityId: chat, identityKeys: [FEED], dismissedAt: null })
    await refresh()
    expect(await found()).toEqual([{ id: 'plant-news', is_bot: false, is_recognised: false, by: ['behaviour'] }])
  })
})

describe('a name and a source', () => {
  const once = (id: string, name: string | null, others: object = {}, day = 1) => ({
    id: `${id} ${day}`,
    source: 'chat',
    type: 'post.published' as const,
    occurred_at: new Date(CHAT_BEGINS_AT + day * 86_400_000).toISOString(),
    actor: { id, name, ...others },
  })

  it('speak as the account is called last, in whatever order that is heard', async () => {
    await store([once('x', 'zoe[bot]', {}, 1)])
    await refresh()
    expect(await counts()).toEqual({ people: 0, bots: 1 })
    await store([once('x', 'Zoe', {}, 2)])
    await refresh()
    expect(await counts()).toEqual({ people: 2, bots: 0 })
    await store([once('x', 'zoe[bot]', {}, 0)])
    await refresh()
    expect(await counts()).toEqual({ people: 3, bots: 0 })
  })

  it('are heard of somebody who is only spoken of, or only joins', async () => {
    await store([
      { ...once('ana', 'Ana'), target_actor: { id: 'deploy[bot]' } },
      { ...once('mee6', 'MEE6'), type: 'member.joined' },
    ])
    await refresh()
    expect(
      (await found())
        .filter((bot) => bot.is_bot)
        .map((bot) => bot.id)
        .sort(),
    ).toEqual(['deploy[bot]', 'mee6'])
    const { rows } = await db.pool.query('select from membership_spell where community_id = $1', [chat])
    expect(rows).toEqual([])
  })

  it('do not outweigh a manager, even when the source says so later', async () => {
    await store([
      once('x', null),
      { ...once('x', null), id: 'joined', type: 'member.joined' },
      { ...once('x', null, {}, 9), type: 'reaction.added', in_reply_to: 'y' },
    ])
    await rule(false, identityKey('chat', 'x'))
    await store([once('x', null, { is_bot: true }, 2)])
    await refresh()
    expect(await counts()).toEqual({ people: 2, bots: 0 })
    expect(await found()).toEqual([{ id: 'x', is_bot: false, is_recognised: true, by: ['source'] }])

    await rule(null, identityKey('chat', 'x'))
    await refresh()
    expect(await counts()).toEqual({ people: 0, bots: 2 })

    // also what is in no rollup of a bot comes back: that it joined, that it liked something
    await rule(false, identityKey('chat', 'x'))
    await refresh()
    expect(await counts()).toEqual({ people: 2, bots: 0 })
    const { rows } = await db.pool.query('select from membership_spell where community_id = $1', [chat])
    expect(rows).toHaveLength(1)
    const days = await db.pool.query('select day_on from activity_day where community_id = $1', [chat])
    expect(days.rows).toHaveLength(3)
  })

  it('may hold anything', async () => {
    await store([
      once('\u202egro.elpmaxe\u202c', '\u202e\u200b'),
      once('<b>bot</b>', '<script>alert(1)</script>'),
      once('a\tb', 'line\nbreak [bot]'),
    ])
    await refresh()
    expect((await found()).map((bot) => [bot.id, bot.is_bot]).sort()).toEqual([
      ['<b>bot</b>', false],
      ['a\tb', true],
    ])
  })

  it('leave those alone whom a manager named without a reason, until it is taken back', async () => {
    await store([once('x', 'Ana')])
    await rule(true, identityKey('chat', 'x'))
    await refresh()
    expect(await counts()).toEqual({ people: 0, bots: 1 })
    await refresh(true)
    expect(await found()).toEqual([{ id: 'x', is_bot: true, is_recognised: false, by: [] }])
    expect(await rule(null, identityKey('chat', 'x'))).toMatchObject({ is_bot: false, reasons: [] })
    await refresh()
    expect(await counts()).toEqual({ people: 1, bots: 0 })
    expect(await found()).toEqual([])
    expect(await rule(true, identityKey('chat', 'nobody'))).toBeNull()
  })
})

describe('what an account wrote', () => {
  it('is read as a slow count finds it, by account, and of the latest only', async () => {
    const events = [
      ...peopleEvents(90),
      ...feedEvents(230),
      ...feedEvents(30, { id: 'ports' }),
      ...[1, 5, 9].map((n) => answerToFeed(n, 'ports')),
      ...[4, 225].map((n) => answerToFeed(n)),
      ...peopleEvents(40, 100).map((event) => ({
        ...event,
        type: 'announcement.published' as const,
        actor: { id: 'editor' },
        thread_id: null,
        in_reply_to: null,
      })),
    ]
    await store(events)
    await mergeIdentities(db, { communityId: chat, identityKeys: [identityKey('chat', 'p9'), identityKey('chat', 'ports')] })
    await refresh()
    const client = await db.pool.connect()
    try {
      const { rows } = await client.query<{ person_id: string }>('select person_id from identity where community_id = $1', [chat])
      const read = new Map<string, object>()
      const people = rows.map((row) => row.person_id)
      for await (const { identity_key, posts } of readPosts(client, { communityId: chat, timeZone: 'UTC', people }))
        read.set(identity_key, { ...posts, times: posts.times.toSorted((a, b) => b - a), word_deviation: posts.word_deviation.toFixed(6) })
      const expected = [...obviousPosts(events)].map(
        ([id, posts]) => [identityKey('chat', id), { ...posts, word_deviation: posts.word_deviation.toFixed(6) }] as const,
      )
      expect(expected.length).toBeGreaterThan(2)
      expect(read).toEqual(new Map(expected))
    } finally {
      client.release()
    }
  })
})

describe('what is found', () => {
  const TABLES = [
    'bot_account',
    'known_bot',
    'identity',
    'contribution',
    'contribution_day',
    'person_day',
    'activity_day',
    'membership_spell',
  ]
  const everything = async () => {
    const read = async (table: string) => {
      const { rows } = await db.pool.query(`select * from ${table} where community_id = $1`, [chat])
      return [table, rows.map((row) => JSON.stringify(row)).sort()] as const
    }
    return Object.fromEntries(await Promise.all(TABLES.map(read)))
  }
  const FEEDS = ['plant-news', 'port-news', 'ana[bot]']
  const happening = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        what: fc.constant('feed' as const),
        feed: fc.constantFrom(...FEEDS),
        count: fc.integer({ min: 10, max: 50 }),
      }),
    },
    { weight: 4, arbitrary: fc.record({ what: fc.constant('people' as const), count: fc.integer({ min: 5, max: 60 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({ what: fc.constant('answer' as const), feed: fc.constantFrom(...FEEDS), n: fc.integer({ min: 0, max: 60 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant('merge' as const),
        feed: fc.constantFrom(...FEEDS),
        with: fc.constantFrom('p1', 'p2', 'port-news'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('split' as const), feed: fc.constantFrom(...FEEDS) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant('ruling' as const),
        feed: fc.constantFrom(...FEEDS),
        ruling: fc.constantFrom(true, false, null),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant('name' as const),
        feed: fc.constantFrom(...FEEDS),
        name: fc.constantFrom('Feed bot', 'x[bot]', 'Ana'),
      }),
    },
    { weight: 3, arbitrary: fc.constant({ what: 'refresh' as const }) },
  )

  it('is the same after a rebuild, whatever came between', { timeout: 200_000 }, async () => {
    let recognised = 0
    let suspected = 0
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 6, maxLength: 16, size: 'max' }), async (happenings) => {
        chat = await makeChat(db, randomUUID())
        const fed = new Map<string, number>()
        let threads = 0
        for (const one of happenings) {
          if (one.what === 'feed') {
            const from = fed.get(one.feed) ?? 0
            fed.set(one.feed, from + one.count)
            await store(feedEvents(one.count, { id: one.feed, from, name: null }))
          } else if (one.what === 'people') {
            await store(peopleEvents(one.count, threads))
            threads += one.count
          } else if (one.what === 'answer') await store([answerToFeed(one.n, one.feed)])
          else if (one.what === 'merge')
            await mergeIdentities(db, { communityId: chat, identityKeys: [identityKey('chat', one.feed), identityKey('chat', one.with)] })
          else if (one.what === 'split')
            await splitIdentity(db, { communityId: chat, identityKeys: [identityKey('chat', one.feed)], dismissedAt: null })
          else if (one.what === 'ruling') await rule(one.ruling, identityKey('chat', one.feed))
          else if (one.what === 'name') await store(feedEvents(1, { id: one.feed, from: 200, name: one.name }))
          else await refresh()
        }
        await refresh()
        const refreshed = await everything()
        for (const bot of await listBots(db.pool, chat)) {
          if (bot.reasons.some((reason) => reason.by === 'behaviour' && reason.is_sure)) recognised++
          else if (bot.reasons.some((reason) => reason.by === 'behaviour')) suspected++
        }
        await refresh(true)
        expect(refreshed).toEqual(await everything())
      }),
      { seed: Number(process.env.SEED ?? 8), numRuns: Number(process.env.RUNS ?? 8), endOnFailure: true },
    )
    // it was about something
    expect(recognised).toBeGreaterThan(0)
    expect(suspected).toBeGreaterThan(0)
  })
})
