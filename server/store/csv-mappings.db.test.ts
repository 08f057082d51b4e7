import { afterAll, beforeAll, expect, it } from 'vitest'
import { addCommunity } from '../../e2e/access-app.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { CsvMapping } from '../../shared/contract/import.ts'
import { listSavedMappings, loadSavedMapping, saveMapping } from './csv-mappings.ts'

const MAPPING: CsvMapping = {
  kind: 'events',
  columns: { occurred_at: 'Datum' },
  types: { Frage: 'question.asked', Login: 'skip' },
  every_row: null,
  date_order: 'day_first',
  day_numbers: '1900',
  time_zone: null,
}
const now = new Date('2026-01-01T00:00:00Z')
let db: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(async () => db?.close())

it('is found again by the same columns in any order, by its own community alone, until it is forgotten', async () => {
  const { community_id: communityId } = await addCommunity(db.pool, 'pumps')
  const { community_id: other } = await addCommunity(db.pool, 'gears')
  await saveMapping(db, { communityId, header: ['Datum', 'Wer\u0000'], mapping: { ...MAPPING, date_order: null }, now })
  await saveMapping(db, { communityId, header: ['Wer\u0000', 'Datum'], mapping: MAPPING, now })
  expect(await loadSavedMapping(db, communityId, ['Datum', 'Wer\u0000'])).toEqual(MAPPING)
  expect(await loadSavedMapping(db, communityId, ['Datum', 'Wer', 'Was'])).toBeNull()
  expect(await loadSavedMapping(db, other, ['Datum', 'Wer\u0000'])).toBeNull()
  expect(await listSavedMappings(db, communityId)).toHaveLength(1)
  await saveMapping(db, { communityId, header: ['Datum', 'Wer\u0000'], mapping: null, now })
  expect(await listSavedMappings(db, communityId)).toEqual([])
})
