import { describe, expect, it } from 'vitest'
import { normaliseEvent } from '../../normalise-event.ts'
import { givenFiles } from '../given-files.ts'
import { readGiven } from '../read-given.ts'
import type { ReadOptions } from '../source.ts'
import { discord } from './discord.ts'

const ANA = { id: '201', name: 'ana', discriminator: '0000', nickname: 'Ana Maria', isBot: false }
const BO = { id: '202', name: 'bo', discriminator: '0000', nickname: 'Ana', isBot: false }
const HELPER = { id: '203', name: 'helper', discriminator: '1234', nickname: null, isBot: true }

const message = (id: string, author: object | null, content: string, more: object = {}) => ({
  id,
  type: 'Default',
  timestamp: '2024-05-02T11:00:01.25+02:00',
  timestampEdited: null,
  callEndedTimestamp: null,
  isPinned: false,
  content,
  author,
  attachments: [],
  embeds: [],
  stickers: [],
  reactions: [],
  mentions: [],
  inlineEmojis: [],
  ...more,
})
/** A file as the exporter writes it. */
const fileOf = (channel: object, messages: object[], more: object = {}) => ({
  guild: { id: '900', name: 'Pumps', iconUrl: 'https://cdn.example/x.png' },
  channel: { id: '100', type: 'GuildTextChat', categoryId: '50', category: 'Text', name: 'help', topic: null, ...channel },
  dateRange: { after: null, before: null },
  exportedAt: '2024-06-01T00:00:00+02:00',
  messages,
  messageCount: messages.length,
  ...more,
})
const THREAD = { id: '1001', type: 'GuildPublicThread', categoryId: '100', category: 'help', name: 'It leaks' }

const read = (contents: Record<string, unknown>, options: Partial<ReadOptions> = {}) => readGiven(discord, contents, options)
const typesOf = (events: readonly { id: string; type: string }[]) => events.map(({ id, type }) => [id, type])

describe('a channel of Discord', () => {
  it('is a flat chat in which answers name their message', async () => {
    const { events, flat, accounts, isRecognised, tells } = await read({
      'help.json': fileOf({}, [
        message('1001', ANA, 'Does it leak?'),
        message('1002', BO, 'It does', { type: 'Reply', reference: { messageId: '1001', channelId: '100', guildId: '900' } }),
        message('1003', HELPER, 'pong', { type: '20' }),
      ]),
    })
    expect(isRecognised).toBe(true)
    expect(events).toEqual([
      {
        id: '1001',
        source: 'discord',
        type: 'message.posted',
        occurred_at: '2024-05-02T09:00:01.250000Z',
        actor: { id: '201' },
        channel: 'help',
        url: 'https://discord.com/channels/900/100/1001',
        text: 'Does it leak?',
      },
      expect.objectContaining({ id: '1002', type: 'reply.posted', in_reply_to: '1001', actor: { id: '202' } }),
      expect.objectContaining({ id: '1003', type: 'message.posted', actor: { id: '203' } }),
    ])
    expect(events[1]).not.toHaveProperty('thread_id')
    expect(flat).toEqual(['1001', '1002', '1003'])
    expect(accounts).toEqual([
      { id: '201', is_bot: false, name: 'Ana Maria' },
      { id: '202', is_bot: false, name: 'Ana' },
      { id: '203', is_bot: true, name: 'helper' },
    ])
    expect(tells).toEqual(['contributions', 'questions'])
  })

  it('has answers to other channels, messages passed on and pins that answer nothing', async () => {
    const { events, skipped } = await read({
      'help.json': fileOf({}, [
        message('1', ANA, 'There', { type: 'Reply', reference: { messageId: '77', channelId: '999', guildId: '900' } }),
        message('2', ANA, '', {
          reference: { type: 'Forward', messageId: '78', channelId: '999' },
          forwardedMessage: { content: 'what they said', attachments: [] },
        }),
        message('3', ANA, 'Pinned a message.', { type: 'ChannelPinnedMessage', reference: { messageId: '1' } }),
        message('4', ANA, 'Added a recipient.', { type: 'RecipientAdd' }),
        message('5', ANA, 'Started a thread.', { type: 'ThreadCreated', reference: { channelId: '1001' } }),
        message('6', ANA, '', { type: '8' }),
      ]),
    })
    expect(typesOf(events)).toEqual([
      ['1', 'reply.posted'],
      ['2', 'message.posted'],
    ])
    expect(events[0]?.in_reply_to).toBe('77')
    expect(events[1]?.text).toBe('what they said')
    expect(skipped).toEqual({ 'notice: ChannelPinnedMessage': 1, 'notice: RecipientAdd': 1, 'notice: ThreadCreated': 1, 'notice: 8': 1 })
  })

  it('of announcements announces', async () => {
    const { events, flat } = await read({
      'news.json': fileOf({ type: 'GuildNews', name: 'news' }, [
        message('1', ANA, 'We meet on Friday'),
        message('2', BO, 'Great', { type: 'Reply', reference: { messageId: '1' } }),
      ]),
    })
    expect(typesOf(events)).toEqual([
      ['1', 'announcement.published'],
      ['2', 'reply.posted'],
    ])
    expect(flat).toEqual([])
  })

  it('is not read where it is private, by name or by number', async () => {
    for (const type of ['DirectTextChat', 'DirectGroupTextChat', 1, 3]) {
      const { events, accounts, skipped } = await read({
        'dm.json': fileOf({ type, category: 'Private' }, [message('1', ANA, 'hi'), message('2', BO, 'hi')]),
      })
      expect([events, accounts]).toEqual([[], []])
      expect(skipped).toEqual({ 'file of a private conversation, not read': 1 })
    }
  })
})

describe('a thread of Discord', () => {
  it('begun from a message is opened by it, in the file of its channel', async () => {
    const { events, flat } = await read({
      'help.json': fileOf({}, [message('1000', BO, 'before'), message('1001', ANA, 'Does it leak?')]),
      'thread.json': fileOf(THREAD, [
        message('1005', ANA, '', { type: '21', reference: { messageId: '1001' } }),
        message('1006', BO, 'It does'),
        message('1007', ANA, 'Where?', { type: 'Reply', reference: { messageId: '1006' } }),
      ]),
    })
    expect(events.map(({ id, type, thread_id, in_reply_to, channel }) => [id, type, thread_id, in_reply_to, channel])).toEqual([
      ['1000', 'message.posted', undefined, undefined, 'help'],
      ['1001', 'message.posted', undefined, undefined, 'help'],
      ['1006', 'reply.posted', '1001', undefined, 'help'],
      ['1007', 'reply.posted', '1001', '1006', 'help'],
    ])
    expect(flat).toEqual(['1000'])
  })

  it('of a forum is opened by its first message, with its title, across the parts of a long one', async () => {
    const { events } = await read({
      'post [part 10].json': fileOf(THREAD, [message('1020', BO, 'later', { timestamp: '2024-05-04T00:00:00Z' })]),
      'post.json': fileOf(THREAD, [message('1001', ANA, 'Any idea?'), message('1002', BO, 'Yes')]),
    })
    expect(events.map(({ id, type, title, thread_id }) => [id, type, title, thread_id])).toEqual([
      ['1001', 'message.posted', 'It leaks', '1001'],
      ['1002', 'reply.posted', undefined, '1001'],
      ['1020', 'reply.posted', undefined, '1001'],
    ])
  })

  it('begun alone is opened by the first that is said in it, unless its beginning was left out', async () => {
    const messages = [message('1002', ANA, 'Added.', { type: 'RecipientAdd' }), message('1003', ANA, 'So'), message('1004', BO, 'Yes')]
    const whole = await read({ 'a.json': fileOf(THREAD, messages) })
    expect(typesOf(whole.events)).toEqual([
      ['1003', 'message.posted'],
      ['1004', 'reply.posted'],
    ])
    const cut = await read({ 'a.json': fileOf(THREAD, messages, { dateRange: { after: '2024-05-01T00:00:00Z', before: null } }) })
    expect(typesOf(cut.events)).toEqual([
      ['1003', 'reply.posted'],
      ['1004', 'reply.posted'],
    ])
  })
})

describe('people of Discord', () => {
  it('join where the server says so', async () => {
    const { events, tells } = await read({ 'a.json': fileOf({}, [message('7', ANA, 'Joined the server.', { type: 'GuildMemberJoin' })]) })
    expect(events).toEqual([
      { id: '7', source: 'discord', type: 'member.joined', occurred_at: '2024-05-02T09:00:01.250000Z', actor: { id: '201' } },
    ])
    expect(tells).toContain('joins')
  })

  it('whose accounts are gone are not one person', async () => {
    const gone = { id: '456226577798135808', name: 'Deleted User', discriminator: '0000', isBot: false }
    const { events, accounts } = await read({ 'a.json': fileOf({}, [message('1', gone, 'hello'), message('2', null, 'hello')]) })
    expect(events.map(({ actor }) => actor)).toEqual([undefined, undefined])
    expect(accounts).toEqual([])
  })

  it('are mentioned by their ids, whatever they are called at the time of the export', async () => {
    const textOf = async (content: string, mentions: object[]) =>
      (await read({ 'a.json': fileOf({}, [message('1', ANA, content, { mentions })]) })).events[0]
    const written = await textOf('@Ana Maria and @Ana, look', [ANA, BO])
    expect(written?.text).toBe('<@201> and <@202>, look')
    const renamed = await textOf('@Queen and @Ana, look', [{ ...ANA, nickname: 'Queen' }, BO])
    const raw = await textOf('<@!201> and <@202>, look', [ANA, BO])
    const now = new Date('2026-01-01T00:00:00Z')
    expect(normaliseEvent(renamed, now).ok?.body_hash).toEqual(normaliseEvent(written, now).ok?.body_hash)
    expect(raw?.text).toBe(written?.text)
  })

  it('react where they are named', async () => {
    const reactions = [
      { emoji: { id: '', name: '👍', code: 'thumbsup' }, count: 2, users: [ANA, HELPER] },
      { emoji: { id: '55', name: 'pump', code: 'pump' }, count: 1_000_000_000 },
    ]
    const { events, skipped, tells } = await read({ 'a.json': fileOf({}, [message('1', BO, 'done', { reactions })]) })
    expect(events.slice(1)).toEqual(
      ['201', '203'].map((id) => ({
        id: `1/reaction/thumbsup/${id}`,
        source: 'discord',
        type: 'reaction.added',
        occurred_at: '2024-05-02T09:00:01.250000Z',
        channel: 'help',
        actor: { id },
        in_reply_to: '1',
        properties: { reaction: 'thumbsup' },
      })),
    )
    expect(skipped).toEqual({ 'emoji with more reactions than people named': 1 })
    expect(tells).toContain('reactions')
  })
})

describe('bad input', () => {
  it('of one file is a problem with its name, and the others are read', async () => {
    const whole = JSON.stringify(fileOf({}, [message('1', ANA, 'kept'), message('2', ANA, 'lost')]))
    const { events, problems, failure } = await read({
      'cut.json': whole.slice(0, whole.indexOf('lost')),
      'good.json': fileOf({ id: '101', name: 'talk' }, [message('3', BO, 'good')]),
    })
    expect(failure).toBeNull()
    expect(events.map(({ text }) => text)).toEqual(['kept', 'good'])
    expect(problems).toMatchObject([
      { file: 'cut.json', position: 2, message: expect.stringContaining('ends in the middle, after 1 entry') },
    ])
  })

  it('in one message is a problem at its place', async () => {
    const { events, problems } = await read({
      'a.json': fileOf({}, [
        message('1', ANA, 'x', { timestamp: '1970-01-01T00:00:00Z' }),
        message('2', ANA, 'x', { timestamp: '2024-05-02T11:00:01' }),
        { ...message('3', ANA, 'x'), id: 3 },
        message('4', ANA, 'good'),
      ]),
    })
    expect(events.map(({ id }) => id)).toEqual(['4'])
    expect(problems.map(({ position, pointer }) => [position, pointer])).toEqual([
      [1, '/timestamp'],
      [2, '/timestamp'],
      [3, '/id'],
    ])
  })

  it('with the newest message first is refused: its conversations run backwards', async () => {
    const { events, problems } = await read({ 'a.json': fileOf({}, [message('10', ANA, 'b'), message('9', ANA, 'a')]) })
    expect(events).toEqual([])
    expect(problems).toMatchObject([{ message: expect.stringContaining('newest message first') }])
  })

  it('is not taken for an export of Discord', async () => {
    for (const text of ['{"messages":[]}', '[]', '{"guild":null,"channel":{}}'])
      expect(await discord.recognise(givenFiles({ 'a.json': text }))).toBe(false)
  })
})
