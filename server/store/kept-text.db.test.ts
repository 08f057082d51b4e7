import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { appendEvents } from './append-events.ts'
import { countTexts, readKeepsText, setKeepsText } from './kept-text.ts'
import { loadTextReading } from './text-reading.ts'

const NOW = new Date('2026-03-03T00:00:00Z')
let db: Awaited<ReturnType<typeof createTestDatabase>>
let communityId = ''
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  communityId = randomUUID()
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, 'x', 'UTC', $3)`, [
    communityId,
    communityId,
    NOW,
  ])
})

const read = async (...events: object[]) => {
  const reading = await loadTextReading(db.pool, communityId)
  return events.map((event) => {
    const given = { id: 'm1', source: 'chat', type: 'message.posted', occurred_at: '2026-03-02T09:00:00Z', actor: { id: 'ana' }, ...event }
    const { ok } = normaliseEvent(given, NOW, reading)
    if (ok === undefined) throw new Error('no event')
    return ok
  })
}
const append = async (rows: Awaited<ReturnType<typeof read>>, dryRun = false) =>
  appendEvents(db, { communityId, rows, onConflict: 'replace', dryRun, receivedAt: NOW })
const send = async (...events: object[]) => append(await read(...events))
const kept = async () =>
  (await db.pool.query('select title, text from event_text where community_id = $1 order by text', [communityId])).rows

test('text is dropped unless it is kept', async () => {
  await send({ text: 'Which valve?' })
  expect(await kept()).toEqual([])
  await setKeepsText(db.pool, communityId, true)
  expect(await readKeepsText(db.pool, communityId)).toBe(true)
  await append(await read({ id: 'm0', text: 'a try' }), true)
  await send({ id: 'm2', title: 'Valves', text: 'Which "one"?\n\\N' }, { id: 'm3', type: 'reaction.added', in_reply_to: 'm2' })
  expect(await kept()).toEqual([{ title: 'Valves', text: 'Which "one"?\n\\N' }])
})

test('a message replaced or taken back takes its text with it, in whatever order', async () => {
  await setKeepsText(db.pool, communityId, true)
  await send({ text: 'one' }, { id: 'm2', text: 'two' })
  await send({ text: 'another one' })
  expect(await kept()).toEqual([
    { title: null, text: 'another one' },
    { title: null, text: 'two' },
  ])
  await send({ id: 'd1', type: 'content.deleted', in_reply_to: 'm1' }, { id: 'd3', type: 'content.deleted', in_reply_to: 'm3' })
  await send({ id: 'm3', text: 'taken back before it came' })
  expect(await kept()).toEqual([{ title: null, text: 'two' }])
  await db.pool.query('delete from event where community_id = $1', [communityId])
  expect(await countTexts(db.pool, communityId)).toBe(0)
})

test('dropping deletes what was kept, and what is on its way in by the setting of before', async () => {
  await setKeepsText(db.pool, communityId, true)
  await send({ text: 'one' })
  const onItsWay = await read({ id: 'm2', text: 'two' })
  expect(await setKeepsText(db.pool, communityId, false)).toBe(0)
  await append(onItsWay)
  expect(await kept()).toEqual([])
})
