import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { appendEvents } from '../store/append-events.ts'
import { refreshRollups } from './refresh-rollups.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
const NOW = new Date('2026-03-03T00:00:00Z')

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** What became of the question that opens a thread of messages of unknown kind, a minute apart. */
const episodeOf = async (...messages: [who: string, text: string][]) => {
  const communityId = randomUUID()
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, 'x', 'UTC', $3)`, [
    communityId,
    communityId,
    NOW,
  ])
  const rows = messages.map(([who, text], i) => {
    const event = {
      ...{ id: `m${i}`, source: 'chat', type: i === 0 ? 'message.posted' : 'reply.posted', thread_id: 'm0', actor: { id: who }, text },
      occurred_at: `2026-03-02T09:0${i}:00Z`,
    }
    const { ok } = normaliseEvent(event, NOW)
    if (ok === undefined) throw new Error(`message ${i} is no event`)
    return ok
  })
  await appendEvents(db, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
  const client = await db.pool.connect()
  await client.query('begin')
  await refreshRollups(client, { communityId, timeZone: 'UTC', marks: null })
  await client.query('commit')
  client.release()
  const { rows: found } = await db.pool.query<{ answer_count: number; minute: number | null; is_accepted: boolean }>(
    `select answer_count, extract(minute from acknowledged_at at time zone 'UTC')::int as minute, accepted_at is not null as is_accepted
     from help_episode where community_id = $1`,
    [communityId],
  )
  return found
}

const ASKED: [string, string] = ['ana', 'Which valve fits the small pump?']

test('the asker who thanks after an answer acknowledges it, which accepts nothing', async () => {
  expect(await episodeOf(ASKED, ['ben', 'The blue one'], ['ana', 'Thanks, that worked!'])).toEqual([
    { answer_count: 1, minute: 2, is_accepted: false },
  ])
  // the first thanks counts
  expect(await episodeOf(ASKED, ['ben', 'The blue one'], ['ana', 'I turned it twice. Thanks!'], ['ana', 'Solved'])).toMatchObject([
    { minute: 2 },
  ])
})

test('thanks before an answer, by somebody else, or around another question acknowledge nothing', async () => {
  expect(await episodeOf(ASKED, ['ana', 'Thanks!'], ['ben', 'The blue one'])).toMatchObject([{ answer_count: 1, minute: null }])
  expect(await episodeOf(ASKED, ['ben', 'The blue one'], ['cleo', 'Thanks, that worked!'])).toMatchObject([{ minute: null }])
  expect(await episodeOf(ASKED, ['ben', 'The blue one'], ['ana', 'It leaks, thanks to the blue one. Which else fits?'])).toMatchObject([
    { minute: null },
  ])
  expect(await episodeOf(ASKED, ['ben', 'Me too'], ['ana', 'Thanks!'])).toMatchObject([{ answer_count: 0, minute: null }])
})

test('agreement, emoji and thanks of others answer nothing; what the asker writes neither', async () => {
  const nothing = ['+1', '👍', ':+1:', 'Same here', 'Moi aussi', 'Danke!'].map((text, i): [string, string] => [`other ${i}`, text])
  expect(await episodeOf(ASKED, ...nothing)).toMatchObject([{ answer_count: 0 }])
  expect(await episodeOf(ASKED, ['ana', 'It is the small one'], ['ben', 'The blue one 👍'])).toMatchObject([{ answer_count: 1 }])
})
