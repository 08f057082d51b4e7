import fc from 'fast-check'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, type EventInput } from '../../../../shared/contract/event.ts'
import { givenFiles } from '../given-files.ts'
import type { ReadOptions, SourceItem } from '../source.ts'
import { csv } from './csv.ts'
import { createAcceptResolver } from './resolve-accepts.ts'
import { EVENT_HEADER, writeEventRow, writeRow, writeSpreadsheetRow } from './write-csv.ts'
import { splitRecords } from '../split-records.ts'

const OPTIONS: ReadOptions = { source: 'forum', dayTimeZone: 'Europe/Vienna', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }

/** The bytes in pieces of `size`, so that every boundary is met somewhere. */
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}
const read = (text: string | Uint8Array, options: Partial<ReadOptions> = {}, size = 7): Promise<SourceItem[]> =>
  collect(csv.read(givenFiles({ 'some.csv': text }, size), { ...OPTIONS, ...options }))
const eventsOf = (items: SourceItem[]): EventInput[] => items.flatMap((item) => ('event' in item ? [item.event] : []))
const accountsOf = (items: SourceItem[]) => items.flatMap((item) => ('account' in item ? [item.account] : []))
const problemsOf = (items: SourceItem[]) =>
  items.flatMap((item) => ('problem' in item ? [{ position: item.position, ...item.problem }] : []))

const HEADER = 'event_id,occurred_at,actor,kind,thread,target_member,text_length'

describe('a list of events as CSV', () => {
  it('reads the columns of the public archives', async () => {
    const items = await read(`${HEADER}\nq,2024-01-01T10:00:00Z,ana,question,t1,,120\na,2024-01-01T11:00:00Z,ben,answer,t1,ana,80\n`)
    expect(eventsOf(items)).toEqual([
      { id: 'q', source: 'forum', type: 'question.asked', occurred_at: '2024-01-01T10:00:00.000Z', actor: { id: 'ana' }, thread_id: 't1' },
      {
        id: 'a',
        source: 'forum',
        type: 'answer.posted',
        occurred_at: '2024-01-01T11:00:00.000Z',
        actor: { id: 'ben' },
        thread_id: 't1',
        target_actor: 'ana',
      },
    ])
  })

  it.each([
    ['a byte order mark and Windows line ends', '\ufeffid,type,occurred_at,actor_id\r\n1,post,2024-01-01T10:00:00Z,ana\r\n'],
    ['semicolons', 'id;type;occurred_at;actor_id\n1;post;2024-01-01T10:00:00Z;ana'],
    ['tabs', 'id\ttype\toccurred_at\tactor_id\n1\tpost\t2024-01-01T10:00:00Z\tana\n'],
    ['the separator named in the first line', 'sep=|\nid|type|occurred_at|actor_id\n1|post|2024-01-01T10:00:00Z|ana\n'],
    ['line ends of old Macintoshes', 'id,type,occurred_at,actor_id\r1,post,2024-01-01T10:00:00Z,ana\r'],
    ['quotes around everything', '"id","type","occurred_at","actor_id"\n"1","post","2024-01-01T10:00:00Z","ana"\n'],
    [
      'blank lines, rows of empty cells and capitals with spaces',
      ' ID , Type,Occurred At,Actor-ID\n\n1 , post, 2024-01-01 10:00:00Z ,ana\n,,,\n',
    ],
  ])('reads %s', async (_, text) => {
    for (const size of [1, 3, 1000])
      expect(eventsOf(await read(text, {}, size))).toEqual([
        { id: '1', source: 'forum', type: 'post.published', occurred_at: '2024-01-01T10:00:00.000Z', actor: { id: 'ana' } },
      ])
  })

  it('reads UTF-16 as spreadsheets export it', async () => {
    const text = Buffer.from('\ufeffid\ttype\toccurred_at\tactor_id\n1\tpost\t2024-01-01T10:00:00Z\tÅsa 🐙\n', 'utf16le')
    expect(eventsOf(await read(text))[0]?.actor).toEqual({ id: 'Åsa 🐙' })
  })

  it('reads another encoding when it is named, and otherwise says which row is no text', async () => {
    const latin = Buffer.from(
      'id,type,occurred_at,actor_id\n1,post,2024-01-01T10:00:00Z,Zo\u00eb\n2,post,2024-01-01T10:00:00Z,ben\n',
      'latin1',
    )
    expect(eventsOf(await read(latin, { encoding: 'windows-1252' }))[0]?.actor?.id).toBe('Zoë')
    const items = await read(latin)
    expect(problemsOf(items)).toMatchObject([
      { position: 2, code: 'not_unicode', pointer: '/actor_id', message: expect.stringContaining('--encoding') },
    ])
    expect(eventsOf(items)).toHaveLength(1)
  })

  it('keeps line breaks, separators and doubled quotes inside quotes, and counts lines on', async () => {
    const items = await read(
      'id,type,occurred_at,text\n1,post,2024-01-01T10:00:00Z,"one, ""two""\r\nthree"\n2,nonsense,2024-01-01T10:00:00Z,x\n',
    )
    expect(eventsOf(items)[0]?.text).toBe('one, "two"\r\nthree')
    expect(problemsOf(items)).toMatchObject([{ position: 4, pointer: '/type', code: 'invalid_value' }])
  })

  it('rejects a bad row with its line and reason and reads on', async () => {
    const items = await read(
      [
        'id,type,occurred_at,actor_id,properties',
        'ok1,post,2024-01-01T10:00:00Z,ana,',
        'cut,post',
        'date,post,03/04/2024,ana,',
        'local,post,2024-01-01 10:00,ana,',
        ',post,2024-01-01T10:00:00Z,ana,',
        'none,,2024-01-01T10:00:00Z,ana,',
        'json,post,2024-01-01T10:00:00Z,ana,{no}',
        'who,leave,2024-01-01T10:00:00Z,,',
        '"quo"te,post,2024-01-01T10:00:00Z,ana,',
        'ok2,post,2024-01-01T10:00:00Z,ana,"{""work"":true}"',
      ].join('\n'),
    )
    expect(problemsOf(items).map(({ position, code, pointer }) => [position, code, pointer])).toEqual([
      [3, 'malformed_row', ''],
      [4, 'unclear_date', '/occurred_at'],
      [5, 'missing_offset', '/occurred_at'],
      [6, 'missing_field', '/id'],
      [7, 'missing_field', '/type'],
      [8, 'malformed_json', '/properties'],
      [9, 'missing_field', '/actor/id'],
      [10, 'malformed_row', ''],
    ])
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['ok1', 'ok2'])
    expect(eventsOf(items)[1]?.properties).toEqual({ work: true })
  })

  it('loses one line, not the rest of the file, to a quote that is never closed', async () => {
    const items = await read(
      'id,type,occurred_at\n1,post,2024-01-01T10:00:00Z\n2,post,"2024-01-01T10:00:00Z\n3,post,2024-01-01T10:00:00Z\n4,post,2024-01-01T10:00:00Z\n',
    )
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['1', '3', '4'])
    expect(problemsOf(items)).toMatchObject([{ position: 3, code: 'malformed_row' }])
  })

  it('does not hold an endless line', async () => {
    const long = async function* () {
      yield Buffer.from('id,type,occurred_at\n')
      for (let i = 0; i < 100; i++) yield Buffer.alloc(100_000, 'x')
      yield Buffer.from('\n3,post,2024-01-01T10:00:00Z\n')
    }
    const items = await collect(csv.read({ name: 'long.csv', files: [{ path: 'long.csv', size: null, open: long }] }, OPTIONS))
    expect(problemsOf(items)).toMatchObject([{ position: 2, code: 'malformed_row' }])
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['3'])
  })

  it('reads times without an offset, days and numbers of days in the zone that is named', async () => {
    const text =
      'id;type;occurred_at\n1;post;2024-07-01 10:00:30,25\n2;post;2024-07-01\n3;post;45292,5\n4;post;1704103200\n5;post;1704103200123\n6;post;2024-02-30 10:00\n7;post;2024-01-01T10:00:00+0530\n'
    const items = await read(text, { timeZone: 'America/New_York' })
    expect(eventsOf(items).map(({ occurred_at }) => occurred_at)).toEqual([
      '2024-07-01T14:00:30.250Z',
      '2024-06-30T22:00:00.000Z', // a day begins where the community lives
      '2024-01-01T17:00:00.000Z',
      '2024-01-01T10:00:00.000Z',
      '2024-01-01T10:00:00.123Z',
      '2024-01-01T10:00:00.000+05:30',
    ])
    expect(problemsOf(items)).toMatchObject([{ position: 7, code: 'invalid_time' }])
  })

  it('maps columns by their names, and says what is missing and what is there', async () => {
    expect(
      eventsOf(
        await read('Nr,Wann,Art,Wer\n1,2024-01-01T10:00:00Z,post,ana\n', {
          columns: { id: 'Nr', occurred_at: 'Wann', type: 'Art', actor_id: 'wer' },
        }),
      )[0]?.actor,
    ).toEqual({ id: 'ana' })
    await expect(read('Nr,Wo,Stand\n1,2,3\n')).rejects.toThrow(/No column says when it happened.*Nr, Wo, Stand.*--map occurred_at=/)
    await expect(read('id,type,occurred_at\n', { columns: { actor_id: 'Wer' } })).rejects.toThrow(/no column "Wer"/)
    await expect(read('')).rejects.toThrow(/empty/)
  })

  it('tells rows without ids apart by their content, the same each time', async () => {
    const text = 'type,occurred_at,actor\npost,2024-01-01T10:00:00Z,ana\npost,2024-01-02T10:00:00Z,ana\n'
    const notes: string[] = []
    const first = eventsOf(await read(text, { note: (message) => notes.push(message) }))
    expect(new Set(first.map(({ id }) => id)).size).toBe(2)
    expect(eventsOf(await read(text))).toEqual(first)
    expect(notes.join()).toMatch(/no column of ids/)
  })
})

describe('acceptances that name a person instead of an answer', () => {
  const rows = (...lines: string[]) => read(`${HEADER}\n${lines.join('\n')}\n`)
  const accepted = (items: SourceItem[]) =>
    eventsOf(items).flatMap((event) => (event.type === 'answer.accepted' ? [event.in_reply_to] : []))

  it("go to that person's latest answer in the thread", async () => {
    const items = await rows(
      'a1,2024-01-01T10:00:00Z,ben,answer,t,ana,',
      'a2,2024-01-01T11:00:00Z,ben,answer,t,ana,',
      'a3,2024-01-01T11:30:00Z,cem,answer,t,ana,',
      'x,2024-01-01T12:00:00Z,ana,accept,t,ben,',
    )
    expect(accepted(items)).toEqual(['a2'])
  })
  it('wait for it when the file puts the acceptance first', async () => {
    const items = await rows(
      'x,2024-01-01T10:00:00Z,ana,accept,t,ben,',
      'o,2024-01-01T10:00:00Z,ben,answer,other,ana,',
      'a1,2024-01-01T10:00:00Z,ben,answer,t,ana,',
    )
    expect(accepted(items)).toEqual(['a1'])
    expect(items.find((item) => 'event' in item && item.event.type === 'answer.accepted')?.position).toBe(2)
  })
  it('are rejected with their line when the file holds no such answer', async () => {
    const items = await rows(
      'x,2024-01-01T10:00:00Z,ana,accept,t,ben,',
      'y,2024-01-01T10:00:00Z,ana,accept,t,,',
      'a1,2024-01-01T10:00:00Z,cem,answer,t,ana,',
    )
    expect(accepted(items)).toEqual([])
    expect(problemsOf(items)).toMatchObject([
      { position: 3, code: 'missing_field' },
      { position: 2, code: 'unresolved_reference' },
    ])
  })
  it('hold no more in memory than the limits say', () => {
    const resolver = createAcceptResolver(2, 1)
    const accept = (thread: string) => ({
      position: 1,
      answerer: 'ben',
      event: { id: `x${thread}`, source: 's', type: 'answer.accepted' as const, occurred_at: '2024-01-01T00:00:00Z', thread_id: thread },
    })
    for (const thread of ['1', '2', '3']) resolver.answer(thread, 'ben', `a${thread}`)
    expect(resolver.accept(accept('3'))).toMatchObject([{ event: { in_reply_to: 'a3' } }])
    expect(resolver.accept(accept('1'))).toEqual([]) // forgotten, so it waits
    expect(resolver.accept(accept('9'))).toMatchObject([{ problem: { code: 'unresolved_reference' } }])
    expect(resolver.rest()).toHaveLength(1)
  })
})

describe('a list of members as CSV', () => {
  it('gives a joining and a leaving each, and says that it can tell both', async () => {
    const declared: unknown[] = []
    const items = await read('id;name;joined;left\n7;Ana;2024-01-10;\n8;Ben;2024-01-11;2024-03-01\n', {
      declare: (tells) => declared.push(tells),
    })
    expect(eventsOf(items)).toEqual([
      {
        id: 'joined:7:2024-01-09T23:00:00.000Z',
        source: 'forum',
        type: 'member.joined',
        occurred_at: '2024-01-09T23:00:00.000Z',
        actor: { id: '7' },
      },
      {
        id: 'joined:8:2024-01-10T23:00:00.000Z',
        source: 'forum',
        type: 'member.joined',
        occurred_at: '2024-01-10T23:00:00.000Z',
        actor: { id: '8' },
      },
      {
        id: 'left:8:2024-02-29T23:00:00.000Z',
        source: 'forum',
        type: 'member.left',
        occurred_at: '2024-02-29T23:00:00.000Z',
        actor: { id: '8' },
      },
    ])
    expect(accountsOf(items)).toEqual([
      { id: '7', name: 'Ana' },
      { id: '8', name: 'Ben' },
    ])
    expect(declared).toEqual([['joins', 'leaves']])
  })
  it('does not claim to know leavers without a column of them', async () => {
    const declared: unknown[] = []
    await read('member,joined\n7,2024-01-10\n', { declare: (tells) => declared.push(tells) })
    expect(declared).toEqual([['joins']])
  })
  it('rejects a member without a date, and one who left before joining', async () => {
    const items = await read('member,name,joined,left\n7,Ana,,\n8,Ben,2024-03-01,2024-01-11\n,Cem,2024-03-01,\n9,Dea,soon,\n')
    expect(problemsOf(items).map(({ position, pointer }) => [position, pointer])).toEqual([
      [2, '/joined'],
      [3, '/left'],
      [4, '/member'],
      [5, '/joined'],
    ])
  })
})

const cell = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).map((text) => text.replaceAll('\ufeff', ''))
const id = cell.map((text) => `i${text.replaceAll('\ufffd', '')}.`)
const event: fc.Arbitrary<EventInput> = fc.record(
  {
    id,
    source: id,
    type: fc.constantFrom(...EVENT_TYPES.filter((type) => type !== 'answer.accepted')),
    occurred_at: fc
      .date({ min: new Date('1000-01-01'), max: new Date('9998-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    actor: fc.record({ id, name: id, is_bot: fc.boolean() }, { requiredKeys: ['id'] }),
    thread_id: id,
    in_reply_to: id,
    target_actor: fc.oneof(id, fc.record({ id, name: id })),
    channel: id,
    url: fc.webUrl(),
    title: fc.string({ unit: 'binary', minLength: 1 }),
    text: fc.string({ unit: 'binary', minLength: 1 }),
    properties: fc
      .dictionary(cell, fc.oneof(fc.boolean(), fc.integer(), cell), { minKeys: 1 })
      .map((found): Record<string, unknown> => ({ ...found })),
  },
  { requiredKeys: ['id', 'source', 'type', 'occurred_at', 'actor'] },
)

describe('CSV as written and read', () => {
  it('is the same again, whatever the cells hold and wherever the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 64 }), async (events, size) => {
        const text = EVENT_HEADER + events.map(writeEventRow).join('')
        expect(eventsOf(await read(text, {}, size))).toEqual(events)
      }),
      { numRuns: 300 },
    )
  })

  it('is split as another reader splits it', async () => {
    const cells = fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é'), maxLength: 6 }), {
      minLength: 3,
      maxLength: 3,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const text = writeRow(['x', 'y', 'z']) + rows.map((row) => writeRow(row)).join('')
        const chunks = (async function* () {
          for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
        })()
        const ours = (await collect(splitRecords(chunks))).map((record) => ('cells' in record ? record.cells : record.problem))
        expect(ours).toEqual(parse(text, { record_delimiter: '\r\n' }))
      }),
      { numRuns: 300 },
    )
  })

  it('starts no formula in a spreadsheet', () => {
    expect(writeSpreadsheetRow(['=1+1', '-2', '@x', 3, 'fine', null])).toBe("'=1+1,'-2,'@x,3,fine,\r\n")
  })
})
