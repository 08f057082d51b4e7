import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenFiles } from '../server/ingest/sources/given-files.ts'
import { mbox } from '../server/ingest/sources/mbox/mbox.ts'
import type { EventSource, ReadOptions } from '../server/ingest/sources/source.ts'
import { stackExchange } from '../server/ingest/sources/stack-exchange/stack-exchange.ts'
import { refreshRollups } from '../server/rollup/refresh-rollups.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { inTransaction } from '../server/store/in-transaction.ts'
import { runImport } from '../server/store/run-import.ts'
import { createTestDatabase } from './test-database.ts'

const NOW = new Date('2020-01-01T00:00:00Z')
const OPTIONS: ReadOptions = { source: 's', dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }

let db: Database
let made = 0
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const newCommunity = async (): Promise<string> => {
  const community = await createCommunity(db, { slug: `imported-${++made}`, name: 'Imported', time_zone: 'UTC', now: NOW })
  return community?.community_id as string
}
const take = (communityId: string, format: EventSource, contents: Record<string, string>) =>
  runImport(db, {
    communityId,
    source: 's',
    fileName: 'archive',
    items: format.read(givenFiles(contents), OPTIONS),
    tells: () => format.tells,
    observedUntil: null,
    isDryRun: false,
    now: () => NOW,
  })

/** Each contribution: its id, the id of the first event of its thread or the thread's own name, its kind, and the question it answers. */
const contributionsOf = async (communityId: string) => {
  await inTransaction(db.pool, (client) => refreshRollups(client, { communityId, timeZone: 'UTC', marks: null }))
  const { rows } = await db.pool.query<{ id: string; thread: string | null; kind: string; answers: string | null }>(
    `select e.source_event_id as id, t.source_event_id as thread, c.kind, q.source_event_id as answers
     from contribution c
     join event e on e.community_id = $1 and e.event_key = c.event_key
     left join event t on t.community_id = $1 and t.event_key = c.thread_key
     left join event q on q.community_id = $1 and q.event_key = c.question_key
     where c.community_id = $1 order by e.source_event_id`,
    [communityId],
  )
  return rows.map(({ id, thread, kind, answers }) => [id, thread, kind, answers])
}

const mail = (id: string, from: string, date: string, headers: Record<string, string>, body: string) =>
  [
    `From ${from} ${'Mon Jan  2 10:00:00 2012'}`,
    `From: ${from}`,
    `Date: ${date} 10:00:00 +0000`,
    `Message-ID: <${id}>`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
    '',
    '',
  ].join('\n')
const re = (...ids: string[]) => ({
  Subject: 'Re: Leak',
  'In-Reply-To': `<${ids.at(-1)}>`,
  References: ids.map((id) => `<${id}>`).join(' '),
})
const JANUARY = [
  // the answer lies before its question in the file
  mail('a1', 'bob@example.net', '30 Jan 2012', re('q'), 'Tighten the lower screw.'),
  mail('q', 'ana@example.org', '29 Jan 2012', { Subject: 'Leak' }, 'How do I stop it?'),
].join('')
const FEBRUARY = [
  mail('t', 'ana@example.org', '1 Feb 2012', re('q', 'a1'), 'Thanks, Bob!'),
  // an old program: no References, and a parent of another month
  mail('a2', 'cem@example.net', '2 Feb 2012', { Subject: 'Re: Leak', 'In-Reply-To': '<q>' }, 'Or replace the seal altogether.'),
  // answers a mail that went to the asker alone
  mail('a3', 'dee@example.net', '3 Feb 2012', re('q', 'private'), 'What Eve wrote you is right.'),
  mail('thx', 'eve@example.net', '4 Feb 2012', re('q', 'a2'), 'Thank you!'),
].join('')
const EXPECTED = [
  ['a1', 'q', 'reply', 'q'],
  ['a2', 'q', 'reply', 'q'],
  ['a3', 'q', 'reply', 'q'],
  ['q', 'q', 'question', null],
  ['t', 'q', 'reply', null],
  ['thx', 'q', 'reply', null],
]

describe('the threads of a mailing list', () => {
  it('come together from all months at once', async () => {
    const communityId = await newCommunity()
    await take(communityId, mbox, { '2012-February.txt': FEBRUARY, '2012-January.txt': JANUARY })
    expect(await contributionsOf(communityId)).toEqual(EXPECTED)
  })

  it('come together month by month, in either order, and again from all', async () => {
    for (const order of [
      [JANUARY, FEBRUARY],
      [FEBRUARY, JANUARY],
    ]) {
      const communityId = await newCommunity()
      for (const month of order) expect((await take(communityId, mbox, { '2012-01.txt': month })).counts.conflict).toBe(0)
      expect(await contributionsOf(communityId)).toEqual(EXPECTED)
      const { counts } = await take(communityId, mbox, { '2012-January.txt': JANUARY, '2012-February.txt': FEBRUARY })
      expect(counts).toMatchObject({ accepted: 0, duplicate: 6, conflict: 0, rejected: 0 })
    }
  })

  it('keep the first of two mails with one id and another text, and say so', async () => {
    const communityId = await newCommunity()
    const other = mail('q', 'ana@example.org', '29 Jan 2012', { Subject: 'Leak' }, 'Quite another question?')
    const { counts, rejections } = await take(communityId, mbox, { 'users.mbox': JANUARY + other })
    expect(counts).toMatchObject({ accepted: 2, conflict: 1 })
    expect(rejections).toMatchObject([{ code: 'conflict', position: 19 }])
  })

  it('are marked where only the subject shows them', async () => {
    const communityId = await newCommunity()
    const bare = mail('r', 'bob@example.net', '30 Jan 2012', { Subject: 'AW: Leak' }, 'Tighten it.')
    await take(communityId, mbox, {
      'users.mbox': mail('q', 'ana@example.org', '29 Jan 2012', { Subject: 'Leak' }, 'How do I stop it?') + bare,
    })
    expect(await contributionsOf(communityId)).toEqual([
      ['q', 'q', 'question', null],
      ['r', 'q', 'reply', 'q'],
    ])
    const { rows } = await db.pool.query('select source_event_id, inferred_link from event where community_id = $1 order by 1', [
      communityId,
    ])
    expect(rows).toEqual([
      { source_event_id: 'q', inferred_link: null },
      { source_event_id: 'r', inferred_link: 'guess' },
    ])
  })
})

describe('the comments of a Stack Exchange dump', () => {
  const row = (attributes: string) => `<row ${attributes} CreationDate="2014-01-2`
  const posts = [
    `${row('Id="1" PostTypeId="1" OwnerUserId="7" Title="Why?" Body="Why does it foam?"')}1T10:00:00"/>`,
    `${row('Id="2" PostTypeId="2" ParentId="1" OwnerUserId="8" Body="By shaking."')}2T10:00:00"/>`,
    `${row('Id="3" PostTypeId="1" OwnerUserId="7" Title="How?" Body="How long?"')}1T10:00:00"/>`,
  ]
  const comments = [
    `${row('Id="5" PostId="1" UserId="9" Text="Which pump?"')}1T11:00:00"/>`,
    `${row('Id="6" PostId="2" UserId="9" Text="Better still, do not shake it at all."')}3T10:00:00"/>`,
    `${row('Id="7" PostId="3" UserId="9" Text="For an hour or so, I would say."')}3T10:00:00"/>`,
  ]
  const dump = {
    'Posts.xml': `<posts>${posts.join('\n')}</posts>`,
    'Comments.xml': `<comments>${comments.join('\n')}</comments>`,
  }

  it('lie in the thread of the question, also under an answer, and answer nothing', async () => {
    const communityId = await newCommunity()
    await take(communityId, stackExchange, dump)
    expect(await contributionsOf(communityId)).toEqual([
      ['comment-5', 'post-1', 'reply', null],
      ['comment-6', 'post-1', 'reply', null],
      ['comment-7', 'post-3', 'reply', null],
      ['post-1', 'post-1', 'question', null],
      ['post-2', 'post-1', 'answer', 'post-1'],
      ['post-3', 'post-3', 'question', null],
    ])
    const { rows } = await db.pool.query(
      'select e.source_event_id as id, h.answer_count from help_episode h join event e on e.community_id = $1 and e.event_key = h.question_key where h.community_id = $1 order by 1',
      [communityId],
    )
    expect(rows).toEqual([
      { id: 'post-1', answer_count: 1 },
      { id: 'post-3', answer_count: 0 },
    ])
  })

  it('may come later than the posts', async () => {
    const communityId = await newCommunity()
    await take(communityId, stackExchange, { 'Comments.xml': dump['Comments.xml'] })
    const { counts } = await take(communityId, stackExchange, dump)
    expect(counts).toMatchObject({ accepted: 3, duplicate: 3, conflict: 0 })
    expect((await contributionsOf(communityId)).map(([id, thread]) => [id, thread]).slice(0, 3)).toEqual([
      ['comment-5', 'post-1'],
      ['comment-6', 'post-1'],
      ['comment-7', 'post-3'],
    ])
  })
})
