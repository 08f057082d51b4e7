import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { MadeWebhook } from '../../shared/contract/webhook.ts'
import { openSecret } from '../store/seal-secret.ts'
import { createCommunity } from '../store/communities.ts'

const MAIN = join(import.meta.dirname, 'main.ts')
let db: Awaited<ReturnType<typeof createTestDatabase>>
let folder: string

beforeAll(async () => {
  db = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'barnraise-cli-'))
})
afterAll(async () => {
  await db.close()
  await rm(folder, { recursive: true, force: true })
})

const start = (args: string[]): ChildProcess =>
  spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: inject('compiledFolder'), DATABASE_URL: db.url, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** Runs a command as an operator would, in a process of its own. */
const run = async (...args: string[]) => {
  const child = start(args)
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => (stdout += chunk))
  child.stderr?.on('data', (chunk) => (stderr += chunk))
  const [code] = await once(child, 'close')
  return { code: code as number, stdout, stderr, json: () => JSON.parse(stdout) as Record<string, never> }
}
const fileOf = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const eventCount = async (slug: string) =>
  (
    await db.pool.query<{ count: number }>(
      'select count(*) as count from event e join community c on c.community_id = e.community_id where c.slug = $1',
      [slug],
    )
  ).rows[0]?.count ?? 0
const makeCommunity = (slug: string) => run('community', 'create', slug, '--name', `The ${slug}`, '--time-zone', 'Europe/Berlin')

describe('the operator’s commands', () => {
  it('make, list and delete a community', async () => {
    const made = await run('community', 'create', 'pumps', '--name', 'Pumps 🔧', '--time-zone', 'Europe/Berlin', '--json')
    expect(made.code).toBe(0)
    expect(made.json()).toMatchObject({ slug: 'pumps', name: 'Pumps 🔧', time_zone: 'Europe/Berlin' })
    expect((await run('community', 'list', '--json')).json()).toMatchObject({ communities: [{ slug: 'pumps' }] })
    expect(await makeCommunity('pumps')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('choose another slug') })
    expect(await run('community', 'delete', 'pumps')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect((await run('community', 'delete', 'pumps', '--yes')).code).toBe(0)
    expect((await run('community', 'list')).stdout).toContain('no communities')
  })

  it('make, list and delete a live feed, whose secret the server can open', async () => {
    await createCommunity(db, { slug: 'feeds', name: 'Feeds', time_zone: 'UTC', now: new Date() })
    const made = (await run('webhook', 'create', 'feeds', 'github', '--name', 'Our code', '--json')).json() as unknown as MadeWebhook
    expect(made).toMatchObject({ kind: 'github', source: 'github', name: 'Our code' })
    const { rows } = await db.pool.query<{ webhook_id: string; sealed_secret: Buffer }>(
      'select w.webhook_id, w.sealed_secret from webhook w join community c on c.community_id = w.community_id where c.slug = $1',
      ['feeds'],
    )
    const secretKey = (await readFile(join(folder, 'secret-key'), 'utf8')).trim()
    expect(rows.map((row) => openSecret(secretKey, row.webhook_id, row.sealed_secret))).toEqual([made.secret])
    const listed = await run('webhook', 'list', 'feeds')
    expect(listed.stdout).toMatch(new RegExp(`${made.id}.*Our code.*nothing came yet`))
    expect(listed.stdout).not.toContain(made.secret)
    expect((await run('webhook', 'delete', 'feeds', made.id)).code).toBe(0)
    expect((await db.pool.query('select from webhook where webhook_id = $1', [made.id])).rowCount).toBe(0)
  })

  it('say what is wrong, with exit code 2 for what they do not understand', async () => {
    expect(await run('community', 'create', 'Pumps!', '--name', 'x', '--time-zone', 'UTC')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('lower-case letters'),
    })
    expect(await run('community', 'create', 'pumps', '--name', 'x', '--time-zone', 'Berlin')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Europe/Berlin'),
    })
    expect(await run('community', 'create', 'pumps')).toMatchObject({ code: 2, stderr: expect.stringContaining('--name') })
    expect((await run('frobnicate')).code).toBe(2)
    expect(await run('import', 'nowhere.csv', '--community', 'none')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('community create none'),
    })
    expect(await run('generate', 'village')).toMatchObject({ code: 2, stderr: expect.stringContaining('teaching_platform') })
    for (const command of [
      [],
      ['community'],
      ['community', 'create'],
      ['key'],
      ['facilitator'],
      ['import'],
      ['generate'],
      ['demo'],
      ['rebuild'],
      ['sign-in-link'],
    ])
      expect(await run(...command, '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage:') })
  })

  it('make a key that opens the door, list it without itself, and revoke it', async () => {
    await makeCommunity('keys')
    const made = await run('key', 'create', 'keys', '--scope', 'ingest,read', '--json')
    const { key, id } = made.json() as unknown as { key: string; id: string }
    expect(made.stdout.trim().split('\n')).toHaveLength(1)
    expect(key.length).toBeGreaterThan(40)
    const listed = await run('key', 'list', 'keys', '--json')
    expect(listed.json()).toMatchObject({ keys: [{ id, scopes: ['ingest', 'read'] }] })
    expect(listed.stdout).not.toContain(key)
    expect(await run('key', 'create', 'keys', '--scope', 'everything')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('ingest, read'),
    })
    expect((await run('key', 'revoke', 'keys', id)).code).toBe(0)
    expect((await run('key', 'revoke', 'keys', id)).code).toBe(1)
  })

  it('say who facilitates, and count answers by others from then on', { timeout: 120_000 }, async () => {
    await makeCommunity('guild')
    const rows = Array.from(
      { length: 12 },
      (_, i) =>
        `q${i},question,2024-01-0${1 + (i % 9)}T10:00:00Z,ana,t${i}\na${i},answer,2024-01-0${1 + (i % 9)}T11:00:00Z,${i < 9 ? 'fay:1' : 'ben'},t${i}`,
    )
    const path = await fileOf(
      'guild.csv',
      `id,type,occurred_at,actor_id,thread_id\n${rows.join('\n')}\nz,post,2024-02-20T10:00:00Z,ana,z\n`,
    )
    expect((await run('import', path, '--community', 'guild', '--source', 'forum', '--json')).json()).toMatchObject({ accepted: 25 })
    const share = async () =>
      (
        await db.pool.query<{ point: unknown[] }>(
          `select r.points -> 'answered-by-peers-share' as point
           from period_result r join community c on c.community_id = r.community_id
           where c.slug = 'guild' and r.grain = 'month' and r.from_on = '2024-01-01'`,
        )
      ).rows[0]?.point
    expect((await share())?.[6]).toBe('not_available')

    const added = await run('facilitator', 'add', 'guild', 'forum:fay:1', '--json')
    expect(added).toMatchObject({ code: 0 })
    expect(added.json()).toMatchObject({ source: 'forum', actor_id: 'fay:1' })
    expect((await share())?.slice(0, 3)).toEqual([0.25, 3, 12])
    expect((await run('facilitator', 'list', 'guild')).stdout).toContain('forum:fay:1')

    expect(await run('facilitator', 'add', 'guild', 'fay')).toMatchObject({ code: 2, stderr: expect.stringContaining('forum:ana') })
    expect(await run('facilitator', 'remove', 'guild', 'forum:fay:1')).toMatchObject({ code: 0 })
    expect((await share())?.[6]).toBe('not_available')
  })

  it('declare what a community is meant to be and set by which thresholds it is judged: its history follows', async () => {
    await createCommunity(db, { slug: 'club', name: 'The club', time_zone: 'UTC', now: new Date() })
    const rows = Array.from({ length: 12 }, (_, i) => `q${i},question.asked,2024-0${1 + (i % 9)}-05T09:00:00Z,ana,q${i}`)
    const path = await fileOf('club.csv', ['id,type,occurred_at,actor.id,thread_id', ...rows].join('\n'))
    await run('import', path, '--community', 'club', '--source', 'forum')
    const own = async () =>
      (
        await db.pool.query<{ own: { id: string; value: number }[] }>(
          `select v.verdict -> 'own_thresholds' as own from verdict_result v join community c on c.community_id = v.community_id where c.slug = 'club'`,
        )
      ).rows.map((row) => row.own.map(({ id, value }) => `${id} ${value}`).join())
    expect(new Set(await own())).toEqual(new Set(['']))

    expect((await run('threshold', 'set', 'club', 'community_helpers', '4', '--json')).json()).toMatchObject({ value: 4, default_value: 5 })
    expect(new Set(await own())).toEqual(new Set(['community_helpers 4']))
    expect(await run('threshold', 'set', 'club', 'blog_help', '21')).toMatchObject({ code: 2, stderr: expect.stringContaining('at most') })
    expect((await run('threshold', 'reset', 'club', '--json')).json()).toEqual({ reset: 1 })
    expect(new Set(await own())).toEqual(new Set(['']))

    expect((await run('charter', 'set', 'club', '--purpose', 'newsletter', '--note', ' News ', '--json')).json()).toMatchObject({
      purpose: 'newsletter',
      note: 'News',
    })
    expect((await run('charter', 'show', 'club')).stdout).toBe('club is meant to be a newsletter.\nNews\n')
  })

  it('say which words talk about work, and count an import by them', { timeout: 120_000 }, async () => {
    await createCommunity(db, { slug: 'ward', name: 'Ward', time_zone: 'UTC', now: new Date() })
    expect((await run('words', 'set', 'ward', 'de', 'procedure', 'Visite', 'runder Tisch', '--json')).json()).toMatchObject({
      languages: [{ language: 'de' }, { language: 'en' }],
      counts_since: expect.any(String),
    })
    expect(await run('words', 'set', 'ward', 'de', 'build', '...')).toMatchObject({ code: 2, stderr: expect.stringContaining('no letter') })
    const event = {
      id: '1',
      source: 'chat',
      type: 'reply.posted',
      occurred_at: '2026-01-31T09:00:00Z',
      text: 'Visite, runder-Tisch, agenda',
    }
    expect((await run('import', await fileOf('ward.ndjson', JSON.stringify(event)), '--community', 'ward')).code).toBe(0)
    const { rows } = await db.pool.query(
      'select e.work_words from event e join community c on c.community_id = e.community_id where c.slug = $1',
      ['ward'],
    )
    expect(rows).toEqual([{ work_words: { procedure: { Visite: 1, 'runder Tisch': 1, agenda: 1 } } }])
    const back = (await run('words', 'reset', 'ward')).stdout
    expect(back).toContain('en procedure: agenda')
    expect(back).not.toContain('Visite')
  })

  it('import a file, keep its rejected rows, and know it when it comes again', async () => {
    await makeCommunity('forum')
    const path = await fileOf(
      'events.csv',
      'id,type,occurred_at,actor_id,thread_id\nq,question,2024-01-01T10:00:00Z,ana,t\n=x,nonsense,2024-01-01T10:00:00Z,ana,t\na,answer,2024-01-01T11:00:00Z,ben,t\nf,answer,9999-01-01T11:00:00Z,ben,t\n',
    )
    const dry = await run('import', path, '--community', 'forum', '--dry-run', '--json')
    expect(dry.json()).toMatchObject({ dry_run: true, accepted: 2, rejected: 2, by_type: { 'question.asked': 1, 'answer.posted': 1 } })
    expect(await eventCount('forum')).toBe(0)

    const rejected = join(folder, 'rejected.csv')
    const first = await run('import', path, '--community', 'forum', '--source', 'our-forum', '--rejected', rejected, '--json')
    expect(first.code).toBe(3)
    expect(first.json()).toMatchObject({
      accepted: 2,
      duplicate: 0,
      rejected: 2,
      source: 'our-forum',
      rejections: [
        { position: 3, code: 'invalid_value' },
        { position: 5, code: 'in_the_future' },
      ],
    })
    expect((await readFile(rejected, 'utf8')).split('\r\n')[1]).toMatch(/^,3,\/type,invalid_value,/)
    expect((await run('import', path, '--community', 'forum', '--source', 'our-forum', '--json')).json()).toMatchObject({
      accepted: 0,
      duplicate: 2,
    })
    const { rows } = await db.pool.query(
      `select i.status, i.accepted_count, i.duplicate_count, i.rejected_count
       from import i
       join community c on c.community_id = i.community_id and c.slug = 'forum'
       order by i.started_at`,
    )
    expect(rows).toMatchObject([
      { status: 'done', accepted_count: 2, rejected_count: 2 },
      { status: 'done', duplicate_count: 2 },
    ])
    expect((await db.pool.query('select count(*) as count from import_rejection')).rows[0].count).toBe(4)
    // what is shown has been brought up to date
    expect((await db.pool.query('select count(*) as count from stale_day')).rows[0].count).toBe(0)
    expect((await run('rebuild', 'forum', '--json')).json()).toMatchObject({ community: 'forum', is_rebuild: true })
  })

  it('import several files or a folder by a mapping, preview them first, and replace what differs when asked', async () => {
    await makeCommunity('sheets')
    const files = join(folder, 'sheets')
    await mkdir(files)
    const header = 'Nr;Wann;Wer;Was\n'
    await writeFile(join(files, 'one.csv'), `${header}1;2024-01-01T10:00:00Z;ana;Beitrag\n2;2024-01-02T10:00:00Z;ben;Frage\n`)
    await writeFile(join(files, 'two.csv'), `${header}3;2024-01-03T10:00:00Z;cem;Frage\nx;never;cem;Frage\n`)
    const columns = { id: 'Nr', occurred_at: 'Wann', actor_id: 'Wer', type: 'Was' }
    const types = { Beitrag: 'post.published', Frage: 'question.asked' }
    const mapping = await fileOf('mapping.json', JSON.stringify({ kind: 'events', columns, types }))
    const order = ['--community', 'sheets', '--mapping', mapping]
    const dry = await run('import', files, ...order, '--dry-run', '--json')
    expect(dry.json()).toMatchObject({
      accepted: 3,
      preview: { member_count: 3, tells: ['contributions', 'questions'], rejections: [{ file: 'two.csv', position: 3 }] },
    })
    expect((await run('import', files, ...order, '--dry-run')).stdout).toMatch(
      /accounts +3\n[\s\S]*It tells contributions, questions, and not joins/,
    )
    expect(await eventCount('sheets')).toBe(0)
    expect((await run('import', join(files, 'one.csv'), join(files, 'two.csv'), ...order, '--json')).json()).toMatchObject({
      accepted: 3,
      rejected: 1,
    })
    const changed = await fileOf('one.csv', `${header}1;2024-01-01T10:00:00Z;ana;Frage\n`)
    expect((await run('import', changed, ...order, '--json')).json()).toMatchObject({ accepted: 0, conflict: 1 })
    expect((await run('import', changed, ...order, '--on-conflict', 'replace', '--json')).json()).toMatchObject({
      accepted: 1,
      conflict: 0,
    })
    expect(await run('import', changed, '--community', 'sheets', '--mapping', changed)).toMatchObject({ code: 2 })
    const { formats } = (await run('formats', '--json')).json() as unknown as { formats: { name: string }[] }
    expect(formats.map(({ name }) => name)).toContain('csv')
  })

  it('import a Stack Exchange dump by its own name, and keep what was read of one that is cut', async () => {
    await makeCommunity('beer')
    const bytes = await readFile(join(import.meta.dirname, '../ingest/sources/stack-exchange/beer-posts.xml'))
    const cut = await fileOf('Posts.xml.gz', gzipSync(bytes).subarray(0, 1200))
    const half = await run('import', cut, '--community', 'beer', '--json')
    expect(half).toMatchObject({ code: 1, stderr: expect.stringContaining('import it again') })
    const kept = await eventCount('beer')
    expect(kept).toBeGreaterThan(10)
    const whole = await fileOf('Posts.xml', bytes)
    expect((await run('import', whole, '--community', 'beer', '--source', 'stack-exchange', '--json')).json()).toMatchObject({
      format: 'stack-exchange',
      duplicate: kept,
      accepted: 85 - kept,
    })
    const { rows } = await db.pool.query("select tells from source where source = 'stack-exchange'")
    expect(rows[0].tells).toEqual(['accepted_answers', 'contributions', 'questions'])
  })

  it('write the same made-up community for the same seed, as a file that imports without a rejected row', async () => {
    await makeCommunity('made-up')
    const args = ['generate', 'community', '--seed', '7', '--weeks', '12', '--end', '2026-01-31T12:00:00Z']
    const [first, second] = [await run(...args), await run(...args)]
    expect(first.stdout).toBe(second.stdout)
    const path = join(folder, 'made.csv')
    const wrote = (await run(...args, '--format', 'csv', '--out', path, '--json')).json() as unknown as { events: number }
    expect(wrote.events).toBe(first.stdout.trim().split('\n').length)
    expect((await run('import', path, '--community', 'made-up', '--json')).json()).toMatchObject({
      accepted: wrote.events,
      rejected: 0,
      conflict: 0,
    })
    // the same events by the other ways in are known already
    expect((await run('import', await fileOf('made.ndjson', first.stdout), '--community', 'made-up', '--json')).json()).toMatchObject({
      duplicate: wrote.events,
    })
    expect((await run(...args, '--time-zone', 'UTC', '--community', 'made-up', '--json')).json()).toMatchObject({ duplicate: wrote.events })
  })

  it('lose no stored event when killed in the middle of an import, and need no repair', { timeout: 120_000 }, async () => {
    await makeCommunity('killed')
    const rows = Array.from({ length: 40_000 }, (_, i) => `e${i},post,2024-01-01T10:00:00Z,m${i % 500}`)
    const path = await fileOf('large.csv', `id,type,occurred_at,actor_id\n${rows.join('\n')}\n`)
    const child = start(['import', path, '--community', 'killed'])
    const closed = once(child, 'close')
    let stored = 0
    while (stored === 0 && child.exitCode === null) {
      await wait(5)
      stored = await eventCount('killed')
    }
    child.kill('SIGKILL')
    await closed
    const kept = await eventCount('killed')
    expect(kept).toBeGreaterThanOrEqual(stored)
    expect(kept % 5000).toBe(0)
    expect(kept).toBeLessThan(40_000)
    const again = await run('import', path, '--community', 'killed', '--no-refresh', '--json')
    expect(again).toMatchObject({ code: 0 })
    expect(again.json()).toMatchObject({ duplicate: kept, accepted: 40_000 - kept })
    const { rows: imports } = await db.pool.query("select status, message from import where file_name = 'large.csv' order by started_at")
    expect(imports).toMatchObject([{ status: 'failed', message: expect.stringContaining('Interrupted') }, { status: 'done' }])
  })

  it('count accounts as one person, and apart again, and move a community to another time zone', async () => {
    await makeCommunity('welders')
    const happened = (id: string, actor: string) =>
      JSON.stringify({ id, source: 'forum', type: 'post.published', occurred_at: '2025-03-03T23:30:00Z', actor: { id: actor } })
    const file = await fileOf('welders.ndjson', `${happened('1', 'ana')}\n${happened('2', 'bo')}\n`)
    expect((await run('import', file, '--community', 'welders')).code).toBe(0)
    const read = async (columns: string, table: string) =>
      (
        await db.pool.query(
          `select ${columns} from ${table} t join community c on c.community_id = t.community_id where c.slug = 'welders'`,
        )
      ).rows
    expect(await read('count(distinct person_id) as people', 'person_day')).toEqual([{ people: 2 }])

    const merged = await run('identity', 'merge', 'welders', 'forum:ana', 'forum:bo', '--json')
    expect(merged.json()).toMatchObject({ community: 'welders', accounts: [{ source: 'forum' }, { source: 'forum' }] })
    expect(await read('contribution_count', 'person_day')).toEqual([{ contribution_count: 2 }])
    expect((await run('identity', 'split', 'welders', 'forum:bo', '--json')).json()).toMatchObject({ others: [{ actor_id: 'ana' }] })
    expect(await read('count(distinct person_id) as people', 'person_day')).toEqual([{ people: 2 }])
    const unknown = await run('identity', 'merge', 'welders', 'forum:ana', 'forum:nobody')
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('forum:nobody')])

    // one address, and the word that they are different taken back
    await db.pool.query('update identity set email_key = $1', ['00000000-0000-4000-8000-000000000001'])
    expect((await db.pool.query('delete from identity_dismissal')).rowCount).toBe(1)
    const suggested = await run('identity', 'suggestions', 'welders')
    expect(suggested.stdout).toContain('Both have the same mail address.')
    expect(suggested.stdout).toContain('forum:ana')

    // half past eleven at night in London, past midnight in Berlin
    expect(await read('day_on', 'contribution_day')).toEqual([{ day_on: '2025-03-04' }])
    expect((await run('community', 'set', 'welders', '--time-zone', 'Europe/London', '--json')).json()).toMatchObject({
      time_zone: 'Europe/London',
    })
    expect(await read('day_on', 'contribution_day')).toEqual([{ day_on: '2025-03-03' }])
    expect((await run('community', 'set', 'welders', '--time-zone', 'Mars/Olympus')).code).toBe(2)
  })
})
