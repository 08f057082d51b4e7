import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import compress from '@fastify/compress'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCommunity, addKey, buildAccessApp, type TestCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { HealthReport } from '../../shared/contract/health-report.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { refreshCommunity } from '../jobs/refresh-community.ts'
import { appendEvents } from '../store/append-events.ts'
import { healthRoutes } from './health-routes.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
let app: Awaited<ReturnType<typeof buildAccessApp>>
const now = new Date('2026-03-31T12:00:00Z')

beforeAll(async () => {
  db = await createTestDatabase()
  app = await buildAccessApp({
    pool: db.pool,
    routes: async (scope) => {
      await scope.register(compress, { globalDecompression: false })
      await scope.register(healthRoutes({ pool: db.pool, now: () => now }))
    },
  })
})
afterAll(async () => {
  await app.close()
  await db.close()
})

let sent = 0
const send = async (community: TestCommunity, count: number) => {
  const rows = Array.from({ length: count }, () => {
    const event = { id: `e${++sent}`, source: 'list', type: 'post.published', occurred_at: '2026-03-30T12:00:00Z', actor: { id: 'u1' } }
    const { ok } = normaliseEvent(event, now)
    if (!ok) throw new Error('rejected')
    return ok
  })
  await appendEvents(db, { communityId: community.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: now })
}
const refresh = (community: TestCommunity) => refreshCommunity(db, community.community_id, { now })
const healthOf = (community: TestCommunity) => `/api/v1/communities/${community.slug}/health?from=2026-03&to=2026-03&grain=month`
const read = async (community: TestCommunity, key: string) => {
  const answer = await app.inject({ url: healthOf(community), headers: { authorization: `Bearer ${key}` } })
  expect(answer.statusCode).toBe(200)
  const report = answer.json<HealthReport>()
  const contributions = report.metrics.find(({ id }) => id === 'contributions')?.points[0]?.value
  return { contributions, is_stale: report.is_stale, slug: report.community.slug, etag: answer.headers.etag as string }
}

describe('the health of a community, asked for again', () => {
  it('is never older than the last refresh, and says at once when newer events wait', async () => {
    const here = await addCommunity(db.pool, 'here')
    const key = await addKey(db.pool, here, ['read'])
    await send(here, 3)
    await refresh(here)
    expect(await read(here, key)).toMatchObject({ contributions: 3, is_stale: false })
    expect(await read(here, key)).toMatchObject({ contributions: 3, is_stale: false })
    await send(here, 2)
    expect(await read(here, key)).toMatchObject({ contributions: 3, is_stale: true })
    await refresh(here)
    expect(await read(here, key)).toMatchObject({ contributions: 5, is_stale: false })
  })

  it('is that of the community in the address, for those who may see it', async () => {
    const [one, two] = [await addCommunity(db.pool, 'one'), await addCommunity(db.pool, 'two')]
    const [oneKey, twoKey] = [await addKey(db.pool, one, ['read']), await addKey(db.pool, two, ['read'])]
    await send(one, 4)
    await send(two, 7)
    await Promise.all([refresh(one), refresh(two)])
    expect(await read(one, oneKey)).toMatchObject({ slug: 'one', contributions: 4 })
    expect(await read(two, twoKey)).toMatchObject({ slug: 'two', contributions: 7 })
    const foreign = await app.inject({ url: healthOf(one), headers: { authorization: `Bearer ${twoKey}` } })
    expect(foreign.statusCode).toBe(404)
  })

  it('follows a new name of the community', async () => {
    const named = await addCommunity(db.pool, 'named')
    const key = await addKey(db.pool, named, ['read'])
    await send(named, 1)
    await refresh(named)
    await read(named, key)
    await db.pool.query(`update community set name = 'Other' where community_id = $1`, [named.community_id])
    const answer = await app.inject({ url: healthOf(named), headers: { authorization: `Bearer ${key}` } })
    expect(answer.json<HealthReport>().community.name).toBe('Other')
  })

  it('is the same in every encoding, and not sent again to who has it', async () => {
    const packed = await addCommunity(db.pool, 'packed')
    const authorization = `Bearer ${await addKey(db.pool, packed, ['read'])}`
    await send(packed, 1)
    await refresh(packed)
    const ask = (headers: Record<string, string>) => app.inject({ url: healthOf(packed), headers: { authorization, ...headers } })
    const plain = await ask({})
    expect(plain.headers['content-encoding']).toBeUndefined()
    const zipped = await ask({ 'accept-encoding': 'gzip' })
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: expect.stringContaining('accept-encoding') })
    expect(String(gunzipSync(zipped.rawPayload))).toBe(plain.body)
    const best = await ask({ 'accept-encoding': 'gzip, deflate, br' })
    expect(best.headers['content-encoding']).toBe('br')
    expect(String(brotliDecompressSync(best.rawPayload))).toBe(plain.body)
    const again = await ask({ 'if-none-match': String(plain.headers.etag) })
    expect(again.statusCode).toBe(304)
    expect(again.body).toBe('')
    await send(packed, 1)
    expect((await ask({ 'if-none-match': String(plain.headers.etag) })).statusCode).toBe(200)
  })
})
