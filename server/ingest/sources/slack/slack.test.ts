import { describe, expect, it } from 'vitest'
import { normaliseEvent } from '../../normalise-event.ts'
import { givenFiles } from '../given-files.ts'
import { readGiven } from '../read-given.ts'
import { slack } from './slack.ts'

const LISTS = {
  'channels.json': [
    { id: 'C1', name: 'general', is_general: true, members: ['U1'] },
    { id: 'C2', name: 'pumps' },
  ],
  'users.json': [
    { id: 'U1', name: 'ana', is_bot: false, profile: { display_name: 'Ana', real_name: 'Ana A.', email: 'ana@example.org' } },
    { id: 'U2', name: 'bo', deleted: true, updated: 1_700_000_000, profile: { display_name: '', real_name: 'Bo' } },
    { id: 'U3', name: 'deploy', is_bot: true, profile: { real_name: 'Deploy' } },
    { id: 'U4', name: 'cy', is_app_user: true },
    { id: 'USLACKBOT', name: 'slackbot', is_bot: false, profile: { real_name: 'Slackbot' } },
  ],
}
const DAY = 'general/2024-05-02.json'
/** A message at that second of 2 May 2024. */
const at = (second: number) => `${Date.UTC(2024, 4, 2, 9, 0, 0) / 1000 + second}.000100`
const say = (user: string, text: string, second: number, more: object = {}) => ({ type: 'message', user, text, ts: at(second), ...more })
const join = (user: string, second: number, more: object = {}) =>
  say(user, `<@${user}> has joined the channel`, second, { subtype: 'channel_join', ...more })

const read = (contents: Record<string, unknown>, options = {}) => readGiven(slack, { ...LISTS, ...contents }, options)
const bodyOf = (event: unknown) => normaliseEvent(event, new Date('2026-01-01T00:00:00Z')).ok?.body_hash

describe('accounts of a Slack export', () => {
  it('have the name people see, the real bot flag and an address; that somebody was deactivated makes no leave', async () => {
    const { accounts, events } = await read({ [DAY]: [say('U1', 'hello', 1)] })
    expect(accounts).toEqual([
      { id: 'U1', name: 'Ana', is_bot: false, email: 'ana@example.org' },
      { id: 'U2', name: 'Bo', is_bot: false },
      { id: 'U3', name: 'Deploy', is_bot: true },
      { id: 'U4', name: 'cy', is_bot: false },
      { id: 'USLACKBOT', name: 'Slackbot', is_bot: true },
    ])
    expect(events.map(({ type }) => type)).toEqual(['message.posted'])
  })

  it('of an organisation lie in org_users.json', async () => {
    const { accounts, isRecognised } = await readGiven(slack, {
      'channels.json': LISTS['channels.json'],
      'org_users.json': [{ id: 'W1', name: 'ana' }],
      [DAY]: [say('W1', 'hello', 1)],
    })
    expect(isRecognised).toBe(true)
    expect(accounts).toEqual([{ id: 'W1', name: 'ana', is_bot: false }])
  })

  it('that are missing from the list are known by their id, and a list cut off ends nothing', async () => {
    const { events, problems } = await readGiven(slack, {
      'channels.json': LISTS['channels.json'],
      'users.json': '[{"id":"U1","name":"ana"},{"id":"U2","na',
      [DAY]: [say('U9', 'hello', 1)],
    })
    expect(events[0]?.actor).toEqual({ id: 'U9' })
    expect(problems).toMatchObject([{ file: 'users.json', position: 2, message: expect.stringContaining('ends in the middle') }])
  })

  it('of bots without one are made of the bot id, or of the name they write under', async () => {
    const { accounts, events } = await read({
      [DAY]: [
        { type: 'message', subtype: 'bot_message', bot_id: 'B1', username: 'Feed', text: 'New post', ts: at(1) },
        { type: 'message', subtype: 'bot_message', username: 'old hook', text: 'Built', ts: at(2) },
        { type: 'message', text: 'nobody', ts: at(3) },
        say('U1', 'by an app I use', 4, { bot_id: 'B1' }),
      ],
    })
    expect(accounts.filter(({ id }) => id.startsWith('bot:'))).toEqual([
      { id: 'bot:B1', is_bot: true, name: 'Feed' },
      { id: 'bot:old hook', is_bot: true, name: 'old hook' },
    ])
    expect(events.map(({ actor }) => actor?.id)).toEqual(['bot:B1', 'bot:old hook', undefined, 'U1'])
  })
})

describe('joining', () => {
  it('is the first joining of any channel, whichever channel is read first', async () => {
    const { events, skipped } = await read({
      [DAY]: [join('U2', 50), join('U1', 20)],
      'pumps/2024-05-02.json': [join('U2', 10), join('U1', 30)],
    })
    expect(events).toEqual([
      { id: `join:U2:${at(10)}`, source: 'slack', type: 'member.joined', occurred_at: '2024-05-02T09:00:10.000100Z', actor: { id: 'U2' } },
      { id: `join:U1:${at(20)}`, source: 'slack', type: 'member.joined', occurred_at: '2024-05-02T09:00:20.000100Z', actor: { id: 'U1' } },
    ])
    expect(skipped).toEqual({ 'joining of one more channel': 2 })
  })

  it('stays the same event in a newer export, where more channels were joined', async () => {
    const old = { [DAY]: [join('U1', 20)] }
    const newer = { ...old, 'pumps/2024-06-02.json': [join('U1', 90_000), join('U2', 99_000)] }
    const first = (await read(old)).events.map(bodyOf)
    const second = (await read(newer)).events.map(bodyOf)
    expect(second).toHaveLength(2)
    expect(second[0]).toBe(first[0])
  })

  it('is not counted where most who speak never joined: the export begins too late, or joining is hidden', async () => {
    const tellsOf = async (speakers: string[]) =>
      (await read({ [DAY]: [join('U1', 1), ...speakers.map((user, index) => say(user, 'hello', 10 + index))] })).tells
    expect(await tellsOf(['U1', 'U2'])).toContain('joins')
    expect(await tellsOf(['U1', 'U2', 'USLACKBOT'])).toContain('joins')
    expect(await tellsOf(['U1', 'U2', 'U3'])).not.toContain('joins')
    expect(await tellsOf([])).toContain('joins')
  })

  it('is not told of somebody who had spoken before, and not of whoever leaves a channel', async () => {
    const { events, skipped, tells } = await read({
      [DAY]: [say('U1', 'I was here', 1), join('U1', 20), say('U1', '', 30, { subtype: 'channel_leave' })],
    })
    expect(events.map(({ type }) => type)).toEqual(['message.posted'])
    expect(skipped).toEqual({ 'joining of one more channel': 1, 'notice: channel_leave': 1 })
    expect(tells).not.toContain('joins')
  })
})

describe('messages', () => {
  it('answer the thread they name, on a later day and where its first message is gone', async () => {
    const { events } = await read({
      [DAY]: [
        say('U1', 'How do I start it?', 1, { thread_ts: at(1), reply_count: 1 }),
        { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.', ts: at(5), thread_ts: at(5) },
      ],
      'general/2024-05-09.json': [
        say('U2', 'Press the green one', 600_000, { thread_ts: at(1), parent_user_id: 'U1' }),
        say('U2', 'To one that is gone', 600_001, { thread_ts: at(5) }),
      ],
    })
    expect(events.map(({ id, type, thread_id, in_reply_to, channel }) => ({ id, type, thread_id, in_reply_to, channel }))).toEqual([
      { id: `C1/${at(1)}`, type: 'message.posted', channel: 'general' },
      { id: `C1/${at(600_000)}`, type: 'reply.posted', channel: 'general', thread_id: `C1/${at(1)}`, in_reply_to: `C1/${at(1)}` },
      { id: `C1/${at(600_001)}`, type: 'reply.posted', channel: 'general', thread_id: `C1/${at(5)}`, in_reply_to: `C1/${at(5)}` },
    ])
  })

  it('that went to the thread and to the channel count once', async () => {
    const broadcast = say('U2', 'Press the green one', 9, { subtype: 'thread_broadcast', thread_ts: at(1), root: { ts: at(1) } })
    const { events } = await read({ [DAY]: [say('U1', 'How?', 1), broadcast, broadcast] })
    expect(events.map(({ type }) => type)).toEqual(['message.posted', 'reply.posted'])
  })

  it('of Slack itself are skipped by their names', async () => {
    const notice = (subtype: string, second: number) => say('U1', 'set something', second, { subtype })
    const { events, skipped } = await read({
      [DAY]: [
        ...['channel_topic', 'channel_purpose', 'channel_archive', 'pinned_item', 'reminder_add', 'message_deleted', 'bot_add'].map(notice),
        say('U1', 'waves', 20, { subtype: 'me_message' }),
        say('U1', '', 21, { subtype: 'message_changed', message: {} }),
        { type: 'event', ts: at(22) },
        notice('made up for the occasion', 23),
      ],
    })
    expect(events.map(({ text }) => text)).toEqual(['waves'])
    expect(Object.keys(skipped)).toContain('notice: channel_topic')
    expect(Object.values(skipped).reduce((sum, count) => sum + count, 0)).toBe(10)
    expect(skipped).toMatchObject({ 'no message': 1, 'notice: of another kind': 1 })
  })

  it('are read without the markup, with mentions as ids', async () => {
    const texts = async (...messages: object[]) => (await read({ [DAY]: messages })).events.map(({ text }) => text)
    expect(
      await texts(
        say(
          'U1',
          '<@U2|bo> &lt;b&gt; a &amp; b &amp;lt; <#C2|pumps> <!here> <!subteam^S1|@crew> <https://a.org/x?a=1|the page> <https://b.org>',
          1,
        ),
        say('U1', 'see ```let a = 1 ? 2 : 3``` and `x`', 2),
        say('U1', '', 3, {
          blocks: [
            {
              type: 'rich_text',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'user', user_id: 'U2' },
                    { type: 'text', text: ' does it leak?' },
                  ],
                },
              ],
            },
          ],
        }),
        say('U1', '', 4, { attachments: [{ fallback: 'no', title: 'Pump 3', text: 'is down' }, { fallback: 'only this' }] }),
        say('U1', '', 5, { files: [{ title: 'drawing' }] }),
        say('U1', '<@U1|ana> uploaded a file: <https://a.org/f|Plan> and commented: does it fit?', 6, { subtype: 'file_share' }),
        say('U1', 'cut \ud83d off\u0000', 7),
      ),
    ).toEqual([
      '<@U2> <b> a & b &lt; #pumps @here @crew the page https://b.org',
      'see   and `x`',
      '<@U2> does it leak?',
      'Pump 3\nis down\nonly this',
      'drawing',
      'Plan\ndoes it fit?',
      'cut \ufffd off',
    ])
  })

  it('have links to the original where the workspace is named', async () => {
    const { events } = await read(
      { [DAY]: [say('U1', 'a', 1), say('U2', 'b', 2, { thread_ts: at(1) })] },
      { site: 'https://team.slack.com/whatever' },
    )
    expect(events.map(({ url }) => url)).toEqual([
      `https://team.slack.com/archives/C1/p${at(1).replace('.', '')}`,
      `https://team.slack.com/archives/C1/p${at(2).replace('.', '')}?thread_ts=${at(1)}&cid=C1`,
    ])
  })

  it('keep the name their channel had, so that a renamed one makes no new events', async () => {
    const before = { ...LISTS, [DAY]: [say('U1', 'hello', 1)] }
    const rename = say('U1', 'renamed', 50, { subtype: 'channel_name', old_name: 'general', name: 'hall' })
    const after = {
      ...LISTS,
      'channels.json': [{ id: 'C1', name: 'hall' }],
      'hall/2024-05-02.json': [say('U1', 'hello', 1), rename, say('U1', 'again', 90)],
    }
    const [old] = (await readGiven(slack, before)).events
    const [same, next] = (await readGiven(slack, after)).events
    expect(bodyOf(same)).toBe(bodyOf(old))
    expect(next?.channel).toBe('hall')
  })

  it('come in the order of their time, and the same twice with another text is left to the store to refuse', async () => {
    const { events } = await read({ [DAY]: [say('U1', 'b', 2), say('U1', 'a', 1), say('U1', 'B', 2)] })
    expect(events.map(({ text }) => text)).toEqual(['a', 'b', 'B'])
    expect(events[1]?.id).toBe(events[2]?.id)
    expect(bodyOf(events[1])).not.toBe(bodyOf(events[2]))
  })
})

describe('reactions', () => {
  it('are given by each person named, at the time of the message', async () => {
    const { events, skipped } = await read({
      [DAY]: [
        say('U1', 'done', 1, {
          reactions: [
            { name: 'tada', users: ['U2', 'U3'], count: 2 },
            { name: '+1', users: ['U2'], count: 900_000_000 },
          ],
        }),
        join('U2', 2, { reactions: [{ name: 'wave', users: ['U1'], count: 1 }] }),
      ],
    })
    expect(events.filter(({ type }) => type === 'reaction.added')).toEqual(
      [
        ['tada', 'U2'],
        ['tada', 'U3'],
        ['+1', 'U2'],
      ].map(([reaction, id]) => ({
        id: `C1/${at(1)}/reaction/${reaction}/${id}`,
        source: 'slack',
        type: 'reaction.added',
        occurred_at: '2024-05-02T09:00:01.000100Z',
        channel: 'general',
        actor: { id },
        in_reply_to: `C1/${at(1)}`,
        properties: { reaction },
      })),
    )
    expect(skipped['emoji with more reactions than people named']).toBe(1)
  })
})

describe('private conversations', () => {
  it('are counted and never opened; a private channel is read where it was exported', async () => {
    const { events, problems, skipped } = await read({
      'groups.json': [
        { id: 'G1', name: 'board' },
        { id: 'G3', name: 'told among the channels', is_mpim: true },
      ],
      'dms.json': [{ id: 'D0000000A', members: ['U1', 'U2'] }],
      'mpims.json': [{ id: 'G2', name: 'mpdm-ana--bo--cy-1' }],
      'board/2024-05-02.json': [say('U1', 'exported on purpose', 1)],
      'D0000000A/2024-05-02.json': 'not even JSON',
      'mpdm-ana--bo--cy-1/2024-05-02.json': 'not even JSON',
      'told among the channels/2024-05-02.json': 'not even JSON',
      'FC:F01:notes/2024-05-02.json': 'not even JSON',
    })
    expect(events.map(({ text }) => text)).toEqual(['exported on purpose'])
    expect(problems).toEqual([])
    expect(skipped).toEqual({
      'day of a private conversation, not opened': 3,
      'day of a conversation that is in no list of channels, not opened': 1,
    })
  })
})

describe('flat channels', () => {
  const month = (name: string, length: number, replies: number) =>
    Array.from({ length }, (_, index) => {
      const ts = `${Date.parse(`${name}-03T00:00:00Z`) / 1000 + index * 60}.000100`
      return {
        type: 'message',
        user: 'U1',
        text: 'x',
        ts,
        ...(index > 0 && index <= replies ? { thread_ts: `${Number.parseInt(ts, 10) - 60}.000100` } : {}),
      }
    })
  const flatMonthsOf = async (months: Record<string, [number, number]>) => {
    const { flat } = await read(
      Object.fromEntries(
        Object.entries(months).map(([name, [length, replies]]) => [`pumps/${name}-03.json`, month(name, length, replies)]),
      ),
    )
    return [...new Set(flat.map((id) => new Date(Number.parseFloat(id.slice(3)) * 1000).toISOString().slice(0, 7)))]
  }

  it('are those where fewer than one message in ten is a reply in a thread, month by month', async () => {
    expect(await flatMonthsOf({ '2024-01': [30, 2], '2024-02': [30, 3], '2024-03': [40, 1] })).toEqual(['2024-01', '2024-03'])
  })

  it('judge a quiet month by those before it, never by those after', async () => {
    const old = { '2024-01': [30, 10], '2024-02': [5, 0] } as Record<string, [number, number]>
    expect(await flatMonthsOf(old)).toEqual([])
    expect(await flatMonthsOf({ ...old, '2024-03': [50, 0] })).toEqual(['2024-03'])
    expect(await flatMonthsOf({ '2024-02': [5, 0], '2024-03': [50, 30] })).toEqual(['2024-02'])
  })

  it('are all channels before Slack had threads', async () => {
    expect(await flatMonthsOf({ '2016-12': [3, 2] })).toEqual(['2016-12'])
  })

  it('still have replies in threads, and openers of such threads', async () => {
    const crowd = Array.from({ length: 40 }, (_, index) => say('U2', 'x', 100 + index))
    const { flat, events } = await read({
      [DAY]: [say('U1', 'How?', 1, { thread_ts: at(1) }), say('U2', 'So', 2, { thread_ts: at(1) }), ...crowd],
    })
    expect(flat).toHaveLength(40)
    expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['message.posted', 'reply.posted'])
  })
})

describe('bad input', () => {
  it('of one day is a problem with its file and place, and the other days are read', async () => {
    const { events, problems, failure } = await read({
      [DAY]: `[${JSON.stringify(say('U1', 'first', 1))},{"type":"mess`,
      'general/2024-05-03.json': '<html>not found</html>',
      'general/2024-05-04.json': [say('U1', 'third', 200_000)],
    })
    expect(failure).toBeNull()
    expect(events.map(({ text }) => text)).toEqual(['first', 'third'])
    expect(problems).toMatchObject([
      { file: DAY, position: 2, code: 'malformed_json', message: expect.stringContaining('ends in the middle, after 1 entry') },
      { file: 'general/2024-05-03.json', position: 1, code: 'malformed_json' },
    ])
  })

  it('in one message is a problem at its place', async () => {
    const { events, problems } = await read({
      [DAY]: [
        { type: 'message', text: 'x' },
        say('U1', 'in 1970', 0, { ts: '12.000000' }),
        'text',
        say('U1', 'good', 1),
        { ...say('U1', 'x', 1), ts: 5 },
      ],
    })
    expect(events.map(({ text }) => text)).toEqual(['good'])
    expect(problems.map(({ position, pointer, code }) => [position, pointer, code]).sort()).toEqual([
      [1, '/ts', 'missing_field'],
      [2, '/ts', 'invalid_time'],
      [3, '', 'invalid_type'],
      [5, '/ts', 'invalid_time'],
    ])
  })

  it('of another encoding is said and read', async () => {
    const { events, notes } = await read({ [DAY]: Buffer.from(JSON.stringify([say('U1', 'Größe?', 1)]), 'latin1') })
    expect(events).toHaveLength(1)
    expect(notes).toEqual([expect.stringContaining('not written in UTF-8')])
  })

  it('without the list of channels is refused with what to do', async () => {
    const { failure, isRecognised } = await readGiven(slack, { [DAY]: [say('U1', 'a', 1)] })
    expect(isRecognised).toBe(true)
    expect(failure).toContain('There is no channels.json beside the messages')
  })
})

it('recognises an export wherever its lists lie, and nothing else', async () => {
  const day = [say('U1', 'a', 1)]
  const inFolder = { 'x/channels.json': LISTS['channels.json'], 'x/general/2024-05-02.json': day }
  expect((await readGiven(slack, inFolder)).isRecognised).toBe(true)
  expect((await readGiven(slack, inFolder)).events).toHaveLength(1)
  const others: Record<string, string>[] = [
    { 'a.json': '{"messages":[]}' },
    { '2024-05-02.json': '[{"a":1}]' },
    { 'users.json': '[{"id":5,"username":"a"}]' },
    { 'channels.json': '{}' },
  ]
  for (const other of others) expect(await slack.recognise(givenFiles(other))).toBe(false)
})
