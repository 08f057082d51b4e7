import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { identityKey } from '../../ingest/keys.ts'
import { feedEvents, makeChat, peopleEvents, refreshChat, storeEvents } from '../../rollup/bots/given-chat.ts'
import type { Database } from '../../store/connection.ts'
import { mergeIdentities } from '../../store/merge-identities.ts'
import { readWindowBots } from './window-bots.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

it('counts the accounts of bots that wrote in a window, each once, and no people, though they be of one person', async () => {
  const chat = await makeChat(db, randomUUID())
  await storeEvents(db, chat, [
    ...peopleEvents(60),
    ...feedEvents(40),
    ...feedEvents(8, { id: 'ports[bot]', from: 20 }),
    ...feedEvents(4, { id: 'ana[bot]', from: 60 }),
  ])
  await mergeIdentities(db, { communityId: chat, identityKeys: ['p1', 'ports[bot]', 'ana[bot]'].map((id) => identityKey('chat', id)) })
  await refreshChat(db, chat)
  const knownBy = new Date('2025-01-22T12:00:00Z')
  const day = (from_on: string, to_on: string) => ({ from_on, to_on, is_as_known_then: true })
  const periods = [
    day('2025-01-01', '2025-01-06'),
    // 20 × 6 hours after the 6th, at 00:05 UTC, which is the 11th in Oslo
    day('2025-01-06', '2025-01-11'),
    day('2025-01-11', '2025-01-12'),
    day('2025-01-13', '2025-01-21'),
    day('2025-01-21', '2025-02-01'),
    day('2025-01-06', '2025-02-01'),
  ]
  const params = { communityId: chat, timeZone: 'Europe/Oslo', knownBy, periods }
  expect(await readWindowBots(db.pool, params)).toEqual([0, 0, 1, 0, 1, 2])
  expect(await readWindowBots(db.pool, { ...params, knownBy: new Date('2025-01-12T00:00:00Z') })).toEqual([0, 0, 1, 0, 0, 1])
})
