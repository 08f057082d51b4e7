import { describe, expect, it } from 'vitest'
import { givenFiles } from '../given-files.ts'
import { readGiven } from '../read-given.ts'
import type { ReadOptions } from '../source.ts'
import { createReactions } from './hold-reactions.ts'
import { zulip } from './zulip.ts'

/** Seconds of 2 May 2024, 9 o'clock. */
const NINE = Date.UTC(2024, 4, 2, 9) / 1000
const user = (id: number, full_name: string, more: object = {}) => ({
  id,
  full_name,
  email: `user${id}@team.zulipchat.com`,
  delivery_email: `${full_name}@example.org`,
  is_bot: false,
  is_active: true,
  is_mirror_dummy: false,
  date_joined: NINE - 1000 + id,
  ...more,
})
const realmOf = (more: object = {}) => ({
  zerver_realm: [{ id: 1, name: 'Pumps' }],
  zerver_userprofile: [user(11, 'ana'), user(12, 'bo'), user(13, 'feed', { is_bot: true })],
  zerver_userprofile_crossrealm: [{ id: 3, email: 'notification-bot@zulip.com', realm_id: 9 }],
  zerver_userprofile_mirrordummy: [],
  zerver_stream: [{ id: 5, name: 'help', invite_only: false }],
  zerver_recipient: [
    { id: 100, type_id: 5, type: 2 },
    { id: 101, type_id: 11, type: 1 },
    { id: 102, type_id: 1, type: 3 },
  ],
  zerver_realmauditlog: [],
  zerver_subscription: [{ id: 1, recipient: 100 }],
  zerver_reaction: [],
  import_source: 'zulip',
  ...more,
})
const message = (id: number, sender: number, subject: string, content: string, more: object = {}) => ({
  id,
  sender,
  recipient: 100,
  subject,
  content,
  rendered_content: `<p>${content}</p>`,
  date_sent: NINE + id + 0.5,
  ...more,
})
const messagesOf = (...messages: object[]) => ({ zerver_message: messages, zerver_usermessage: [{ id: 1, message: 1 }] })

const read = (contents: Record<string, unknown>, options: Partial<ReadOptions> = {}) => readGiven(zulip, contents, options)
const readExport = (messages: object[], realm: object = {}, options: Partial<ReadOptions> = {}) =>
  read({ 'x/realm.json': realmOf(realm), 'x/messages-000001.json': messagesOf(...messages) }, options)
const talkOf = <Event extends { type: string }>(events: readonly Event[]) => events.filter(({ type }) => !type.startsWith('member.'))

describe('topics of Zulip', () => {
  it('are threads: the first message opens, the others are replies, across files and when resolved', async () => {
    const { events, flat, isRecognised } = await read(
      {
        'x/messages-000002.json': messagesOf(message(4, 11, '✔ it leaks', 'Thank you')),
        'x/realm.json': realmOf(),
        'x/messages-000001.json': messagesOf(
          message(1, 11, 'It leaks', 'Any idea?'),
          message(2, 12, 'Other', 'Hm'),
          message(3, 12, 'It leaks', 'Yes'),
        ),
      },
      { site: 'https://team.zulipchat.com/' },
    )
    expect(isRecognised).toBe(true)
    expect(talkOf(events)).toEqual([
      {
        id: '1',
        source: 'zulip',
        type: 'message.posted',
        occurred_at: '2024-05-02T09:00:01.500000Z',
        actor: { id: '11' },
        channel: 'help',
        title: 'It leaks',
        url: 'https://team.zulipchat.com/#narrow/near/1',
        text: 'Any idea?',
      },
      expect.objectContaining({ id: '2', type: 'message.posted', title: 'Other' }),
      expect.objectContaining({ id: '3', type: 'reply.posted', thread_id: '1' }),
      expect.objectContaining({ id: '4', type: 'reply.posted', thread_id: '1' }),
    ])
    expect(flat).toEqual([])
  })

  it('are none where a message has none: a flat chat', async () => {
    const { flat, events } = await readExport([message(1, 11, '', 'a'), message(2, 12, '(no topic)', 'b'), message(3, 12, 'c', 'c')])
    expect(flat).toEqual(['1', '2'])
    expect(talkOf(events).map(({ type }) => type)).toEqual(['message.posted', 'message.posted', 'message.posted'])
  })

  it('have messages that name the one they answer by quoting it, whose words are not theirs', async () => {
    const quote =
      '@_**ana|11** [said](https://team.zulipchat.com/#narrow/stream/5-help/topic/x/near/1):\n```quote\nAny idea?\n```\nYes @**bo|12**, @**old**'
    const { events } = await readExport([message(1, 11, 'x', 'Any idea?'), message(2, 12, 'x', quote)])
    expect(talkOf(events)[1]).toMatchObject({ in_reply_to: '1', thread_id: '1', text: 'Yes <@12>, @old' })
  })

  it('lie in channels, which keep the names they had', async () => {
    const { events } = await readExport([message(1, 11, 'x', 'a'), message(9, 11, 'x', 'b')], {
      zerver_realmauditlog: [{ id: 1, event_type: 603, event_time: NINE + 5, modified_stream: 5, extra_data: { 1: 'support', 2: 'help' } }],
    })
    expect(talkOf(events).map(({ channel }) => channel)).toEqual(['support', 'help'])
  })

  it('are not those of private messages, which are counted', async () => {
    const { events, skipped } = await readExport(
      [message(1, 11, '', 'psst', { recipient: 101 }), message(2, 11, '', 'psst', { recipient: 102 })],
      {
        zerver_reaction: [{ id: 1, message: 1, user_profile: 12, emoji_name: 'heart' }],
      },
    )
    expect(talkOf(events)).toEqual([])
    expect(skipped).toEqual({ 'private message': 2 })
  })
})

describe('people of Zulip', () => {
  it('have accounts with true names, addresses and bot flags; those of the system are bots', async () => {
    const { accounts } = await readExport([])
    expect(accounts).toEqual([
      { id: '11', is_bot: false, name: 'ana', email: 'ana@example.org' },
      { id: '12', is_bot: false, name: 'bo', email: 'bo@example.org' },
      { id: '13', is_bot: true, name: 'feed', email: 'feed@example.org' },
      { id: '3', is_bot: true, email: 'notification-bot@zulip.com' },
    ])
  })

  it('join and leave when the log says so; without it, the account says when it was made', async () => {
    const log = (id: number, event_type: number, modified_user: number, second: number, more: object = {}) => ({
      id,
      event_type,
      modified_user,
      event_time: NINE + second,
      ...more,
    })
    const { events, tells } = await readExport([], {
      zerver_userprofile: [user(11, 'ana', { is_active: false }), user(12, 'bo'), user(13, 'feed', { is_bot: true }), user(14, 'cy')],
      zerver_realmauditlog: [
        log(1, 101, 11, 10),
        log(2, 103, 11, 20),
        log(3, 104, 11, 30),
        log(4, 103, 11, 40),
        log(5, 101, 13, 50),
        log(6, 101, 14, 60, { backfilled: true }),
        log(7, 301, 12, 70),
      ],
    })
    expect(events.map(({ id, type, actor, occurred_at }) => [id, type, actor?.id, occurred_at.slice(11, 19)])).toEqual([
      ['audit:1', 'member.joined', '11', '09:00:10'],
      ['audit:2', 'member.left', '11', '09:00:20'],
      ['audit:3', 'member.joined', '11', '09:00:30'],
      ['audit:4', 'member.left', '11', '09:00:40'],
      ['audit:6', 'member.joined', '14', '08:43:34'],
      ['join:12', 'member.joined', '12', '08:43:32'],
    ])
    expect(tells).toContain('leaves')
  })

  it('who are gone without a word of the log make leaving unknown', async () => {
    const { tells } = await readExport([], { zerver_userprofile: [user(11, 'ana', { is_active: false })] })
    expect(tells).toEqual(['joins', 'contributions', 'questions', 'reactions'])
  })

  it('react, and senders missing from the list are known by their id', async () => {
    const { events } = await readExport([message(7, 99, 'x', 'done'), message(8, 11, 'x', 'more')], {
      zerver_reaction: [
        { id: 1, message: 8, user_profile: 12, emoji_name: 'tada' },
        { id: 2, message: 7, user_profile: 12, emoji_name: '+1' },
        { id: 3, message: 7, user_profile: 11, emoji_name: 'tada' },
        { id: 4, message: 7, user_profile: 11, emoji_name: 'tada' },
      ],
    })
    expect(talkOf(events).map(({ id }) => id)).toEqual(['7', '7/reaction/+1/12', '7/reaction/tada/11', '8', '8/reaction/tada/12'])
    expect(talkOf(events)[0]?.actor).toEqual({ id: '99' })
    expect(talkOf(events)[1]).toEqual({
      id: '7/reaction/+1/12',
      source: 'zulip',
      type: 'reaction.added',
      occurred_at: '2024-05-02T09:00:07.500000Z',
      channel: 'help',
      actor: { id: '12' },
      in_reply_to: '7',
      properties: { reaction: '+1' },
    })
  })

  it('react a thousand times over, and beyond the bound no more', () => {
    const reactions = createReactions(3000)
    const taken = Array.from({ length: 4000 }, (_, index) => reactions.add(4000 - index, index, `emoji${index % 7}`))
    expect(taken.filter(Boolean)).toHaveLength(3000)
    expect(reactions.to(4000)).toEqual([{ userId: '0', emoji: 'emoji0' }])
    expect(reactions.to(1001)).toEqual([{ userId: '2999', emoji: 'emoji3' }])
    expect(reactions.to(1000)).toEqual([])
    expect(reactions.add('8', 1, 'x')).toBe(false)
  })
})

describe('an archive of Zulip', () => {
  const INDEX = { streams: { help: { id: 5, latest_id: 9, topic_data: {} } }, time: 1 }
  const slim = (id: number, sender_full_name: string, content: string) => ({ content, id, sender_full_name, timestamp: NINE + id })

  it('has a file a topic, resolved or not, and people by their names', async () => {
    const { events, accounts, tells, isRecognised } = await read({
      'json/stream_index.json': INDEX,
      'json/5-help/.E2.9C.94.20It.20leaks.json': [slim(3, 'Ana', '<p>Thank you</p>')],
      'json/5-help/It.20leaks.json': [slim(1, 'Ana', '<p>Does it leak?</p><pre><code>no?</code></pre>'), slim(2, 'Bo', '<p>Yes</p>')],
    })
    expect(isRecognised).toBe(true)
    expect(events).toEqual([
      {
        id: '1',
        source: 'zulip',
        type: 'message.posted',
        occurred_at: '2024-05-02T09:00:01.000000Z',
        actor: { id: 'name:Ana' },
        channel: 'help',
        title: 'It leaks',
        text: 'Does it leak?',
      },
      expect.objectContaining({ id: '2', type: 'reply.posted', thread_id: '1', actor: { id: 'name:Bo' } }),
      expect.objectContaining({ id: '3', type: 'reply.posted', thread_id: '1' }),
    ])
    expect(accounts).toEqual([
      { id: 'name:Ana', name: 'Ana' },
      { id: 'name:Bo', name: 'Bo' },
    ])
    expect(tells).toEqual(['contributions', 'questions'])
  })

  it('has whole messages, as the API gives them, with ids, reactions and quotations', async () => {
    const whole = (id: number, content: string, more: object = {}) => ({
      ...slim(id, 'Ana', content),
      sender_id: 11,
      sender_email: 'ana@example.org',
      type: 'stream',
      stream_id: 5,
      display_recipient: 'help',
      subject: 'It leaks',
      ...more,
    })
    const quote =
      '<p><span class="user-mention silent" data-user-id="11">ana</span> <a href="https://x.zulipchat.com/#narrow/stream/5-help/topic/x/near/1">said</a>:</p>\n' +
      '<blockquote><p>why?</p><blockquote><p>deep</p></blockquote></blockquote>\n<p>So <span class="user-mention" data-user-id="12">@bo</span></p>'
    const { events, skipped, accounts, tells } = await read({
      'messages.json': {
        result: 'success',
        messages: [
          whole(1, '<p>why?</p>', { reactions: [{ emoji_name: 'tada', user_id: 12 }] }),
          whole(2, quote),
          whole(3, '<p>psst</p>', { type: 'private', display_recipient: [] }),
        ],
      },
    })
    expect(events).toMatchObject([
      { id: '1', type: 'message.posted' },
      { id: '1/reaction/tada/12', type: 'reaction.added' },
      { id: '2', type: 'reply.posted', in_reply_to: '1', thread_id: '1', text: 'So <@12>' },
    ])
    expect(skipped).toEqual({ 'private message': 1 })
    expect(accounts).toEqual([{ id: '11', name: 'Ana', email: 'ana@example.org' }])
    expect(tells).toContain('reactions')
  })
})

describe('bad input', () => {
  it('of one file is a problem with its name, and the others are read', async () => {
    const whole = JSON.stringify(messagesOf(message(1, 11, 'x', 'kept'), message(2, 11, 'x', 'lost')))
    const { events, problems, failure } = await read({
      'realm.json': realmOf(),
      'messages-000001.json': whole.slice(0, whole.indexOf('lost')),
      'messages-000002.json': messagesOf(message(3, 11, 'x', 'good')),
    })
    expect(failure).toBeNull()
    expect(talkOf(events)).toMatchObject([{ text: 'kept' }, { text: 'good' }])
    expect(problems).toMatchObject([
      { file: 'messages-000001.json', position: 2, message: expect.stringContaining('ends in the middle, after 1 entry') },
    ])
  })

  it('in one row is a problem at its place', async () => {
    const { events, problems } = await readExport(
      [message(1, 11, 'x', 'a', { date_sent: 12.5 }), message(2, 11, 'x', 'good'), { recipient: 100, date_sent: NINE }],
      {
        zerver_realmauditlog: [{ id: 1, event_type: 103, event_time: 0, modified_user: 11 }],
      },
    )
    expect(talkOf(events)).toHaveLength(1)
    expect(problems.map(({ file, position, pointer }) => [file, position, pointer])).toEqual([
      ['x/realm.json/zerver_realmauditlog', 1, '/event_time'],
      ['x/messages-000001.json', 1, '/date_sent'],
      ['x/messages-000001.json', 3, '/id'],
    ])
  })

  it('without realm.json, or with half of it, is refused with what to do', async () => {
    const messages = { 'messages-000001.json': messagesOf(message(1, 11, 'x', 'a')) }
    expect((await read(messages)).failure).toContain('There is no realm.json beside the messages')
    expect((await read({ ...messages, 'realm.json': JSON.stringify(realmOf()).slice(0, 500) })).failure).toContain(
      'realm.json ends in the middle',
    )
  })

  it('is read in time where it is made to be slow', async () => {
    const slow = ['['.repeat(100_000), '@**'.repeat(50_000), '@_**a** [said]('.repeat(10_000), '```\n'.repeat(30_000), '<p>'.repeat(40_000)]
    const started = performance.now()
    await readExport(slow.map((content, index) => message(index + 1, 11, 'x', content)))
    await read({ 'a.json': slow.map((content, index) => ({ content, id: index + 1, sender_full_name: 'Ana', timestamp: NINE })) })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('is not taken for an export of Zulip', async () => {
    const others: Record<string, string>[] = [
      { 'realm.json': '{"a":1}' },
      { 'a.json': '[{"id":1,"content":"x"}]' },
      { 'a.csv': 'sender_full_name,timestamp' },
    ]
    for (const other of others) expect(await zulip.recognise(givenFiles(other))).toBe(false)
  })
})
