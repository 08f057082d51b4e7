import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addCommunity, addPerson, asBrowser, buildAccessApp, signIn, TEST_ORIGIN, type TestCommunity } from '../../e2e/access-app.ts'
import {
  archivedSite,
  archivedTopic,
  GITHUB_ARCHIVE,
  GITHUB_COMMENT_DELETED,
  GITHUB_DELIVERIES,
  GITHUB_UNANSWERED,
  webhookPost,
} from '../../e2e/deliveries.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import {
  deliveryAnswerSchema,
  MAX_DELIVERY_BYTES,
  type MadeWebhook,
  madeWebhookSchema,
  webhooksSchema,
} from '../../shared/contract/webhook.ts'
import { signBody } from '../access/webhook-signature.ts'
import { discourse } from '../ingest/sources/discourse/discourse.ts'
import { github } from '../ingest/sources/github/github.ts'
import { givenFiles } from '../ingest/sources/given-files.ts'
import type { EventSource } from '../ingest/sources/source.ts'
import type { Database } from '../store/connection.ts'
import { runImport } from '../store/run-import.ts'
import { hookRoute } from './hook-route.ts'
import { webhooksRoutes } from './webhooks-routes.ts'

const NOW = new Date('2026-04-01T12:00:00Z')
const SECRET_KEY = 'a secret of this server, of some length'
const PATH = '/api/v1/communities/here/webhooks'
let now = NOW
let stored: string[] = []
let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: FastifyInstance
let here: TestCommunity
let manager: Record<string, string>
let viewer: Record<string, string>
let port: number

const serve = async (database: Database, secretKey: string): Promise<FastifyInstance> => {
  const served = await buildAccessApp({
    pool: db.pool,
    now: () => now,
    routes: async (server) => {
      const parts = { db: database, secretKey, now: () => now }
      await server.register(webhooksRoutes({ ...parts, baseUrl: TEST_ORIGIN }))
      await server.register(hookRoute({ ...parts, onAppended: (communityId) => void stored.push(communityId) }))
    },
  })
  await served.listen({ port: 0, host: '127.0.0.1' })
  return served
}
const portOf = (served: FastifyInstance) => (served.server.address() as AddressInfo).port

beforeAll(async () => {
  db = await createTestDatabase()
  app = await serve(db, SECRET_KEY)
  port = portOf(app)
  here = await addCommunity(db.pool, 'here')
  await addPerson(db.pool, 'manager@example.org', 'manager', here)
  manager = asBrowser(await signIn(app, db.pool, 'manager@example.org'))
  await addPerson(db.pool, 'viewer@example.org', 'viewer', here)
  viewer = asBrowser(await signIn(app, db.pool, 'viewer@example.org'))
})
afterAll(async () => {
  await app.close()
  await db.close()
})
beforeEach(async () => {
  now = NOW
  stored = []
  for (const table of ['webhook', 'event', 'source', 'identity', 'import_job'])
    await db.pool.query(`delete from ${table} where community_id = $1`, [here.community_id]).catch((error: { code?: string }) => {
      if (error.code !== '42P01') throw error
    })
})

const make = async (kind: 'discourse' | 'github'): Promise<MadeWebhook> => {
  const answer = await app.inject({ method: 'POST', url: PATH, headers: manager, payload: { kind, name: 'Our place' } })
  expect(answer.statusCode, answer.body).toBe(201)
  return madeWebhookSchema.parse(answer.json())
}
const list = async () => webhooksSchema.parse((await app.inject({ url: PATH, headers: manager })).json()).webhooks
type Sending = { secret?: string; signature?: string | null; at?: number; type?: string }
const sendBytes = async (hook: MadeWebhook, event: string, body: string | Buffer, { secret, signature, at = port, type }: Sending = {}) => {
  const bytes = Buffer.from(body)
  const sign = signature === undefined ? signBody(secret ?? hook.secret, bytes) : signature
  const [signed, named] =
    hook.kind === 'discourse' ? ['X-Discourse-Event-Signature', 'X-Discourse-Event'] : ['X-Hub-Signature-256', 'X-GitHub-Event']
  const response = await fetch(`http://127.0.0.1:${at}${new URL(hook.url).pathname}`, {
    method: 'POST',
    headers: {
      'content-type': type ?? 'application/json',
      'x-discourse-instance': 'https://forum.example.org/talk/',
      [named]: event,
      ...(sign === null ? {} : { [signed]: sign }),
    },
    body: bytes,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, headers: response.headers }
}
const send = (hook: MadeWebhook, event: string, body: object, sending?: Sending) => sendBytes(hook, event, JSON.stringify(body), sending)
const take = async (hook: MadeWebhook, event: string, body: object) => {
  const answer = await send(hook, event, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return deliveryAnswerSchema.parse(answer.body)
}
const ONE = { accepted: 1, duplicate: 0, conflict: 0, ignored: null }
const AGAIN = { accepted: 0, duplicate: 1, conflict: 0, ignored: null }

const events = async () =>
  (
    await db.pool.query<{ id: string; type: string; at: Date; target: string | null; person: string | null }>(
      `select e.source_event_id as id, e.type, e.occurred_at as at, t.source_event_id as target, i.source_actor_id as person
       from event e
       left join event t on t.community_id = e.community_id and t.event_key = e.target_key
       left join identity i on i.community_id = e.community_id and i.identity_key = e.identity_key
       where e.community_id = $1 order by e.source_event_id`,
      [here.community_id],
    )
  ).rows
const importFiles = async (format: EventSource, files: Record<string, unknown>) => {
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, content]) => [path, typeof content === 'string' ? content : JSON.stringify(content)]),
  )
  let tells: readonly string[] | null = format.tells
  const options = { source: format.name, dayTimeZone: 'UTC', timeZone: null, site: null, columns: {}, encoding: 'utf-8' }
  const { counts, rejections } = await runImport(db, {
    communityId: here.community_id,
    source: format.name,
    fileName: 'archive.zip',
    items: format.read(givenFiles(texts), {
      ...options,
      declare: (told) => {
        tells = told
      },
    }),
    tells: () => tells as never,
    observedUntil: null,
    isDryRun: false,
    now: () => now,
  })
  return { counts, rejections }
}

describe('the feeds of a community', () => {
  it('are made by a manager, with a secret that is shown once and kept sealed', async () => {
    const made = await make('discourse')
    expect(made).toMatchObject({ kind: 'discourse', source: 'discourse', name: 'Our place', last_delivery_at: null, refused_count: 0 })
    expect(made.url).toMatch(new RegExp(`^${TEST_ORIGIN}/api/v1/hooks/[\\w-]{43}$`))
    expect(made.secret.length).toBeGreaterThan(40)
    expect(await list()).toEqual([expect.objectContaining({ id: made.id, url: made.url })])
    expect(JSON.stringify(await list())).not.toContain(made.secret)
    const { rows } = await db.pool.query<{ sealed_secret: Buffer }>('select sealed_secret from webhook where community_id = $1', [
      here.community_id,
    ])
    expect(rows[0]?.sealed_secret.includes(made.secret)).toBe(false)
    for (const method of ['GET', 'POST'] as const)
      expect(
        (await app.inject({ method, url: PATH, headers: viewer, ...(method === 'POST' ? { payload: { kind: 'github', name: 'x' } } : {}) }))
          .statusCode,
      ).toBe(403)
    expect((await app.inject({ method: 'POST', url: PATH, headers: manager, payload: { kind: 'myspace', name: 'x' } })).statusCode).toBe(
      400,
    )
  })

  it('are one a source for Discourse, whose ids are not those of another; repositories may share one', async () => {
    await make('discourse')
    const again = (payload: object) => app.inject({ method: 'POST', url: PATH, headers: manager, payload })
    const refused = await again({ kind: 'discourse', name: 'Second forum' })
    expect([refused.statusCode, refused.json().type]).toEqual([409, '/problems/source-taken'])
    expect((await again({ kind: 'discourse', name: 'Second forum', source: 'second' })).statusCode).toBe(201)
    expect((await again({ kind: 'github', name: 'Code', source: 'second' })).statusCode).toBe(409)
    await make('github')
    await make('github')
    expect((await list()).map(({ source }) => source).sort()).toEqual(['discourse', 'github', 'github', 'second'])
  })

  it('end when they are deleted: their address is unknown from then on', async () => {
    const hook = await make('discourse')
    expect(await take(hook, 'post_created', { post: webhookPost(101, 1) })).toEqual(ONE)
    expect((await app.inject({ method: 'DELETE', url: `${PATH}/${hook.id}`, headers: manager })).statusCode).toBe(204)
    expect(await send(hook, 'post_created', { post: webhookPost(102, 2) })).toMatchObject({
      status: 404,
      body: { type: '/problems/no-feed' },
    })
    expect((await app.inject({ method: 'DELETE', url: `${PATH}/${hook.id}`, headers: manager })).statusCode).toBe(404)
    for (const word of ['x', 'a'.repeat(43), '%00'])
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/hooks/${word}`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect(await events()).toHaveLength(1)
  })

  it('say that nothing can be checked when the secret of the server is another', async () => {
    const hook = await make('discourse')
    const other = await serve(db, 'another secret of this server, as long')
    const answer = await send(hook, 'post_created', { post: webhookPost(101, 1) }, { at: portOf(other) })
    await other.close()
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/lost-secret' } })
  })
})

describe('a delivery', () => {
  it('is refused unless its very bytes are signed, and never stored then', async () => {
    const hook = await make('discourse')
    const body = JSON.stringify({ post: webhookPost(101, 1) })
    const signature = signBody(hook.secret, Buffer.from(body))
    const tampered = Buffer.from(body)
    tampered[body.indexOf('seal')] = 'S'.charCodeAt(0)
    const attempts: [string | Buffer, Sending][] = [
      [tampered, { signature }],
      [`${body}\n`, { signature }],
      [body, { signature: null }],
      [body, { signature: signature.slice('sha256='.length) }],
      [body, { signature: signature.slice(0, -1) }],
      [body, { signature: `sha256=${'é'.repeat(64)}`.normalize('NFD').replaceAll('\u0301', '') }],
      [body, { secret: 'another secret' }],
      [body, { signature: signature.toUpperCase() }],
    ]
    for (const [sent, sending] of attempts) {
      const answer = await sendBytes(hook, 'post_created', sent, sending)
      expect(answer).toMatchObject({ status: 401, body: { type: '/problems/bad-signature' } })
      expect(answer.headers.get('www-authenticate')).not.toBeNull()
    }
    expect(await events()).toEqual([])
    expect(await list()).toMatchObject([
      { refused_count: attempts.length, last_refused_at: NOW.toISOString(), delivery_count: 0, last_delivery_at: null },
    ])
    // what was signed may be written with other blanks
    expect((await sendBytes(hook, 'post_created', JSON.stringify({ post: webhookPost(101, 1) }, null, 2))).status).toBe(200)
  })

  it('counts once, repeated or sent by many at once', async () => {
    const hook = await make('discourse')
    const body = { post: webhookPost(101, 1) }
    const answers = await Promise.all(Array.from({ length: 8 }, () => take(hook, 'post_created', body)))
    expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1)
    expect(answers.reduce((sum, { duplicate }) => sum + duplicate, 0)).toBe(7)
    expect(await take(hook, 'post_created', body)).toEqual(AGAIN)
    expect(await events()).toHaveLength(1)
    expect(stored).toEqual([here.community_id])
    expect(await list()).toMatchObject([
      {
        delivery_count: 9,
        accepted_count: 1,
        last_event: 'post_created',
        last_status: 200,
        last_outcome: '1 known already',
        last_delivery_at: NOW.toISOString(),
      },
    ])
  })

  it('that says nothing of ours is answered, and told to be ignored', async () => {
    const hook = await make('discourse')
    const ignored = async (event: string, body: object) => (await take(hook, event, body)).ignored
    expect(await ignored('ping', { ping: 'OK' })).toBe('ping')
    expect(await ignored('notification_created', { notification: {} })).toBe('notification_created')
    expect(await ignored('user_added_to_group', { group_user: { user_id: 41 } })).toBe('user_added_to_group')
    expect(await ignored('post_created', { post: webhookPost(1, 1, { post_type: 4 }) })).toBe('whisper')
    expect(await ignored('post_created', { post: webhookPost(1, 1, { topic_archetype: 'private_message' }) })).toBe('private message')
    expect(await ignored('', { post: webhookPost(1, 1) })).toBe('delivery without X-Discourse-Event')
    expect(await events()).toEqual([])
    expect(await list()).toMatchObject([
      { delivery_count: 6, ignored_count: 6, accepted_count: 0, last_outcome: 'not read (delivery without X-Discourse-Event)' },
    ])
  })

  it('that cannot be read says why, and is noted', async () => {
    const hook = await make('discourse')
    for (const body of ['{"post":', '[]', '', Buffer.from([0xff, 0xfe, 0x7b])])
      expect((await sendBytes(hook, 'post_created', body)).status).toBe(400)
    expect(await send(hook, 'post_created', {})).toMatchObject({ status: 422, body: { detail: expect.stringContaining('no post') } })
    expect(await send(hook, 'post_created', { post: webhookPost(1, 1, { created_at: '2030-01-01T00:00:00Z' }) })).toMatchObject({
      status: 422,
      body: { problems: [{ code: 'in_the_future' }] },
    })
    expect((await list())[0]).toMatchObject({ last_status: 422, delivery_count: 6, last_outcome: expect.stringContaining('occurred_at') })
    expect((await sendBytes(hook, 'post_created', Buffer.alloc(MAX_DELIVERY_BYTES + 1, ' '))).status).toBe(413)
    // Discourse sends JSON also where it is told to send a form
    expect(
      (await sendBytes(hook, 'post_created', JSON.stringify({ post: webhookPost(1, 1) }), { type: 'application/x-www-form-urlencoded' }))
        .status,
    ).toBe(200)
  })

  it('is asked for again when the database fails, and then stored', async () => {
    const hook = await make('discourse')
    const failing = {
      ...db,
      pool: new Proxy(db.pool, {
        get: (pool, name) => {
          if (name === 'connect') return () => Promise.reject(Object.assign(new Error('connection lost'), { code: 'XX000' }))
          const value = Reflect.get(pool, name) as unknown
          return typeof value === 'function' ? value.bind(pool) : value
        },
      }),
    }
    const broken = await serve(failing, SECRET_KEY)
    const body = { post: webhookPost(101, 1) }
    const answer = await send(hook, 'post_created', body, { at: portOf(broken) })
    await broken.close()
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).not.toBeNull()
    expect(await events()).toEqual([])
    expect(await take(hook, 'post_created', body)).toEqual(ONE)
  })
})

describe('a feed of Discourse', () => {
  const opener = webhookPost(101, 1)
  const answer = webhookPost(102, 2, { reply_to_post_number: 1 })
  const thanks = webhookPost(105, 3, { reply_to_post_number: 2 })

  it('agrees with the archive imported later: nothing is double or contradicts', async () => {
    const hook = await make('discourse')
    for (const post of [opener, answer, thanks]) expect(await take(hook, 'post_created', { post })).toEqual(ONE)
    expect(await take(hook, 'accepted_solution', { solved: { ...answer, accepted_answer: true } })).toEqual(ONE)
    expect(
      await take(hook, 'user_created', {
        user: { id: 41, username: 'ana', name: 'Ana', email: 'ana@example.org', created_at: '2026-02-03T04:05:06.789Z', trust_level: 0 },
      }),
    ).toEqual(ONE)
    expect(await events()).toMatchObject([
      { id: 'accept-7-102', type: 'answer.accepted', target: 'post-102' },
      { id: 'join-41', type: 'member.joined', person: '41' },
      { id: 'post-101', type: 'question.asked', target: null, person: '41' },
      { id: 'post-102', type: 'reply.posted', target: 'post-101', person: '42' },
      { id: 'post-105', type: 'reply.posted', target: 'post-102', person: '41' },
    ])
    const archive = {
      't/7.json': archivedTopic([opener, { ...answer, accepted_answer: true }, thanks]),
      'site.json': archivedSite,
      'user-list.csv':
        'id,name,username,email,title,created_at,last_seen_at,trust_level\n41,Ana,ana,ana@example.org,,2026-02-03 04:05:06 UTC,,1\n',
    }
    const { counts, rejections } = await importFiles(discourse, archive)
    expect({ ...counts, rejections }).toMatchObject({ accepted: 0, duplicate: 5, conflict: 0, rejected: 0, rejections: [] })
  })

  it('agrees with the archive imported before, and tells what that could not', async () => {
    const { counts } = await importFiles(discourse, { 't/7.json': archivedTopic([opener, answer]), 'site.json': archivedSite })
    expect(counts).toMatchObject({ accepted: 2, conflict: 0 })
    const hook = await make('discourse')
    for (const post of [opener, answer]) expect(await take(hook, 'post_created', { post })).toEqual(AGAIN)
    expect(await take(hook, 'post_created', { post: thanks })).toEqual(ONE)
    expect((await events()).find(({ id }) => id === 'post-105')?.target).toBe('post-102')
    const links = await db.pool.query('select url from event where community_id = $1 and url is not null', [here.community_id])
    expect(links.rows).toEqual([{ url: 'https://forum.example.org/talk/t/7/3' }])
    expect(await take(hook, 'user_destroyed', { user: { id: 42, username: 'ben' } })).toEqual(ONE)
    const { rows } = await db.pool.query('select tells from source where community_id = $1', [here.community_id])
    expect(rows).toEqual([{ tells: ['accepted_answers', 'contributions', 'leaves', 'questions'] }])
  })

  it('renews a post that is edited, takes back one that is deleted, and brings it again', async () => {
    const hook = await make('discourse')
    await take(hook, 'post_created', { post: opener })
    expect(await take(hook, 'post_edited', { post: { ...opener, cooked: '<p>Release notes.</p>' } })).toEqual(ONE)
    // the first version, late or repeated, is known by now
    expect(await take(hook, 'post_created', { post: opener })).toEqual({ accepted: 0, duplicate: 0, conflict: 1, ignored: null })
    const deleted = { post: { ...opener, deleted_at: '2026-03-09T00:00:00.000Z' } }
    expect(await take(hook, 'post_destroyed', deleted)).toEqual(ONE)
    expect(await take(hook, 'post_destroyed', deleted)).toEqual(AGAIN)
    const taken = async () => (await events()).find(({ id }) => id === 'delete-post-101')
    expect(await taken()).toMatchObject({ type: 'content.deleted', target: 'post-101', at: new Date('2026-03-09T00:00:00.000Z') })
    await take(hook, 'post_recovered', { post: opener })
    expect((await taken())?.target).toBe('delete-post-101')
    await take(hook, 'post_destroyed', deleted)
    expect((await taken())?.target).toBe('post-101')
    // nothing to undo
    expect(await take(hook, 'post_recovered', { post: answer })).toEqual(ONE)
    expect((await events()).map(({ id }) => id)).not.toContain('delete-post-102')
  })

  it('follows an answer that is accepted, not any longer, and again', async () => {
    const hook = await make('discourse')
    for (const post of [opener, answer]) await take(hook, 'post_created', { post })
    const solved = { solved: answer }
    const standing = async () => {
      const decisions = (await events()).filter(({ type }) => type.startsWith('answer.')).sort((a, b) => a.at.getTime() - b.at.getTime())
      return decisions.at(-1)?.type
    }
    expect(await take(hook, 'accepted_solution', solved)).toEqual(ONE)
    expect(await take(hook, 'accepted_solution', solved)).toEqual(AGAIN)
    expect(await standing()).toBe('answer.accepted')
    expect(await take(hook, 'unaccepted_solution', solved)).toEqual(ONE)
    now = new Date('2026-04-01T12:05:00Z')
    expect(await take(hook, 'unaccepted_solution', solved)).toEqual(AGAIN)
    expect(await standing()).toBe('answer.unaccepted')
    await take(hook, 'solved_accepted_solution', solved)
    expect(await standing()).toBe('answer.accepted')
    await take(hook, 'unaccepted_solution', solved)
    expect(await standing()).toBe('answer.unaccepted')
  })

  it('takes a topic for a question from when an answer in it is accepted, whatever its text was taken for', async () => {
    const hook = await make('discourse')
    const article = { ...opener, cooked: '<p>The seal leaks. It is the hot oil.</p>', topic_title: 'Leaking' }
    const typeOf = async () => (await events()).find(({ id }) => id === 'post-101')?.type
    await take(hook, 'post_created', { post: article })
    await take(hook, 'post_created', { post: answer })
    expect(await typeOf()).toBe('post.published')
    await db.pool.query('delete from stale_day where community_id = $1', [here.community_id])
    await take(hook, 'accepted_solution', { solved: answer })
    expect(await typeOf()).toBe('question.asked')
    const { rows } = await db.pool.query(
      'select day_on::text, received_at from stale_day where community_id = $1 and received_at is null',
      [here.community_id],
    )
    expect(rows).toEqual([{ day_on: '2026-03-01', received_at: null }])
    // it stays the same post, and stays a question when it is edited
    expect(await take(hook, 'post_created', { post: article })).toEqual(AGAIN)
    await take(hook, 'post_edited', { post: { ...article, cooked: '<p>The seal leaks.</p>' } })
    expect(await typeOf()).toBe('question.asked')
  })

  it('tells who joined, left, was renamed, and who liked what', async () => {
    const hook = await make('discourse')
    await take(hook, 'post_created', { post: opener })
    const user = { id: 43, username: 'cara', name: '', created_at: '2026-03-01T00:00:00.000Z', trust_level: 0 }
    expect(await take(hook, 'user_created', { user })).toEqual(ONE)
    expect(await take(hook, 'user_approved', { user })).toEqual(AGAIN)
    now = new Date('2026-04-01T13:00:00Z')
    expect(await take(hook, 'user_updated', { user: { ...user, name: 'Cara' } })).toMatchObject({
      accepted: 0,
      ignored: expect.stringContaining('name'),
    })
    const like = { like: { post: opener, user: { id: 43, username: 'cara', name: 'Cara' } } }
    expect(await take(hook, 'post_liked', like)).toEqual(ONE)
    expect(await take(hook, 'like_created', like)).toEqual(AGAIN)
    expect(await take(hook, 'user_destroyed', { user })).toEqual(ONE)
    now = new Date('2026-04-02T00:00:00Z')
    expect(await take(hook, 'user_destroyed', { user })).toEqual(AGAIN)
    expect(await events()).toMatchObject([
      { id: 'join-43', type: 'member.joined', at: new Date('2026-03-01T00:00:00Z') },
      { id: 'leave-43', type: 'member.left', at: new Date('2026-04-01T13:00:00Z') },
      { id: 'like-101-43', type: 'reaction.added', target: 'post-101', at: new Date(opener.created_at), person: '43' },
      { id: 'post-101' },
    ])
    const { rows } = await db.pool.query(`select display_name from identity where community_id = $1 and source_actor_id = '43'`, [
      here.community_id,
    ])
    expect(rows).toEqual([{ display_name: 'Cara' }])
  })
})

describe('a feed of GitHub', () => {
  it('agrees with the files of its API, imported later or before', async () => {
    const hook = await make('github')
    for (const [event, body] of GITHUB_DELIVERIES) expect(await take(hook, event, body), event).toEqual(ONE)
    const told = await events()
    expect(told).toMatchObject([
      {
        id: `accept-discussioncomment-50@${Date.parse('2026-03-05T10:00:00Z')}`,
        type: 'answer.accepted',
        target: 'discussioncomment-50',
        person: 'ana',
      },
      { id: 'acme/pumps/discussions/4', type: 'question.asked', person: 'ana' },
      { id: 'acme/pumps/issues/9', person: 'cara' },
      { id: 'discussioncomment-50', type: 'reply.posted', target: 'acme/pumps/discussions/4', person: 'ben' },
      { id: 'discussioncomment-51', type: 'reply.posted', target: 'discussioncomment-50', person: 'ana' },
      { id: 'issuecomment-77', type: 'reply.posted', person: 'dependabot[bot]' },
    ])
    const later = await importFiles(github, GITHUB_ARCHIVE)
    expect({ ...later.counts, rejections: later.rejections }).toMatchObject({ accepted: 0, duplicate: 6, conflict: 0, rejections: [] })
    await db.pool.query('delete from event where community_id = $1', [here.community_id])
    expect((await importFiles(github, GITHUB_ARCHIVE)).counts).toMatchObject({ accepted: 6, conflict: 0 })
    for (const [event, body] of GITHUB_DELIVERIES) expect(await take(hook, event, body), event).toEqual(AGAIN)
  })

  it('takes back what is deleted or no longer the answer, once however often it is told', async () => {
    const hook = await make('github')
    for (const [event, body] of GITHUB_DELIVERIES) await take(hook, event, body)
    for (const answer of [ONE, AGAIN]) {
      expect(await take(hook, 'discussion', GITHUB_UNANSWERED)).toEqual(answer)
      expect(await take(hook, 'discussion_comment', GITHUB_COMMENT_DELETED)).toEqual(answer)
      now = new Date(now.getTime() + 60_000)
    }
    const taken = (await events()).filter(({ type }) => type === 'answer.unaccepted' || type === 'content.deleted')
    expect(taken).toMatchObject([
      { type: 'content.deleted', target: 'discussioncomment-51', at: NOW },
      { type: 'answer.unaccepted', target: 'discussioncomment-50', at: new Date('2026-03-06T10:00:00Z') },
    ])
  })

  it('reads a form as well, signed as it came, and ignores what else happens in a repository', async () => {
    const hook = await make('github')
    const [event, body] = GITHUB_DELIVERIES[0] as (typeof GITHUB_DELIVERIES)[number]
    const form = new URLSearchParams({ payload: JSON.stringify(body) }).toString()
    expect(await sendBytes(hook, event, form, { type: 'application/x-www-form-urlencoded' })).toMatchObject({ status: 200, body: ONE })
    expect(await take(hook, 'ping', { zen: 'Keep it logically awesome.', hook_id: 1 })).toMatchObject({ ignored: 'ping' })
    expect(await take(hook, 'push', { commits: [] })).toMatchObject({ ignored: 'push' })
    expect(await take(hook, 'issues', { action: 'labeled', issue: {} })).toMatchObject({ ignored: 'issues labeled' })
    expect(await take(hook, 'discussion', { action: 'locked', discussion: {} })).toMatchObject({ ignored: 'discussion locked' })
    expect((await send(hook, 'discussion', { action: 'created', discussion: { title: 'x' } })).status).toBe(422)
  })
})
