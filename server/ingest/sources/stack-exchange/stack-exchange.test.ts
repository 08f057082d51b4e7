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
    await expect(read(Buffer.from('<html><body>Not found</body></html>'))).rejects.toThrow(/None of the files is Posts.xml/)
    await expect(read(Buffer.from(''))).rejects.toThrow(/holds no XML/)
    await expect(read(Buffer.from('id,type\n'))).rejects.toThrow(/not the file of posts|holds no XML/)
    await expect(readRows(QUESTION, { site: 'ftp://x' })).rejects.toThrow(/not the address of a site/)
  })

  it('finds an accepted answer that stands before its question, as merging leaves them', async () => {
    const items = await readRows(`${ANSWER}\n${QUESTION}`)
    expect(eventsOf(items).find(({ type }) => type === 'answer.accepted')?.in_reply_to).toBe('post-2')
  })

  it('holds no more questions in memory than the limit says', () => {
    const pairer = createAcceptancePairer('s', 1, 1)
    const question = (id: string): EventInput => ({ id, source: 's', type: 'question.asked', occurred_at: '2014-01-21T20:26:05Z' })
    expect(pairer.question({ position: 1 }, question('post-1'), '10')).toEqual([])
    expect(pairer.question({ position: 2 }, question('post-2'), '20')).toMatchObject([
      { position: 1, problem: { code: 'unresolved_reference' } },
    ])
    expect([...pairer.rest()]).toHaveLength(1)
  })

  it('is recognised by its name or its beginning', async () => {
    expect(await stackExchange.recognise(givenFiles({ 'Posts.xml': '' }))).toBe(true)
    expect(await stackExchange.recognise(givenFiles({ 'dump.xml': '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<posts>' }))).toBe(true)
    expect(await stackExchange.recognise(givenFiles({ 'beer/Users.xml': '<?xml version="1.0"?><users>' }))).toBe(true)
    expect(await stackExchange.recognise(givenFiles({ 'Votes.xml': '<?xml version="1.0"?><votes>' }))).toBe(false)
    expect(await stackExchange.recognise(givenFiles({ 'feed.xml': '<?xml version="1.0"?><rss>' }))).toBe(false)
  })

  it('resolves no entity: neither a billion laughs nor a file of the server', async () => {
    const laughs = [
      '<?xml version="1.0"?>',
      '<!DOCTYPE posts [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;"><!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;">',
      '<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
      '<posts>',
      QUESTION.replace('Does it', '&lol2;'),
      QUESTION.replace('Id="1"', 'Id="3"').replace('Does it', '&secret;'),
      QUESTION.replace('Id="1"', 'Id="4"'),
      '</posts>',
    ].join('\n')
    const items = await read(Buffer.from(laughs))
    expect(problemsOf(items).slice(0, 2)).toMatchObject([
      { position: 5, code: 'malformed_row', message: expect.stringContaining('undefined entity') },
      { position: 6, code: 'malformed_row', message: expect.stringContaining('undefined entity') },
    ])
    expect(eventsOf(items).map(({ id }) => id)).toEqual(['post-4'])
    expect(JSON.stringify(items)).not.toMatch(/lollol|root:/)
  })

  it('ends where no row comes, rather than hold what comes instead', async () => {
    const endless = async function* () {
      yield Buffer.from('<posts><row Id="1" Body="')
      for (let i = 0; i < 200; i++) yield Buffer.alloc(64 * 1024, 0x61)
    }
    const files = { name: 'Posts.xml', files: [{ path: 'Posts.xml', size: null, open: endless }] }
    const reading = async () => {
      for await (const _ of stackExchange.read(files, OPTIONS)) expect.unreachable()
    }
    await expect(reading()).rejects.toThrow(/comes no row for 8 MB/)
  })

  it('reads on where the text is in another encoding than it says', async () => {
    const items = await read(Buffer.from(`<posts>\n${QUESTION.replace('foam', 'sch\xe4umen')}\n</posts>`, 'latin1'))
    expect(eventsOf(items)[0]?.text).toBe('Does it sch\ufffdumen ?')
    const told = await read(Buffer.from(`<posts>\n${QUESTION.replace('foam', 'sch\xe4umen')}\n</posts>`, 'latin1'), {
      encoding: 'windows-1252',
    })
    expect(eventsOf(told)[0]?.text).toBe('Does it schäumen ?')
  })
})

describe('the files of a dump', () => {
  const USERS = [
    '<users>',
    '<row Id="-1" CreationDate="2014-01-21T17:00:00.000" DisplayName="Community"/>',
    '<row Id="7" CreationDate="2014-01-21T17:45:53.587" DisplayName="Ana &amp; Bob" EmailHash="0123"/>',
    '<row Id="8" CreationDate="soon" DisplayName="Cem"/>',
    '</users>',
  ].join('\n')
  const COMMENTS = [
    '<comments>',
    '<row Id="5" PostId="1" Score="0" Text="Which `pump -v`? Welcome, @Ana!" CreationDate="2014-01-21T20:28:00.000" UserId="12"/>',
    '<row Id="6" PostId="2" Text="Thanks!" CreationDate="2014-01-21T20:40:00.000" UserDisplayName="user150"/>',
    '<row Id="7" Text="Lost" CreationDate="2014-01-21T20:40:00.000"/>',
    '<row Id="8" PostId="2" Text="Late" CreationDate="1970"/>',
    '</comments>',
  ].join('\n')
  const POSTS = `<posts>\n${QUESTION}\n${ANSWER}\n</posts>`
  const readAll = async (contents: Record<string, string>, options: Partial<ReadOptions> = {}) => {
    const items: SourceItem[] = []
    for await (const item of stackExchange.read(givenFiles(contents, 17), { ...OPTIONS, ...options })) items.push(item)
    return items
  }

  it('are read together: accounts, then posts, then comments, whatever order they lie in', async () => {
    const told: string[][] = []
    const items = await readAll(
      { 'beer/Comments.xml': COMMENTS, 'beer/Posts.xml': POSTS, 'beer/Users.xml': USERS },
      { declare: (tells) => told.push([...tells]) },
    )
    for (const event of eventsOf(items)) expect(eventSchema.safeParse(event).error).toBeUndefined()
    expect(eventsOf(items).map(({ id, type }) => [id, type])).toEqual([
      ['user-7', 'member.joined'],
      ['post-1', 'question.asked'],
      ['post-2', 'answer.posted'],
      ['accept-1-2', 'answer.accepted'],
      ['comment-5', 'reply.posted'],
      ['comment-6', 'reply.posted'],
    ])
    expect(items.flatMap((item) => ('account' in item ? [item.account] : []))).toEqual([
      { id: '-1', name: 'Community', is_bot: true },
      { id: '7', name: 'Ana & Bob' },
    ])
    expect(problemsOf(items).map(({ position, code, pointer }) => [position, code, pointer])).toEqual([
      [4, 'invalid_time', '/CreationDate'],
      [4, 'missing_field', '/PostId'],
      [5, 'invalid_time', '/CreationDate'],
    ])
    expect(items.map((item) => item.file).filter((file, at, all) => file !== all[at - 1])).toEqual([
      'beer/Users.xml',
      'beer/Posts.xml',
      'beer/Comments.xml',
    ])
    expect(told).toEqual([['questions', 'contributions', 'accepted_answers', 'joins']])
  })

  it('give a comment as a remark on its post, in the thread that this lies in', async () => {
    const items = await readAll({ 'Posts.xml': POSTS, 'Comments.xml': COMMENTS })
    expect(eventsOf(items).slice(-2)).toEqual([
      {
        id: 'comment-5',
        source: 'beer',
        type: 'reply.posted',
        occurred_at: '2014-01-21T20:28:00.000Z',
        actor: { id: '12' },
        in_reply_to: 'post-1',
        text: 'Which  ? Welcome, @Ana!',
        properties: { comment: true },
      },
      {
        id: 'comment-6',
        source: 'beer',
        type: 'reply.posted',
        occurred_at: '2014-01-21T20:40:00.000Z',
        actor: { id: 'deleted:user150', name: 'user150' },
        in_reply_to: 'post-2',
        text: 'Thanks!',
        properties: { comment: true },
      },
    ])
  })

  it('give the same posts and acceptances with votes and edits beside them, which are counted and left', async () => {
    const alone = await readAll({ 'Posts.xml': POSTS })
    const votes = '<votes>\n<row Id="1" PostId="2" VoteTypeId="1" CreationDate="2014-01-25T00:00:00.000"/>\n</votes>'
    const together = await readAll({ 'Posts.xml': POSTS, 'Votes.xml': votes, 'PostHistory.xml': '<posthistory/>', 'readme.txt': 'Hello' })
    expect(eventsOf(together)).toEqual(eventsOf(alone))
    expect(together.flatMap((item) => ('skipped' in item ? [[item.file, item.skipped]] : []))).toEqual([
      ['Votes.xml', 'file of votes'],
      ['PostHistory.xml', 'file of edits'],
      ['readme.txt', 'file that is not of a dump'],
    ])
  })

  it('of two sites are refused, and so is a set without any', async () => {
    await expect(readAll({ 'beer/Posts.xml': POSTS, 'coffee/Posts.xml': POSTS })).rejects.toThrow(
      /two files of posts.*each site on its own/,
    )
    await expect(readAll({ 'Votes.xml': '<votes/>' })).rejects.toThrow(/None of the files is Posts.xml/)
  })

  it('without posts tell who joined, and say what is missing', async () => {
    const notes: string[] = []
    const told: string[][] = []
    await readAll({ 'Users.xml': USERS }, { note: (text) => notes.push(text), declare: (tells) => told.push([...tells]) })
    expect(notes).toEqual([expect.stringContaining('Posts.xml is missing')])
    expect(told).toEqual([['joins']])
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
