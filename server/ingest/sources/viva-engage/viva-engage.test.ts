import { describe, expect, it } from 'vitest'
import { type EventInput, eventSchema } from '../../../../shared/contract/event.ts'
import { givenFiles } from '../given-files.ts'
import type { ReadOptions, SourceItem } from '../source.ts'
import { LatestRows } from './latest-rows.ts'
import { readTime } from './read-time.ts'
import { vivaEngage } from './viva-engage.ts'

const OPTIONS: ReadOptions = { source: 'engage', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }

const readInto = async (
  items: SourceItem[],
  contents: Record<string, string | Uint8Array>,
  options: Partial<ReadOptions> = {},
  size = 13,
) => {
  for await (const item of vivaEngage.read(givenFiles(contents, size), { ...OPTIONS, ...options })) items.push(item)
  return items
}
const read = (contents: Record<string, string | Uint8Array>, options: Partial<ReadOptions> = {}, size = 13) =>
  readInto([], contents, options, size)
const eventsOf = (items: SourceItem[]): EventInput[] => items.flatMap((item) => ('event' in item ? [item.event] : []))
const problemsOf = (items: SourceItem[]) =>
  items.flatMap((item) => ('problem' in item ? [[item.file, item.position, item.problem.pointer, item.problem.code]] : []))
const skippedOf = (items: SourceItem[]) => items.flatMap((item) => ('skipped' in item ? [item.skipped] : []))

const HEADER =
  'id,replied_to_id,parent_id,thread_id,conversation_id,group_id,group_name,participants,in_private_group,in_private_conversation,sender_id,sender_type,sender_name,sender_email,body,api_url,attachments,deleted_by_id,deleted_by_type,created_at,deleted_at,title,html_body,message_type,gdpr_delete_url'
type Cells = Record<string, string>
const rowOf = (cells: Cells, header = HEADER) =>
  header
    .split(',')
    .map((name) => `"${(cells[name] ?? 'null').replaceAll('"', '""')}"`)
    .join(',')
const BASE: Cells = {
  id: '101',
  thread_id: '101',
  group_id: '9',
  group_name: 'Pumps',
  in_private_group: 'false',
  in_private_conversation: 'false',
  sender_id: '7',
  sender_type: 'user',
  sender_name: 'Ana López',
  sender_email: 'ana@example.org',
  body: 'How do I stop the leak,\n[[user:8]]?',
  created_at: '2024-01-31T09:00:00.000Z',
  message_type: 'update',
}
const messages = (...rows: Cells[]) => `\ufeff${[HEADER, ...rows.map((row) => rowOf({ ...BASE, ...row }))].join('\r\n')}\r\n`
const REPLY: Cells = {
  id: '102',
  replied_to_id: '101',
  sender_id: '8',
  sender_name: 'Bob',
  sender_email: 'bob@example.net',
  body: 'Tighten it.',
}

describe('Messages.csv', () => {
  it('gives a message that opens and its reply, in any pieces, with a byte order mark, quoted newlines and the word null', async () => {
    for (const size of [1, 13, 100_000]) {
      const items = await read({ 'export/Messages.csv': messages({}, REPLY) }, {}, size)
      for (const event of eventsOf(items)) expect(eventSchema.safeParse(event).error).toBeUndefined()
      expect(eventsOf(items)).toEqual([
        {
          id: 'message-101',
          source: 'engage',
          type: 'message.posted',
          occurred_at: '2024-01-31T09:00:00.000Z',
          actor: { id: '7' },
          thread_id: 'message-101',
          channel: 'Pumps',
          text: 'How do I stop the leak,\n<@8>?',
        },
        {
          id: 'message-102',
          source: 'engage',
          type: 'reply.posted',
          occurred_at: '2024-01-31T09:00:00.000Z',
          actor: { id: '8' },
          thread_id: 'message-101',
          in_reply_to: 'message-101',
          channel: 'Pumps',
          text: 'Tighten it.',
        },
      ])
      expect(items.flatMap((item) => ('account' in item ? [item.account] : []))).toEqual([
        { id: '7', name: 'Ana López', email: 'ana@example.org' },
        { id: '8', name: 'Bob', email: 'bob@example.net' },
      ])
    }
  })

  it('never reads a private conversation, and says that private communities are in it', async () => {
    const notes: string[] = []
    const items = await read(
      {
        'Messages.csv': messages(
          { in_private_conversation: 'TRUE', body: 'secret', id: '' },
          { id: '103', thread_id: '103', in_private_group: 'true' },
        ),
      },
      { note: (text) => notes.push(text) },
    )
    expect(skippedOf(items)).toEqual(['private conversation'])
    expect(JSON.stringify(items)).not.toContain('secret')
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['message-103'])
    expect(notes).toContainEqual(expect.stringMatching(/^1 messages lie in private communities/))
  })

  it('says announcement and question where message_type does, and only of what opens a thread', async () => {
    const items = await read({
      'Messages.csv': messages(
        { id: '1', thread_id: '1', message_type: 'announcement', title: 'News' },
        { id: '2', thread_id: '2', message_type: 'Broadcast' },
        { id: '3', thread_id: '3', message_type: 'question' },
        { id: '4', thread_id: '4', message_type: 'poll_question' },
        { id: '5', thread_id: '3', replied_to_id: '3', message_type: 'question', title: 'null' },
        { id: '6', thread_id: '6', message_type: 'system', body: 'Ana joined' },
        { id: '7', thread_id: '3', message_type: 'null' },
      ),
    })
    expect(eventsOf(items).map(({ type }) => type)).toEqual([
      'announcement.published',
      'announcement.published',
      'question.asked',
      'message.posted',
      'reply.posted',
      'reply.posted',
    ])
    expect(eventsOf(items)[0]?.title).toBe('News')
    expect(skippedOf(items)).toEqual(['message of the system'])
  })

  it('counts a message once, as the last part has it', async () => {
    const items = await read({
      '2023/Messages.csv': messages({ body: 'First words' }, REPLY),
      '2024/Messages.csv': messages({ body: 'Better words' }, { id: '104', thread_id: '104' }),
      '2023/MessageVersions.csv': 'id,body\n101,"Oldest words"\n',
    })
    expect(eventsOf(items).map(({ id, text }) => [id, text])).toEqual([
      ['message-102', 'Tighten it.'],
      ['message-101', 'Better words'],
      ['message-104', 'How do I stop the leak,\n<@8>?'],
    ])
    expect(skippedOf(items)).toEqual(['file of earlier versions of messages', 'earlier version of a message'])
  })

  it('takes back what was deleted', async () => {
    const items = await read({ 'Messages.csv': messages({ deleted_at: '2024-02-01T10:00:00Z', body: 'null' }) })
    expect(eventsOf(items)).toEqual([
      { id: 'deleted-101', source: 'engage', type: 'content.deleted', occurred_at: '2024-02-01T10:00:00.000Z', in_reply_to: 'message-101' },
    ])
  })

  it('rejects a bad row with its file and line and reads on', async () => {
    const items = await read({
      'Messages.csv': `${messages({ id: 'x' }, { id: '1', created_at: '1970-01-01T00:00:00Z' }, { id: '2', created_at: 'null' })}"op"en,1\r\n${rowOf({ ...BASE, id: '105', thread_id: '105' })}\r\n`,
    })
    expect(problemsOf(items)).toEqual([
      ['Messages.csv', 2, '/id', 'invalid_value'],
      ['Messages.csv', 4, '/created_at', 'invalid_time'],
      ['Messages.csv', 6, '/created_at', 'missing_field'],
      ['Messages.csv', 8, '', 'malformed_row'],
    ])
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['message-105'])
  })

  it('reads columns in any order, and says in words which one is missing, keeping what was read before', async () => {
    const header = HEADER.split(',').reverse().join(',')
    const reversed = await read({ 'Messages.csv': `${header}\n${rowOf(BASE, header)}\n` })
    expect(eventsOf(reversed)).toEqual(eventsOf(await read({ 'Messages.csv': messages({}) })))
    const items: SourceItem[] = []
    const without = {
      'Users.csv': 'id,name,joined_at\n7,Ana,2020-01-01T00:00:00Z\n',
      'Messages.csv': 'id,thread_id,body,created_at\n1,1,Hi,2024-01-01T00:00:00Z\n',
    }
    await expect(readInto(items, without)).rejects.toThrow(/Messages.csv has no column sender_id: it has id, thread_id, body, created_at/)
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['joined-7'])
    await expect(read({ 'Messages.csv': '' })).rejects.toThrow(/Messages.csv is empty/)
    await expect(read({ 'Groups.csv': 'id,name\n' })).rejects.toThrow(/no Messages.csv and no Users.csv/)
  })

  it('reads on where the text is in another encoding', async () => {
    const items = await read(
      { 'Messages.csv': Buffer.from(messages({ body: 'schäumt' }).slice(1), 'latin1') },
      { encoding: 'windows-1252' },
    )
    expect(eventsOf(items)[0]?.text).toBe('schäumt')
  })

  it('passes over zero bytes', async () => {
    const items = await read({ 'Messages.csv': messages({ sender_name: 'A\0na', group_name: 'Pu\0mps', body: 'Hi\0' }) })
    expect(JSON.stringify(items)).not.toContain('u0000')
    expect(eventsOf(items)).toMatchObject([{ channel: 'Pumps', text: 'Hi' }])
  })

  it('knows programs that send', async () => {
    const items = await read({ 'Messages.csv': messages({ sender_type: 'Bot', sender_name: 'Feed' }) })
    expect(items.find((item) => 'account' in item)).toMatchObject({ account: { id: '7', is_bot: true } })
  })
})

describe('Users.csv', () => {
  it('gives who joined and who was deleted, but neither the invited nor the suspended', async () => {
    const told: string[][] = []
    const users = [
      'id,name,email,joined_at,deleted_at,suspended_at,state',
      '7,Ana,ana@example.org,2020-01-01T00:00:00Z,null,null,active',
      '8,Bob,bob@example.net,2020/02/01 10:00:00 +0000,2023-05-01T00:00:00Z,null,soft_delete',
      '9,Cem,cem@example.net,2020-03-01T00:00:00Z,null,2023-01-01T00:00:00Z,soft_delete',
      '10,Dee,dee@example.net,null,null,null,soft_delete',
      'x,Eve,,2020-01-01T00:00:00Z,,,active',
      '11,Fay,,never,,,active',
    ].join('\n')
    const items = await read({ 'Users.csv': users }, { declare: (tells) => told.push([...tells]) })
    expect(eventsOf(items).map(({ id, occurred_at }) => [id, occurred_at])).toEqual([
      ['joined-7', '2020-01-01T00:00:00.000Z'],
      ['joined-8', '2020-02-01T10:00:00.000Z'],
      ['left-8', '2023-05-01T00:00:00.000Z'],
      ['joined-9', '2020-03-01T00:00:00.000Z'],
    ])
    expect(items.flatMap((item) => ('account' in item ? [item.account.id] : []))).toEqual(['7', '8', '9', '10', '11'])
    expect(problemsOf(items)).toEqual([
      ['Users.csv', 6, '/id', 'invalid_value'],
      ['Users.csv', 7, '/joined_at', 'invalid_time'],
    ])
    expect(told).toEqual([['joins', 'leaves']])
  })
})

describe('BestReplyMessages.csv', () => {
  it('gives the accepted answer, at the time of the reply', async () => {
    const told: string[][] = []
    const items = await read(
      { 'Messages.csv': messages({}, REPLY), 'BestReplyMessages.csv': 'id,thread_id,created_at\n102,101,2024-01-31T09:30:00Z\nx,1,\n' },
      { declare: (tells) => told.push([...tells]) },
    )
    expect(eventsOf(items).at(-1)).toEqual({
      id: 'best-reply-102',
      source: 'engage',
      type: 'answer.accepted',
      occurred_at: '2024-01-31T09:30:00.000Z',
      in_reply_to: 'message-102',
      thread_id: 'message-101',
    })
    expect(problemsOf(items)).toHaveLength(1)
    expect(told[0]).toContain('accepted_answers')
  })
})

describe('an export', () => {
  it('is recognised by its columns, in any folder and in parts', async () => {
    expect(await vivaEngage.recognise(givenFiles({ 'net/4711/Messages-2023.csv': messages({}) }))).toBe(true)
    expect(await vivaEngage.recognise(givenFiles({ 'Users.csv': 'id,name,email,joined_at,suspended_at,state\n' }))).toBe(true)
    expect(await vivaEngage.recognise(givenFiles({ 'Messages.csv': 'id,text\n' }))).toBe(false)
    expect(await vivaEngage.recognise(givenFiles({ 'users.csv': 'id,name,joined_at,deleted_at\n' }))).toBe(false)
    expect(await vivaEngage.recognise(givenFiles({ 'members.csv': 'id,joined_at,deleted_at\n' }))).toBe(false)
  })

  it('has times of two kinds, in UTC where they say nothing', () => {
    expect(readTime('2024-01-31 09:00:00')).toBe('2024-01-31T09:00:00.000Z')
    expect(readTime('2024-01-31T09:00:00.1234567+02:00')).toBe('2024-01-31T07:00:00.123Z')
    expect(readTime('2012/01/02 10:00:00 -0500')).toBe('2012-01-02T15:00:00.000Z')
    expect(readTime('2012/13/02 10:00:00 +0000')).toBeNull()
    expect(readTime('yesterday')).toBeNull()
  })

  it('watches ten thousand messages and more for repeats', () => {
    const rows = new LatestRows()
    for (let id = 1; id <= 60_000; id++) rows.note(String(id * 4096 + 900_000_000_000_000))
    rows.note(String(900_000_000_000_000 + 4096 * 17))
    expect(rows.isOutdated(String(900_000_000_000_000 + 4096 * 17), 16)).toBe(true)
    expect(rows.isOutdated(String(900_000_000_000_000 + 4096 * 17), 60_000)).toBe(false)
    expect(rows.isOutdated(String(900_000_000_000_000 + 4096 * 18), 17)).toBe(false)
  })
})
