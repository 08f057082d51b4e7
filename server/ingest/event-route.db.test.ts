import { gzipSync } from 'node:zlib'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudEvent, HTTP } from 'cloudevents'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCommunity, serveEvents } from '../../e2e/event-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { ingestAnswerSchema, MAX_BATCH_BYTES, MAX_EVENT_BYTES } from '../../shared/contract/event.ts'
import { problemSchema } from '../../shared/contract/problem.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: FastifyInstance
let url: string
let communityId: string
let spoolDirectory: string
const appended: number[] = []

beforeAll(async () => {
  db = await createTestDatabase()
  communityId = await createCommunity(db)
  spoolDirectory = await mkdtemp(join(tmpdir(), 'barnraise-spool-test-'))
  const server = await serveEvents(db, { communityId, spoolDirectory, onAppended: (_, count) => void appended.push(count) })
  app = server.app
  url = server.url
})
afterAll(async () => {
  await app.close()
  await db.close()
  await rm(spoolDirectory, { recursive: true })
})
beforeEach(async () => {
  appended.length = 0
  for (const table of ['event', 'identity', 'source', 'stale_day'])
    await db.pool.query(`delete from ${table} where community_id = $1`, [communityId])
})

const event = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  source: 'slack',
  type: 'question.asked',
  occurred_at: '2026-01-31T09:00:00Z',
  actor: { id: 'u1', name: 'Ana' },
  text: 'How do I prime the pump?',
  ...more,
})
const send = async (
  body: string | Buffer,
  type = 'application/json',
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
) => {
  const response = await fetch(url + query, { method: 'POST', body: body as BodyInit, headers: { 'content-type': type, ...headers } })
  return { status: response.status, headers: response.headers, body: await response.json() }
}
const sendBatch = (events: unknown[], query = '') => send(JSON.stringify({ events }), 'application/json', { query })
const sendLines = (lines: unknown[], query = '') =>
  send(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'), 'application/x-ndjson', { query })
const storedIds = async () =>
  (
    await db.pool.query<{ id: string }>('select source_event_id as id from event where community_id = $1 order by 1', [communityId])
  ).rows.map((row) => row.id)

describe('a JSON batch', () => {
  it('is stored, and a repeat is recognised', async () => {
    const first = await sendBatch([event('1'), event('2')])
    expect(first).toMatchObject({ status: 200, body: { accepted: 2, duplicate: 0, conflict: 0, rejected: 0, dry_run: false, events: [] } })
    ingestAnswerSchema.parse(first.body)
    // the same said otherwise: other order of members, null for absent, another offset
    const again = { channel: null, properties: {}, ...event('1', { occurred_at: '2026-01-31T10:00:00+01:00' }) }
    expect(await sendBatch([again, event('2')])).toMatchObject({ status: 200, body: { accepted: 0, duplicate: 2 } })
    expect(await storedIds()).toEqual(['1', '2'])
    expect(appended).toEqual([2])
  })

  it('with some bad events stores the good ones and says 207 with place and reason', async () => {
    const { status, body } = await sendBatch([
      event('1'),
      event('2', { actor: { id: 'u1', name: 'x'.repeat(32 * 1024) } }),
      event('3', { occurred_at: '2026-01-31T09:00:00' }),
    ])
    expect(status).toBe(207)
    expect(ingestAnswerSchema.parse(body)).toMatchObject({
      accepted: 1,
      rejected: 2,
      events: [
        { index: 1, id: '2', pointer: '/actor/name', code: 'too_long' },
        { index: 2, id: '3', pointer: '/occurred_at', code: 'missing_offset' },
      ],
    })
    expect(await storedIds()).toEqual(['1'])
  })

  it('with only bad events is a 422 problem that lists them', async () => {
    const { status, headers, body } = await sendBatch([event('1', { type: 'shouted' }), 7])
    expect(status).toBe(422)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(problemSchema.parse(body)).toMatchObject({ type: '/problems/all-rejected', status: 422, accepted: 0, rejected: 2 })
    expect(ingestAnswerSchema.parse(body).events.map((e) => e.code)).toEqual(['invalid_value', 'invalid_type'])
    expect(await storedIds()).toEqual([])
  })

  it('that contradicts what is stored is a 409, or replaces it when asked to', async () => {
    await sendBatch([event('1')])
    const other = event('1', { channel: 'valves', occurred_at: '2026-03-01T09:00:00Z' })
    const { status, body } = await sendBatch([other])
    expect(status).toBe(409)
    expect(body).toMatchObject({
      type: '/problems/all-conflict',
      conflict: 1,
      events: [{ index: 0, id: '1', pointer: '', code: 'conflict' }],
    })
    expect(await sendBatch([other, event('2')])).toMatchObject({ status: 207, body: { accepted: 1, conflict: 1 } })
    expect(await sendBatch([other], '?on_conflict=replace')).toMatchObject({ status: 200, body: { accepted: 1, conflict: 0 } })
    const { rows } = await db.pool.query("select channel from event where community_id = $1 and source_event_id = '1'", [communityId])
    expect(rows).toEqual([{ channel: 'valves' }])
  })

  it('as a dry run is judged and not stored', async () => {
    await sendBatch([event('1')])
    const { status, body } = await sendBatch(
      [event('1'), event('2'), event('2', { channel: 'x' }), event('3', { id: '' })],
      '?dry_run=true',
    )
    expect({ status, body }).toMatchObject({ status: 207, body: { accepted: 1, duplicate: 1, conflict: 1, rejected: 1, dry_run: true } })
    expect(await storedIds()).toEqual(['1'])
    expect(appended).toEqual([1])
  })

  it('keeps names as they are, whatever they are', async () => {
    const names = ['<script>alert(1)</script>', 'مريم', '👩‍🔧', "O'Brien; drop table event", '‮gnp.exe', 'tab\tnew\nline\\N', '\\.']
    await sendBatch(names.map((name, i) => event(`${i}`, { actor: { id: `u${i}`, name }, channel: name })))
    const { rows } = await db.pool.query(
      'select i.display_name, e.channel from event e join identity i using (community_id, identity_key) where community_id = $1 order by e.source_event_id',
      [communityId],
    )
    expect(rows).toEqual(names.map((name) => ({ display_name: name, channel: name })))
  })

  it.each([
    ['no JSON', '{"events":[', 400],
    ['an array', '[]', 400],
    ['no events', '{}', 400],
    ['something beside events', '{"events":[],"dry_run":true}', 400],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400],
    ['nothing', '', 400],
    ['too many events', JSON.stringify({ events: Array.from({ length: 1001 }, () => ({})) }), 413],
    ['too many bytes', JSON.stringify({ events: [event('1', { text: 'x'.repeat(MAX_BATCH_BYTES) })] }), 413],
    ['too many bytes, zipped', gzipSync(JSON.stringify({ events: [], x: ' '.repeat(50 * MAX_BATCH_BYTES) })), 413],
  ])('of %s is refused with a problem', async (_, body, status) => {
    const answer = await send(body, 'application/json', {
      headers: body instanceof Buffer && body[0] === 0x1f ? { 'content-encoding': 'gzip' } : {},
    })
    expect(answer.status).toBe(status)
    expect(problemSchema.parse(answer.body)).toMatchObject({ status })
    expect(await storedIds()).toEqual([])
  })

  it('with an event nested without end refuses that one', async () => {
    const bottomless = `${'['.repeat(300_000)}${']'.repeat(300_000)}`
    const { status, body } = await send(
      `{"events":[${JSON.stringify(event('1')).replace(/}$/, `,"properties":{"a":${bottomless}}}`)},${JSON.stringify(event('2'))}]}`,
    )
    expect({ status, body }).toMatchObject({ status: 207, body: { accepted: 1, rejected: 1, events: [{ index: 0, code: 'too_large' }] } })
  })

  it('of no events is well', async () => {
    expect(await sendBatch([])).toMatchObject({ status: 200, body: { accepted: 0, events: [] } })
  })
})

describe('what the request says', () => {
  it.each(['?dry_run=maybe', '?on_conflict=ignore', '?dryrun=true', '?dry_run=true&dry_run=false'])(
    '%s is refused and nothing is stored',
    async (query) => {
      const { status, body } = await sendBatch([event('1')], query)
      expect({ status, type: problemSchema.parse(body).type }).toEqual({ status: 400, type: '/problems/invalid-query' })
      expect(await storedIds()).toEqual([])
    },
  )

  it.each(['text/plain', 'application/xml', 'application/json; charset=iso-8859-1', ''])(
    'content type "%s" is a 415 that names the accepted ones',
    async (type) => {
      const { status, body } = await send(Buffer.from(JSON.stringify({ events: [event('1')] })), type)
      expect(status).toBe(415)
      expect(body.accepted).toEqual(['application/json', 'application/x-ndjson', 'application/cloudevents-batch+json'])
    },
  )

  it('an encoding other than gzip is a 415 that says so', async () => {
    const { status, headers } = await send('x', 'application/json', { headers: { 'content-encoding': 'br' } })
    expect({ status, accepts: headers.get('accept-encoding') }).toEqual({ status: 415, accepts: 'gzip' })
  })
})

describe('a stream of lines', () => {
  it('takes a byte order mark, \\r\\n, blank lines and a missing last line break', async () => {
    const body = `\uFEFF${JSON.stringify(event('1'))}\r\n\r\n  \n${JSON.stringify(event('2'))}\n\n{"id":\n${JSON.stringify(event('3'))}`
    const answer = await send(body, 'application/x-ndjson')
    expect(answer).toMatchObject({
      status: 207,
      body: { accepted: 3, rejected: 1, events: [{ index: 5, id: null, pointer: '', code: 'malformed_json' }] },
    })
    expect(await storedIds()).toEqual(['1', '2', '3'])
  })

  it('refuses a line that is too long or no UTF-8, and goes on', async () => {
    const long = JSON.stringify(event('long', { text: 'x'.repeat(MAX_EVENT_BYTES) }))
    const body = Buffer.concat([
      Buffer.from(`${long}\n`),
      Buffer.from([0x22, 0xc3, 0x28, 0x22, 0x0a]),
      Buffer.from(JSON.stringify(event('1'))),
    ])
    const answer = await send(body, 'application/x-ndjson')
    expect(answer.body).toMatchObject({
      accepted: 1,
      rejected: 2,
      events: [
        { index: 0, code: 'too_large' },
        { index: 1, code: 'not_unicode' },
      ],
    })
  })

  it('zipped is the same as plain, in one gzip member or several', async () => {
    const lines = [1, 2, 3, 4].map((n) => `${JSON.stringify(event(`${n}`))}\n`)
    const body = Buffer.concat([gzipSync(lines.slice(0, 2).join('')), gzipSync(lines.slice(2).join(''))])
    expect(await send(body, 'application/x-ndjson', { headers: { 'content-encoding': 'gzip' } })).toMatchObject({
      status: 200,
      body: { accepted: 4 },
    })
  })

  it('that repeats itself far apart counts duplicates and conflicts like a batch', async () => {
    const many = Array.from({ length: 5200 }, (_, i) => event(`${i}`))
    const { body } = await sendLines([...many, event('3'), event('4', { channel: 'other' })])
    expect(body).toMatchObject({ accepted: 5200, duplicate: 1, conflict: 1, events: [{ index: 5201, id: '4', code: 'conflict' }] })
    expect(appended).toEqual([5000, 200])
  })

  it('with a long list of refusals lists every one, in order, and leaves no file behind', async () => {
    const { status, body } = await sendLines(Array.from({ length: 12_000 }, (_, i) => (i % 2 ? event(`${i}`) : { id: `${i}` })))
    expect(status).toBe(207)
    const answer = ingestAnswerSchema.parse(body)
    expect(answer).toMatchObject({ accepted: 6000, rejected: 6000 })
    // each bad line lacks three fields
    expect(answer.events.map((e) => e.index)).toEqual(Array.from({ length: 18_000 }, (_, i) => Math.floor(i / 3) * 2))
    expect(await readdir(spoolDirectory)).toEqual([])
  })

  it.each([
    ['cut short', (zipped: Buffer) => zipped.subarray(0, -200)],
    ['damaged in the middle', (zipped: Buffer) => Buffer.concat([zipped.subarray(0, zipped.length - 500), Buffer.alloc(500, 7)])],
    ['followed by something else', (zipped: Buffer) => Buffer.concat([zipped, Buffer.from('{}')])],
    ['not zipped at all', () => Buffer.from(JSON.stringify(event('1')))],
  ])('in gzip %s says what is stored; sent again whole, nothing is lost or doubled', async (_, breakIt) => {
    const lines = Buffer.from(
      Array.from({ length: 12_000 }, (_, i) => `${JSON.stringify(event(`${i}`, { text: `${Math.sin(i)}`.repeat(3) }))}\n`).join(''),
    )
    const zipped = gzipSync(lines)
    const headers = { 'content-encoding': 'gzip' }
    const broken = await send(breakIt(zipped), 'application/x-ndjson', { headers })
    expect(broken).toMatchObject({ status: 400, body: { type: '/problems/broken-gzip' } })
    expect(broken.body.detail).toContain(`${broken.body.accepted} of its events are stored`)
    expect(await storedIds()).toHaveLength(broken.body.accepted)
    const whole = await send(zipped, 'application/x-ndjson', { headers })
    expect(whole).toMatchObject({ status: 200, body: { accepted: 12_000 - broken.body.accepted, duplicate: broken.body.accepted } })
  })
})

describe('CloudEvents', () => {
  const cloud = (id: string, data: object, more: object = {}) =>
    new CloudEvent({
      id,
      source: '/forum/pumps',
      type: 'question.asked',
      time: '2026-01-31T09:00:00Z',
      subject: 't1',
      data,
      ...more,
    }).toJSON()

  it('as a real sender makes them are stored as their fields say', async () => {
    const batch = [
      cloud('1', { actor: { id: 'u1', name: 'Ana' }, channel: 'pumps' }),
      cloud('2', { actor: { id: 'u2' }, in_reply_to: '1' }, { type: 'answer.posted' }),
    ]
    expect(HTTP.structured(new CloudEvent({ id: 'x', source: '/s', type: 't' })).headers['content-type']).toContain(
      'application/cloudevents',
    )
    expect(await send(JSON.stringify(batch), 'application/cloudevents-batch+json; charset=utf-8')).toMatchObject({
      status: 200,
      body: { accepted: 2 },
    })
    const { rows } = await db.pool.query(
      `select e.source, e.type, e.channel, e.thread_key = (select thread_key from event where community_id = $1 and source_event_id = '1') as same_thread
       from event e where community_id = $1 and source_event_id = '2'`,
      [communityId],
    )
    expect(rows).toEqual([{ source: '/forum/pumps', type: 'answer.posted', channel: null, same_thread: true }])
  })

  it('with something wrong say where, in the CloudEvent as sent', async () => {
    const batch = [
      { ...cloud('1', {}), time: '2026-01-31T09:00:00' },
      { ...cloud('2', { actor: { name: 'Ana' } }), specversion: '0.3' },
      { ...cloud('3', { id: '4' }), subject: '' },
      { ...cloud('5', {}), data: 'text' },
    ]
    const { status, body } = await send(JSON.stringify(batch), 'application/cloudevents-batch+json')
    expect(status).toBe(422)
    expect(body.events.map((e: { index: number; pointer: string }) => [e.index, e.pointer])).toEqual([
      [0, '/time'],
      [1, '/specversion'],
      [1, '/data/actor/id'],
      [2, '/data/id'],
      [2, '/subject'],
      [3, '/data'],
    ])
  })
})
