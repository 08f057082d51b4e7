import { describe, expect, it } from 'vitest'
import type { CsvMapping } from '../../../../shared/contract/import.ts'
import { givenFiles } from '../given-files.ts'
import type { ReadOptions, SourceItem } from '../source.ts'
import type { SourceFile } from '../source-files.ts'
import { csv } from './csv.ts'
import { describeCsv } from './describe-csv.ts'

const OPTIONS: ReadOptions = {
  source: 'csv',
  dayTimeZone: 'Europe/Vienna',
  timeZone: 'Europe/Vienna',
  site: null,
  columns: {},
  encoding: 'utf-8',
}
const fileOf = (text: string) => givenFiles({ 'some.csv': text }).files[0] as SourceFile
const shown = (text: string, mapping: CsvMapping | null = null, options: Partial<ReadOptions> = {}) =>
  describeCsv(fileOf(text), { mapping, saved: () => null, options: { ...OPTIONS, ...options } })
const readAll = async (files: Record<string, string>, options: Partial<ReadOptions> = {}): Promise<SourceItem[]> => {
  const items: SourceItem[] = []
  for await (const item of csv.read(givenFiles(files), { ...OPTIONS, ...options })) items.push(item)
  return items
}
const eventsOf = (items: SourceItem[]) => items.flatMap((item) => ('event' in item ? [item.event] : []))
const accountsOf = (items: SourceItem[]) => items.flatMap((item) => ('account' in item ? [item.account] : []))

const FOREIGN = [
  'Beitrag;Datum;Uhrzeit;Verfasser;Mail;Bereich;Vorgang',
  'Welche Dichtung hält heißes Öl aus?;31.01.2024;09:30;Ana;ana@example.org;Pumpen;Hilferuf',
  'Nimm Viton, das hält bei uns seit Jahren.;01.02.2024;8:05;Ben;ben@example.org;Pumpen;Rat',
  'Danke!;01.02.2024;8:10;Ana;ana@example.org;Pumpen;Rat',
  'angemeldet;01.02.2024;8:12;Ana;ana@example.org;Pumpen;Login',
].join('\n')

describe('what is guessed of a CSV file with columns of its own', () => {
  it('finds times, addresses and text by what stands in the columns, and says so', async () => {
    const found = await shown(
      'Spalte 1,Spalte 2,Spalte 3\n2024-01-31 09:30,ana@example.org,Which seal withstands hot oil at 120 degrees?\n',
    )
    expect(found.mapping).toMatchObject({
      kind: 'events',
      columns: { occurred_at: 'Spalte 1', actor_email: 'Spalte 2', text: 'Spalte 3' },
      every_row: 'message.posted',
    })
    expect(found.guesses.join(' ')).toMatch(/“Spalte 1” holds times.*“Spalte 2” holds e-mail addresses.*“Spalte 3” holds what people wrote/)
    expect(found.problem).toBeNull()
  })

  it('takes a day and its hour from two columns, and the order of dates from a day above twelve', async () => {
    const found = await shown(FOREIGN)
    expect(found.mapping.columns).toMatchObject({
      occurred_at: 'Datum',
      occurred_time: 'Uhrzeit',
      actor_name: 'Verfasser',
      actor_email: 'Mail',
    })
    expect(found.mapping.date_order).toBe('day_first')
    expect(found.unclear_date).toBeNull()
    expect(found.read[0]?.events[0]).toMatchObject({ occurred_at: '2024-01-31T08:30:00.000Z', actor: 'Ana' })
  })

  it('never guesses the order of dates that show none', async () => {
    const text = 'when,who,text\n03/04/2024 10:00,ana,Which seal withstands hot oil?\n05/06/24 1:05 PM,ben,Use the green one for that.\n'
    const found = await shown(text)
    expect(found).toMatchObject({ unclear_date: '03/04/2024 10:00', problem: expect.stringMatching(/day or the month/) })
    expect(found.read[0]?.problem).toMatch(/day first or its month first/)
    const american = await shown(text, { ...found.mapping, date_order: 'month_first' })
    expect(american.problem).toBeNull()
    expect(american.read.map(({ events }) => events[0]?.occurred_at)).toEqual(['2024-03-04T09:00:00.000Z', '2024-05-06T11:05:00.000Z'])
    const german = await shown(text, { ...found.mapping, date_order: 'day_first' })
    expect(german.read.map(({ events }) => events[0]?.occurred_at)).toEqual(['2024-04-03T08:00:00.000Z', '2024-06-05T11:05:00.000Z'])
  })

  it('takes dates that contradict each other for unclear', async () => {
    const found = await shown('when,who,text\n13/01/2024,ana,one\n01/13/2024,ana,two\n')
    expect(found).toMatchObject({ unclear_date: '13/01/2024', mapping: { date_order: null } })
  })

  it.each([
    ['Wed, 31 Jan 2024 09:00:00 +0100', '2024-01-31T09:00:00.000+01:00'],
    ['Jan 31, 2024 9:00 AM', '2024-01-31T08:00:00.000Z'],
    ['31-Jan-2024', '2024-01-30T23:00:00.000Z'],
    ['2024/1/31 9:00', '2024-01-31T08:00:00.000Z'],
    ['12/31/2024, 12:15 AM', '2024-12-30T23:15:00.000Z'],
    ['45322.375', '2024-01-31T08:00:00.000Z'],
  ])('reads %s', async (text, expected) => {
    const found = await shown(`when;who;text\n${text};ana;hello there\n`)
    expect(found.read[0]?.events[0]?.occurred_at).toBe(expected)
  })

  it('asks for the zone of times without one, and keeps it with the mapping', async () => {
    const text = 'when;who;text\n2024-01-31 09:30;ana;hello there\n'
    const found = await shown(text, null, { timeZone: null })
    expect(found).toMatchObject({ needs_time_zone: true, problem: expect.stringMatching(/no time zone/) })
    const told = await shown(text, { ...found.mapping, time_zone: 'America/New_York' }, { timeZone: null })
    expect(told.problem).toBeNull()
    expect(told.read[0]?.events[0]?.occurred_at).toBe('2024-01-31T14:30:00.000Z')
    const days = await shown('when;who;text\n2024-01-31;ana;hello there\n', null, { timeZone: null })
    expect(days).toMatchObject({ needs_time_zone: false, problem: null })
  })

  it('counts the days of old Macintoshes from 1904 when told to', async () => {
    const { mapping } = await shown('when;who;text\n43860;ana;hello there\n')
    const found = await shown('when;who;text\n43860;ana;hello there\n', { ...mapping, day_numbers: '1904' })
    expect(found.read[0]?.events[0]?.occurred_at).toBe('2024-01-30T23:00:00.000Z')
  })

  it('shows the values of the column of kinds with counts, and asks when it knows none of them', async () => {
    const found = await shown(FOREIGN, {
      ...(await shown(FOREIGN)).mapping,
      columns: { occurred_at: 'Datum', type: 'Vorgang', actor_id: 'Verfasser' },
    })
    expect(found.values).toEqual([
      { text: 'Rat', count: 2, type: null },
      { text: 'Hilferuf', count: 1, type: null },
      { text: 'Login', count: 1, type: null },
    ])
    expect(found.problem).toMatch(/No value of “Vorgang” is a kind/)
  })

  it('takes addresses with a day and nothing written for a list of members', async () => {
    const found = await shown('Full name,Email,Created\nAna,ana@example.org,2024-01-31\n')
    expect(found.mapping).toMatchObject({ kind: 'members', columns: { name: 'Full name', email: 'Email', joined: 'Created' } })
    expect(found.problem).toBeNull()
  })

  it('says what is missing, and still shows the columns', async () => {
    const found = await shown('a,b\n1,2\n')
    expect(found).toMatchObject({ header: ['a', 'b'], sample: [['1', '2']], read: [], problem: expect.stringMatching(/when it happened/) })
    const gone = await shown('a,b\n1,2\n', { ...found.mapping, columns: { occurred_at: 'c' } })
    expect(gone.problem).toMatch(/no column “c”/)
    expect((await shown('when,who,text\n')).problem).toMatch(/no row under it/)
  })

  it('tells columns without a name or of the same name apart', async () => {
    expect((await shown('date,date,,text\n2024-01-01,2024-02-01,x,a b\n')).header).toEqual(['date', 'date (2)', 'column 3', 'text'])
  })
})

describe('a mapping', () => {
  it('says what each kind means, and which is no event', async () => {
    const { mapping } = await shown(FOREIGN)
    const given: CsvMapping = {
      ...mapping,
      columns: { ...mapping.columns, type: 'Vorgang', text: 'Beitrag', channel: 'Bereich' },
      every_row: null,
      types: { Hilferuf: 'question.asked', Rat: 'answer.posted', Login: 'skip' },
    }
    const items = await readAll({ 'some.csv': FOREIGN }, { csv: { 'some.csv': given } })
    expect(eventsOf(items).map(({ type, channel }) => [type, channel])).toEqual([
      ['question.asked', 'Pumpen'],
      ['answer.posted', 'Pumpen'],
      ['answer.posted', 'Pumpen'],
    ])
    expect(items.filter((item) => 'skipped' in item)).toEqual([{ position: 5, skipped: 'rows of the kind “Login”' }])
    expect(accountsOf(items)).toEqual([
      { id: expect.stringMatching(/^mail-[0-9a-f]{32}$/), name: 'Ana', email: 'ana@example.org' },
      { id: expect.stringMatching(/^mail-[0-9a-f]{32}$/), name: 'Ben', email: 'ben@example.org' },
    ])
  })

  it('of a file that is not what it was is refused with the column that is gone', async () => {
    const { mapping } = await shown(FOREIGN)
    await expect(
      readAll({ 'some.csv': 'when,who\n1,2\n' }, { csv: { 'some.csv': { ...mapping, every_row: 'post.published' } } }),
    ).rejects.toThrow(/no column "/)
  })

  it('saved for the same header is applied; one that is given wins', async () => {
    const saved: CsvMapping = { ...(await shown(FOREIGN)).mapping, every_row: 'post.published' }
    const asked: string[][] = []
    const found = await describeCsv(fileOf(FOREIGN), {
      mapping: null,
      saved: (header) => {
        asked.push(header)
        return saved
      },
      options: OPTIONS,
    })
    expect(asked).toEqual([['Beitrag', 'Datum', 'Uhrzeit', 'Verfasser', 'Mail', 'Bereich', 'Vorgang']])
    expect(found).toMatchObject({ is_saved: true, mapping: { every_row: 'post.published' }, guesses: [] })
    const given = await describeCsv(fileOf(FOREIGN), {
      mapping: { ...saved, every_row: 'reply.posted' },
      saved: () => saved,
      options: OPTIONS,
    })
    expect(given).toMatchObject({ is_saved: false, mapping: { every_row: 'reply.posted' } })
  })
})

describe('messages that name their thread and not what they answer', () => {
  const rows = [
    '1,2024-01-01T10:00:00Z,ana,t1,Which seal withstands hot oil?',
    '2,2024-01-01T11:00:00Z,ben,t1,The green one.',
    '3,2024-01-01T09:00:00Z,cem,t2,Good morning.',
    '4,2024-01-02T09:00:00Z,ana,t1,Thank you!',
    '5,2024-01-02T09:00:00Z,dea,,No thread at all.',
  ]
  it.each([
    ['oldest', rows],
    ['newest', [...rows].reverse()],
  ])('are replies but for the earliest of a thread, in a file with the %s first', async (_, order) => {
    const events = eventsOf(await readAll({ 'a.csv': ['id,when,who,thread,text', ...order].join('\n') }))
    expect(Object.fromEntries(events.map(({ id, type }) => [id, type]))).toEqual({
      '1': 'message.posted',
      '2': 'reply.posted',
      '3': 'message.posted',
      '4': 'reply.posted',
      '5': 'message.posted',
    })
  })

  it('follow a question that is named as one, and keep what they say they answer', async () => {
    const text =
      'id,type,when,who,thread,in_reply_to,text\n1,question,2024-01-01T10:00:00Z,ana,t,,Which seal?\n2,message,2024-01-01T11:00:00Z,ben,t,,The green one.\n3,message,2024-01-01T12:00:00Z,cem,t,2,Yes.\n'
    expect(eventsOf(await readAll({ 'a.csv': text })).map(({ type, in_reply_to }) => [type, in_reply_to])).toEqual([
      ['question.asked', undefined],
      ['reply.posted', undefined],
      ['message.posted', '2'],
    ])
  })
})

describe('a list of members beside a list of events', () => {
  const files = {
    'events.csv': 'id,when,email,text\n1,2024-02-01T10:00:00Z,Ana@Example.org,Which seal withstands hot oil?\n',
    'members.csv': 'Name,E-Mail,Joined,Left\nAna,ana@example.org,2024-01-31,\nBen,ben@example.org,2024-01-31,2024-02-02\n',
  }
  it('names the same accounts by address, and tells what both together tell', async () => {
    const declared: (readonly string[])[] = []
    const items = await readAll(files, { declare: (tells) => declared.push(tells) })
    const [message, joined] = eventsOf(items)
    expect(message?.actor).toEqual(joined?.actor)
    expect(message?.actor?.id).not.toContain('ana')
    expect(declared).toEqual([['joins', 'leaves', 'contributions', 'questions']])
    expect(items.every(({ file }) => file === 'events.csv' || file === 'members.csv')).toBe(true)
  })

  it('keeps what is said of a person out of the events, so that another name later changes none', async () => {
    const before = eventsOf(await readAll(files))
    const after = eventsOf(await readAll({ ...files, 'members.csv': files['members.csv'].replace('Ana,', 'Ana B.,') }))
    expect(after).toEqual(before)
  })

  it('takes the name of the latest row, whatever the order of the file', async () => {
    const rows = ['2,2024-03-01T10:00:00Z,u1,Ana B.,hello there', '1,2024-02-01T10:00:00Z,u1,Ana,hello you']
    for (const order of [rows, [...rows].reverse()]) {
      const items = await readAll({ 'a.csv': ['id,when,user_id,user_name,text', ...order].join('\n') })
      expect(accountsOf(items).at(-1)?.name).toBe('Ana B.')
    }
  })
})
