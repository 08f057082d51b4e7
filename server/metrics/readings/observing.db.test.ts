import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { addDays } from '../../../shared/period.ts'
import { dayAfter, type Told } from '../../rollup/obvious-observing.ts'
import { fact, insert, keyed, newCommunity, readTold, refresh, START, ZONE } from '../../rollup/random-observing.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import type { ReadPeriod, Reading } from '../reading.ts'
import { firstObservations } from './first-observations.ts'
import { type HelpStructure, helpStructure } from './help-structure.ts'
import {
  obviousFirstObservations,
  obviousObserving,
  obviousPracticeCounts,
  obviousPracticesAtEnd,
  obviousStructure,
} from './obvious-observing.ts'
import { type Span, spanOf } from './obvious-time.ts'
import { observing } from './observing.ts'
import { practiceCounts } from './practice-counts.ts'
import { practiceStock } from './practice-stock.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const HOUR = 3_600_000
/** People have any numbers in the graph, and ties any order: numbered by the order of the numbers, which is that of the ids. */
const relabel = (row: unknown): unknown => {
  if (typeof row !== 'object' || row === null || !('tie_from' in row)) return row
  const { tie_from, tie_to, ...rest } = row as HelpStructure
  const numbers = [...new Set([...tie_from, ...tie_to])].toSorted((a, b) => a - b)
  const ties = tie_from.map((from, i) => [numbers.indexOf(from), numbers.indexOf(tie_to[i] as number)].toSorted((a, b) => a - b).join('-'))
  return { ...rest, ties: ties.toSorted() }
}

const READINGS: [Reading<never>, (told: Told, span: Span) => unknown][] = [
  [observing as Reading<never>, obviousObserving],
  [firstObservations as Reading<never>, obviousFirstObservations],
  [practiceCounts as Reading<never>, obviousPracticeCounts],
  [practiceStock as Reading<never>, obviousPracticesAtEnd],
  [helpStructure as Reading<never>, obviousStructure],
]

const period = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -1, max: 6 }) }, fc.constantFrom(300, 365, 366, 367, 700)),
    fc.constantFrom(1, 2, 7, 31, 366),
    fc.boolean(),
  )
  .map(([day, length, is_as_known_then]): ReadPeriod => {
    const from_on = dayAfter('2024-01-01', day)
    return { from_on, to_on: addDays(from_on, length), is_as_known_then }
  })

test('the readings of observing, practices and structure agree with their slow obvious versions, as known at any time and as known now', async () => {
  const rowCounts: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(
      fc.array(fact, { minLength: 12, maxLength: 45, size: 'max' }),
      fc.array(period, { minLength: 3, maxLength: 8 }),
      fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 20, max: 150 }) }, fc.constant(30_000)),
      async (facts, periods, knownHour) => {
        const communityId = await newCommunity(db, randomUUID())
        await insert(
          db,
          communityId,
          facts.map((f, i) => keyed(f, i + 1)),
          new Date(START),
        )
        await refresh(db, communityId, null)
        const told = await readTold(db, communityId)
        const check = async (
          reading: Reading<never>,
          obvious: (typeof READINGS)[number][1],
          spans: ReadPeriod[],
          at: number,
          isNow: boolean,
        ) => {
          const rows = await readPeriods(db.pool, reading, { communityId, timeZone: ZONE, periods: spans, knownBy: new Date(at), isNow })
          expect(rows.map(relabel), `${reading.id} ${isNow ? 'now' : 'then'}`).toEqual(
            spans.map((one) => relabel(obvious(told, spanOf(one, ZONE, at)))),
          )
          rowCounts[reading.id] =
            (rowCounts[reading.id] ?? 0) + rows.filter((row) => JSON.stringify(row) !== JSON.stringify(reading.empty)).length
        }
        const now = periods.map((one) => ({ ...one, is_as_known_then: false }))
        for (const [reading, obvious] of READINGS) {
          await check(reading, obvious, periods, START + knownHour * HOUR, false)
          if (reading.now) await check(reading, obvious, now, START + 30_000 * HOUR, true)
        }
      },
    ),
    { numRuns: 60, seed: 20261123, endOnFailure: true },
  )
  // the random events do make rows of every kind
  expect(READINGS.filter(([{ id }]) => (rowCounts[id] ?? 0) < 30).map(([{ id }]) => id)).toEqual([])
}, 240_000)
