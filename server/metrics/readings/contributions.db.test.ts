import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import type { Reading } from '../reading.ts'
import { contentMixCounts } from './content-mix-counts.ts'
import { episodes } from './episodes.ts'
import { helpGraph } from './help-graph.ts'
import { hostCounts } from './host-counts.ts'
import {
  obviousContentMix,
  obviousEpisodes,
  obviousHelpGraph,
  obviousHostCounts,
  obviousPersonCounts,
  obviousTalkCounts,
} from './obvious-contributions.ts'
import { type Span, spanOf } from './obvious-time.ts'
import { personCounts } from './person-counts.ts'
import { insertCommunity, insertWritten, type Written, written } from './random-contributions.ts'
import { talkCounts } from './talk-counts.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const READINGS: [Reading<unknown>, (data: Written, span: Span) => unknown][] = [
  [personCounts, obviousPersonCounts],
  [hostCounts, obviousHostCounts],
  [contentMixCounts, obviousContentMix],
  [episodes, obviousEpisodes],
  [helpGraph, obviousHelpGraph],
  [talkCounts, obviousTalkCounts],
]

test('every reading over contributions agrees with its slow obvious version, whatever was taken back, late, anonymous or by a bot', async () => {
  await fc.assert(
    fc.asyncProperty(written, async (data) => {
      const communityId = randomUUID()
      await insertCommunity(db, communityId, data.timeZone)
      await insertWritten(db, communityId, data)
      for (const [reading, obvious] of READINGS) {
        const rows = await readPeriods(db.pool, reading, { communityId, ...data, knownBy: new Date(data.knownBy) })
        const expected = data.periods.map((period) => obvious(data, spanOf(period, data.timeZone, data.knownBy)))
        expect(rows, reading.id).toEqual(expected)
      }
    }),
    { numRuns: 200, seed: 20240229 },
  )
})
