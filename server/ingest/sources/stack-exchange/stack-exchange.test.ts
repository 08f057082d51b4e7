import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type EventInput, eventSchema } from '../../../../shared/contract/event.ts'
import { givenFiles } from '../given-files.ts'
import type { ReadOptions, SourceItem } from '../source.ts'
import { htmlToText } from '../html-to-text.ts'
import { createAcceptancePairer } from './pair-acceptances.ts'
import { stackExchange } from './stack-exchange.ts'

const OPTIONS: ReadOptions = { source: 'beer', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }

const readInto = async (items: SourceItem[], bytes: Uint8Array, options: Partial<ReadOptions> = {}, size = 1000) => {
  for await (const item of stackExchange.read(givenFiles({ 'Posts.xml': bytes }, size), { ...OPTIONS, ...options })) items.push(item)
  return items
}
const read = (bytes: Uint8Array, options: Partial<ReadOptions> = {}, size = 1000) => readInto([], bytes, options, size)
const readRows = (rows: string, options: Partial<ReadOptions> = {}, size = 11) =>
  read(Buffer.from(`<?xml version="1.0"?>\n<posts>\n${rows}\n</posts>`), options, size)
const eventsOf = (items: SourceItem[]): EventInput[] => items.flatMap((item) => ('event' in item ? [item.event] : []))
const problemsOf = (items: SourceItem[]) =>
  items.flatMap((item) => ('problem' in item ? [{ position: item.position, ...item.problem }] : []))
const countOf = (items: SourceItem[], type: string) => eventsOf(items).filter((event) => event.type === type).length

const excerpt = () => readFile(join(import.meta.dirname, 'beer-posts.xml'))
const QUESTION =
  '<row Id="1" PostTypeId="1" AcceptedAnswerId="2" CreationDate="2014-01-21T20:26:05.383" OwnerUserId="7" Title="Why &amp;amp; how?" Body="&lt;p&gt;Does it &lt;b&gt;foam&lt;/b&gt;?&lt;/p&gt;" />'
const ANSWER = '<row Id="2" PostTypeId="2" ParentId="1" CreationDate="2014-01-21T20:31:18.540" OwnerUserId="12" Body="It does." />'

describe('Posts.xml', () => {
  it('gives a question, its answer and the acceptance, put at the time of the answer', async () => {
    for (const size of [1, 50, 10_000])
      expect(eventsOf(await readRows(`${QUESTION}\n${ANSWER}`, { site: 'beer.stackexchange.com' }, size))).toEqual([
        {
          id: 'post-1',
          source: 'beer',
          type: 'question.asked',
          occurred_at: '2014-01-21T20:26:05.383Z',
          actor: { id: '7' },
          thread_id: 'post-1',
          title: 'Why &amp; how?',
          text: 'Does it foam ?',
          url: 'https://beer.stackexchange.com/q/1',
        },
        {
          id: 'post-2',
          source: 'beer',
          type: 'answer.posted',
          occurred_at: '2014-01-21T20:31:18.540Z',
          actor: { id: '12' },
          thread_id: 'post-1',
          in_reply_to: 'post-1',
          text: 'It does.',
          url: 'https://beer.stackexchange.com/a/2',
        },
        {
          id: 'accept-1-2',
          source: 'beer',
          type: 'answer.accepted',
          occurred_at: '2014-01-21T20:31:18.540Z',
          actor: { id: '7' },
          thread_id: 'post-1',
          in_reply_to: 'post-2',
        },
      ])
  })

  it('reads an excerpt of a real dump, byte order mark and all, into events the door takes', async () => {
    const items = await read(await excerpt())
    for (const event of eventsOf(items)) expect(eventSchema.safeParse(event).error).toBeUndefined()
    expect(countOf(items, 'question.asked')).toBe(29)
    expect(countOf(items, 'answer.posted')).toBe(32)
    expect(countOf(items, 'answer.accepted')).toBe(24)
    expect(items.filter((item) => 'skipped' in item)).toHaveLength(8)
    expect(problemsOf(items)).toMatchObject([{ position: 4, code: 'unresolved_reference', message: expect.stringContaining('post-175') }])
  })

  it('keeps a deleted account apart by the name it left, and knows the anonymous, the site itself and community posts', async () => {
    const post = (id: number, attributes: string) => `<row Id="${id}" PostTypeId="1" CreationDate="2014-01-21T20:26:05.383" ${attributes}/>`
    const items = await readRows(
      [
        post(1, 'OwnerDisplayName="user150"'),
        post(2, 'OwnerDisplayName="user150"'),
        post(3, ''),
        post(4, 'OwnerUserId="-1"'),
        post(5, 'OwnerUserId="9" CommunityOwnedDate="2014-01-22T00:00:00"'),
      ].join('\n'),
    )
    expect(eventsOf(items).map(({ actor }) => actor)).toEqual([
      { id: 'deleted:user150', name: 'user150' },
      { id: 'deleted:user150', name: 'user150' },
      null,
      { id: '-1', is_bot: true },
      { id: '9' },
    ])
    expect(eventsOf(items)[4]?.properties).toEqual({ community_owned: true })
  })

  it('skips and names what is neither question nor answer', async () => {
    const items = await readRows(
      '<row Id="1" PostTypeId="5" CreationDate="2014-01-21T20:26:05.383"/>\n<row Id="2" PostTypeId="17" CreationDate="2014-01-21T20:26:05.383"/>',
    )
    expect(items).toEqual([
      { position: 3, skipped: 'tag wiki' },
      { position: 4, skipped: 'post of type 17' },
    ])
  })

  it('rejects a bad row with its line and reads on', async () => {
    const items = await readRows(
      [
        '<row PostTypeId="1" CreationDate="2014-01-21T20:26:05.383"/>',
        '<row Id="2" PostTypeId="1" CreationDate="yesterday"/>',
        '<row Id="3" PostTypeId="2" CreationDate="2014-01-21T20:26:05.383"/>',
        '<row Id="4" PostTypeId=1 CreationDate="2014-01-21T20:26:05.383"/>',
        '<row Id="5"/>',
        '<row Id="6" PostTypeId="1" CreationDate="2014-01-21T20:26:05.383" Body="bell &#x7; &#xFFFF;"/>',
      ].join('\n'),
    )
    expect(problemsOf(items).map(({ position, code, pointer }) => [position, code, pointer])).toEqual([
      [3, 'missing_field', '/Id'],
      [4, 'invalid_time', '/CreationDate'],
      [5, 'missing_field', '/ParentId'],
      [6, 'malformed_row', ''],
      [7, 'missing_field', '/PostTypeId'],
    ])
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['post-6'])
  })

  it('ends with a clear error where the file was cut, keeping what was read', async () => {
    const bytes = await excerpt()
    for (const cut of [bytes.length - 5, bytes.length - 12, 4000]) {
      const items: SourceItem[] = []
      await expect(readInto(items, bytes.subarray(0, cut))).rejects.toThrow(/ends in the middle.*import it again/)
      expect(eventsOf(items).length).toBeGreaterThan(20)
    }
  })

  it('says so when it is another file', async () => {
    await expect(read(Buffer.from('<users><row Id="1"/></users>'))).rejects.toThrow(/file of users.*only Posts.xml/)
    await expect(read(Buffer.from('<html><body>Not found</body></html>'))).rejects.toThrow(/not Posts.xml/)
    await expect(read(Buffer.from(''))).rejects.toThrow(/holds no XML/)
    await expect(read(Buffer.from('id,type\n'))).rejects.toThrow(/not Posts.xml|holds no XML/)
    await expect(readRows(QUESTION, { site: 'ftp://x' })).rejects.toThrow(/not the address of a site/)
  })

  it('finds an accepted answer that stands before its question, as merging leaves them', async () => {
    const items = await readRows(`${ANSWER}\n${QUESTION}`)
    expect(eventsOf(items).find(({ type }) => type === 'answer.accepted')?.in_reply_to).toBe('post-2')
  })

  it('holds no more questions in memory than the limit says', () => {
    const pairer = createAcceptancePairer('s', 1, 1)
    const question = (id: string): EventInput => ({ id, source: 's', type: 'question.asked', occurred_at: '2014-01-21T20:26:05Z' })
    expect(pairer.question(1, question('post-1'), '10')).toEqual([])
    expect(pairer.question(2, question('post-2'), '20')).toMatchObject([{ position: 1, problem: { code: 'unresolved_reference' } }])
    expect(pairer.rest()).toHaveLength(1)
  })

  it('is recognised by its name or its beginning', async () => {
    expect(await stackExchange.recognise(givenFiles({ 'Posts.xml': '' }))).toBe(true)
    expect(await stackExchange.recognise(givenFiles({ 'dump.xml': '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<posts>' }))).toBe(true)
    expect(await stackExchange.recognise(givenFiles({ 'Users.xml': '<?xml version="1.0"?><users>' }))).toBe(false)
  })
})

describe('the words of a post', () => {
  it('are its text without markup, code and entities', () => {
    expect(htmlToText('<p>See&nbsp;<a href="x">this</a> &lt;pull&gt;</p><pre><code>git merge</code></pre>\n<p>&amp; go</p>')).toBe(
      'See this <pull> & go',
    )
    expect(htmlToText(`<p>${'a'.repeat(200_000)}</p>`)).toHaveLength(128 * 1024)
  })
})
