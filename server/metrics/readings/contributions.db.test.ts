import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import type { Reading } from '../reading.ts'
import { anonymity } from './anonymity.ts'
import { contentMixCounts } from './content-mix-counts.ts'
import { episodes } from './episodes.ts'
import { helpExchange } from './help-exchange.ts'
import { helpGraph } from './help-graph.ts'
import { hostCounts } from './host-counts.ts'
import {
  obviousAnonymity,
  obviousContentMix,
  obviousEpisodes,
  obviousHelpExchange,
  obviousHelpGraph,
  obviousHostCounts,
  obviousPersonCounts,
  obviousTopHost,
  obviousVoiceCounts,
} from './obvious-contributions.ts'
import { insertRollups, obviousRollups, afterAll as timeAfterAll } from './obvious-rollups.ts'
import { type Span, spanOf } from './obvious-time.ts'
import { personCounts } from './person-counts.ts'
import { insertCommunity, type Written, written } from './random-contributions.ts'
import { topHost } from './top-host.ts'
import { voiceCounts } from './voice-counts.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const READINGS: [Reading<unknown>, (data: Written, span: Span) => unknown][] = [
  [anonymity, obviousAnonymity],
  [voiceCounts, obviousVoiceCounts],
  [personCounts, obviousPersonCounts],
  [hostCounts, obviousHostCounts],
  [topHost, obviousTopHost],
  [contentMixCounts, obviousContentMix],
  [episodes, obviousEpisodes],
  [helpGraph, obviousHelpGraph],
  [helpExchange, obviousHelpExchange],
]

test('every reading over contributions agrees with its slow obvious version, whatever was taken back, late, anonymous or by a bot', async () => {
  await fc.assert(
    fc.asyncProperty(written, async (data) => {
      const communityId = randomUUID()
      await insertCommunity(db, communityId, data.timeZone)
      await insertRollups(db, communityId, { ...obviousRollups(data), acceptance: data.acceptances })
      for (const [reading, obvious] of READINGS) {
        const rows = await readPeriods(db.pool, reading, { communityId, ...data, knownBy: new Date(data.knownBy) })
        const expected = data.periods.map((period) => obvious(data, spanOf(period, data.timeZone, data.knownBy)))
        expect(rows, reading.id).toEqual(expected)
      }
      // as known now: the same from rollups a day
      const knownBy = timeAfterAll(data)
      const periods = data.periods.map((period) => ({ ...period, is_as_known_then: false }))
      for (const [reading, obvious] of READINGS.filter(([{ now }]) => now)) {
        const rows = await readPeriods(db.pool, reading, { communityId, ...data, periods, knownBy: new Date(knownBy), isNow: true })
        const expected = periods.map((period) => obvious(data, spanOf(period, data.timeZone, knownBy)))
        expect(rows, `${reading.id} now`).toEqual(expected)
      }
    }),
    { numRuns: 200, seed: 20240229 },
  )
})
