import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { discord } from '../server/ingest/sources/discord/discord.ts'
import { givenFiles } from '../server/ingest/sources/given-files.ts'
import { slack } from '../server/ingest/sources/slack/slack.ts'
import type { EventSource, ReadOptions } from '../server/ingest/sources/source.ts'
import { zulip } from '../server/ingest/sources/zulip/zulip.ts'
import { refreshRollups } from '../server/rollup/refresh-rollups.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { inTransaction } from '../server/store/in-transaction.ts'
import { runImport } from '../server/store/run-import.ts'
import { createTestDatabase } from './test-database.ts'

const NOW = new Date('2026-01-01T00:00:00Z')
const OPTIONS: ReadOptions = { source: 'chat', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }
const NINE = Date.UTC(2024, 4, 2, 9) / 1000

let db: Database
let made = 0
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const newCommunity = async (): Promise<string> => {
  const community = await createCommunity(db, { slug: `chat-${++made}`, name: 'Chat', time_zone: 'UTC', now: NOW })
  return community?.community_id as string
}
const take = async (communityId: string, format: EventSource, contents: Record<string, unknown>) => {
  const texts = Object.fromEntries(Object.entries(contents).map(([path, content]) => [path, JSON.stringify(content)]))
  const { counts, failure, rejections } = await runImport(db, {
    communityId,
    source: 'chat',
    fileName: 'export',
    items: format.read(givenFiles(texts), OPTIONS),
    tells: () => format.tells,
    observedUntil: null,
    isDryRun: false,
    now: () => NOW,
  })
  const { accepted, duplicate, conflict, rejected } = counts
  return { accepted, duplicate, conflict, rejected, failure, rejections }
}
const whole = { conflict: 0, rejected: 0, failure: null, rejections: [] }

/** Each contribution: its id, its kind, and the question it answers. */
const contributionsOf = async (communityId: string) => {
  await inTransaction(db.pool, (client) => refreshRollups(client, { communityId, timeZone: 'UTC', marks: null }))
  const { rows } = await db.pool.query<{ id: string; kind: string; answers: string | null }>(
    `select e.source_event_id as id, c.kind, q.source_event_id as answers
     from contribution c
     join event e on e.community_id = $1 and e.event_key = c.event_key
     left join event q on q.community_id = $1 and q.event_key = c.question_key
     where c.community_id = $1 order by e.occurred_at, e.source_event_id`,
    [communityId],
  )
  return rows.map(({ id, kind, answers }) => [id, kind, answers])
}

const ts = (second: number) => `${NINE + second}.000100`
const say = (user: string, second: number, text: string, more: object = {}) => ({ type: 'message', user, text, ts: ts(second), ...more })
const slackOf = (name: string, users: object[], days: Record<string, object[]>) => ({
  'channels.json': [{ id: 'C1', name }],
  'users.json': users,
  ...Object.fromEntries(Object.entries(days).map(([day, messages]) => [`${name}/${day}.json`, messages])),
})

describe('a newer export of the same Slack', () => {
  const joined = say('U2', 0, 'has joined', { subtype: 'channel_join' })
  const asked = say('U1', 1, 'How do I stop the pump?')
  const old = slackOf('help', [{ id: 'U1', name: 'ana' }], {
    '2024-05-02': [joined, asked, say('U2', 2, 'Hold it down', { thread_ts: ts(1) })],
  })
  const newer = slackOf('pumps', [{ id: 'U1', name: 'Queen Ana' }], {
    '2024-05-02': [
      joined,
      { ...asked, thread_ts: ts(1), reply_count: 2, reactions: [{ name: 'eyes', users: ['U3'], count: 1 }] },
      say('U2', 2, 'Hold it down', { thread_ts: ts(1) }),
    ],
    '2024-05-09': [
      say('U1', 600_000, 'Thank you', { thread_ts: ts(1) }),
      say('U1', 600_001, 'renamed', { subtype: 'channel_name', old_name: 'help', name: 'pumps' }),
      say('U3', 600_002, 'How do I start it?'),
    ],
  })

  it('adds only what is new, though the channel and a person have new names', async () => {
    const communityId = await newCommunity()
    expect(await take(communityId, slack, old)).toEqual({ ...whole, accepted: 3, duplicate: 0 })
    expect(await take(communityId, slack, newer)).toEqual({ ...whole, accepted: 3, duplicate: 3 })
    expect(await take(communityId, slack, newer)).toEqual({ ...whole, accepted: 0, duplicate: 6 })
    expect(await contributionsOf(communityId)).toEqual([
      [`C1/${ts(1)}`, 'question', null],
      [`C1/${ts(2)}`, 'reply', `C1/${ts(1)}`],
      [`C1/${ts(600_000)}`, 'reply', null],
      [`C1/${ts(600_002)}`, 'question', null],
    ])
  })

  it('that begins later makes nobody join again, and one that begins earlier lets them join earlier', async () => {
    const communityId = await newCommunity()
    const joinAt = (second: number) => slackOf('help', [], { '2024-05-02': [say('U2', second, 'has joined', { subtype: 'channel_join' })] })
    for (const second of [500, 900, 100]) expect(await take(communityId, slack, joinAt(second))).toMatchObject({ ...whole, accepted: 1 })
    await inTransaction(db.pool, (client) => refreshRollups(client, { communityId, timeZone: 'UTC', marks: null }))
    const { rows } = await db.pool.query('select joined_at, left_at from membership_spell where community_id = $1', [communityId])
    expect(rows).toEqual([{ joined_at: new Date((NINE + 100) * 1000), left_at: null }])
  })

  it('with the same message in other words keeps the first, and says so', async () => {
    const communityId = await newCommunity()
    await take(communityId, slack, slackOf('help', [], { '2024-05-02': [say('U1', 1, 'one'), say('U1', 2, 'two')] }))
    const again = await take(communityId, slack, slackOf('help', [], { '2024-05-02': [say('U1', 1, 'ONE'), say('U1', 2, 'two')] }))
    expect(again).toMatchObject({ accepted: 0, duplicate: 1, conflict: 1, failure: null })
    expect(again.rejections).toMatchObject([{ file: 'help/2024-05-02.json', position: 1, code: 'conflict' }])
  })
})

it('a newer export of the same Discord adds only what is new, and its answers answer', async () => {
  const communityId = await newCommunity()
  const author = (id: string, nickname: string) => ({ id, name: `n${id}`, nickname, isBot: false })
  const message = (id: string, by: object, content: string, more: object = {}) => ({
    id,
    type: 'Default',
    timestamp: `2024-05-02T11:00:${id.slice(-2)}+02:00`,
    content,
    author: by,
    ...more,
  })
  const file = (type: string, id: string, messages: object[]) => ({
    guild: { id: '900', name: 'Pumps' },
    channel: { id, type, categoryId: '100', category: 'help', name: type === 'GuildTextChat' ? 'help' : 'It leaks' },
    dateRange: { after: null, before: null },
    exportedAt: '2024-06-01T00:00:00+02:00',
    messages,
    messageCount: messages.length,
  })
  const asOf = (nickname: string, offset: string, more: object[] = []) => {
    const ana = author('1', nickname)
    const moved = (one: object) =>
      offset === '' ? one : { ...one, timestamp: `2024-05-02T09:00:${(one as { id: string }).id.slice(-2)}Z` }
    return {
      'help.json': file(
        'GuildTextChat',
        '100',
        [
          message('1001', ana, 'How do I stop the pump?'),
          message('1002', author('2', 'Bo'), `@${nickname} hold it down`, {
            type: 'Reply',
            reference: { messageId: '1001' },
            mentions: [ana],
          }),
          ...more,
        ].map(moved),
      ),
      'thread.json': file(
        'GuildPublicThread',
        '2000',
        [message('2000', ana, 'It leaks?'), message('2005', author('2', 'Bo'), 'It does')].map(moved),
      ),
    }
  }
  expect(await take(communityId, discord, asOf('Ana', ''))).toEqual({ ...whole, accepted: 4, duplicate: 0 })
  expect(await take(communityId, discord, asOf('Queen', 'Z', [message('1009', author('3', 'Cy'), 'Good')]))).toEqual({
    ...whole,
    accepted: 1,
    duplicate: 4,
  })
  expect((await contributionsOf(communityId)).slice(0, 4)).toEqual([
    ['2000', 'question', null],
    ['1001', 'question', null],
    ['1002', 'reply', '1001'],
    ['2005', 'reply', '2000'],
  ])
})

it('a newer export of the same Zulip adds only what is new, though topics were resolved and renamed', async () => {
  const communityId = await newCommunity()
  const exportOf = (topic: string, stream: string, more: object[] = [], log: object[] = []) => ({
    'realm.json': {
      zerver_userprofile: [
        { id: 11, full_name: topic, is_active: true, date_joined: NINE - 50 },
        { id: 12, full_name: 'bo', is_active: true, date_joined: NINE - 40 },
      ],
      zerver_stream: [{ id: 5, name: stream }],
      zerver_recipient: [{ id: 100, type: 2, type_id: 5 }],
      zerver_realmauditlog: log,
      zerver_reaction: more.length === 0 ? [] : [{ id: 1, message: 2, user_profile: 11, emoji_name: 'tada' }],
    },
    'messages-000001.json': {
      zerver_message: [
        { id: 1, sender: 11, recipient: 100, subject: topic, content: 'How do I stop it?', date_sent: NINE + 1 },
        { id: 2, sender: 12, recipient: 100, subject: topic, content: 'Hold it down', date_sent: NINE + 2 },
        ...more,
      ],
    },
  })
  expect(await take(communityId, zulip, exportOf('pump', 'help'))).toEqual({ ...whole, accepted: 4, duplicate: 0 })
  const later = exportOf(
    '✔ pump',
    'support',
    [{ id: 3, sender: 11, recipient: 100, subject: '✔ pump', content: 'Thank you', date_sent: NINE + 900 }],
    [{ id: 1, event_type: 603, event_time: NINE + 500, modified_stream: 5, extra_data: { 1: 'help', 2: 'support' } }],
  )
  expect(await take(communityId, zulip, later)).toEqual({ ...whole, accepted: 2, duplicate: 4 })
  expect(await contributionsOf(communityId)).toEqual([
    ['1', 'question', null],
    ['2', 'reply', '1'],
    ['3', 'reply', null],
  ])
})
