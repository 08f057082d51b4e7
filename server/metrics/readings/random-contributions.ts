import fc from 'fast-check'
import { addDays } from '../../../shared/period.ts'
import type { Database } from '../../store/connection.ts'
import type { ReadPeriod } from '../reading.ts'
import { ODD_DAYS, startOfDay } from './obvious-time.ts'

/** For tests: rows of the rollups about what people wrote, at random, crowded around midnights and the time they are known by. Times in milliseconds. */
export type Contribution = {
  event_key: string
  thread_key: string
  occurred_at: number
  removed_at: number | null
  person_id: string | null
  is_bot: boolean
  kind: 'question' | 'answer' | 'reply' | 'post' | 'announcement' | 'edit' | 'task'
  thread_kind: 'question' | 'post' | 'announcement' | 'work' | 'unknown'
  is_start: boolean
  start_key: string | null
  question_key: string | null
  is_answer: boolean
  is_quarantined: boolean
  word_count: number
  artefact_word_count: number
  document_word_count: number
  /** Of questions alone: a manager's word. */
  is_answered_elsewhere: boolean
}
export type Acceptance = { answer_key: string; question_key: string; accepted_at: number; unaccepted_at: number | null }
export type Written = {
  timeZone: string
  knownBy: number
  periods: ReadPeriod[]
  contributions: Contribution[]
  acceptances: Acceptance[]
}

/** uuid number `i` of a kind; in the order of their numbers. */
export const uuid = (kind: number, i: number): string =>
  `00000000-0000-4000-8${String(kind).padStart(3, '0')}-${String(i).padStart(12, '0')}`
const EVENT = 1
const THREAD = 2
const PERSON = 3
const ROWS = 28
const HOUR = 3_600_000

const rarely = fc.nat(9).map((n) => n === 0)
/** Mostly the first few, so that several rows mean the same one. */
const key = fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, fc.nat(ROWS - 1)).map((i) => uuid(EVENT, i))

/** Quarters of days from ten days before to twelve after, midnights of the zone, and a millisecond on either side of either. */
const timeAround = (day: string, timeZone: string) =>
  fc
    .tuple(
      fc.oneof(
        fc.integer({ min: -40, max: 48 }).map((quarters) => startOfDay(day, timeZone) + quarters * 6 * HOUR),
        fc.integer({ min: -3, max: 9 }).map((days) => startOfDay(addDays(day, days), timeZone)),
      ),
      fc.constantFrom(-1, 0, 0, 0, 0, 1),
    )
    .map(([at, off]) => at + off)

const periodAround = (day: string): fc.Arbitrary<ReadPeriod> =>
  fc
    .tuple(fc.integer({ min: -9, max: 8 }), fc.constantFrom(1, 2, 7, 15, 30), fc.boolean())
    .map(([from, length, is_as_known_then]) => ({ from_on: addDays(day, from), to_on: addDays(day, from + length), is_as_known_then }))

/** A zone, a day, and few enough times that some rows share them with each other and with the time known by. */
const place = fc.constantFrom(...ODD_DAYS).chain(({ timeZone, day }) =>
  fc.record({
    timeZone: fc.constant(timeZone),
    day: fc.constant(day),
    times: fc.array(timeAround(day, timeZone), { minLength: 8, maxLength: 16 }),
  }),
)

export const written: fc.Arbitrary<Written> = place.chain(({ timeZone, day, times }) => {
  const knownBy = times[0] as number
  const time = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...times) },
    fc.constantFrom(-7, -7, 7).map((days) => knownBy + days * 24 * HOUR),
  )
  const contribution = fc.record({
    thread_key: fc.nat(4).map((i) => uuid(THREAD, i)),
    occurred_at: time,
    removed_at: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, time),
    person_id: fc.option(
      fc.nat(4).map((i) => uuid(PERSON, i)),
      { freq: 4 },
    ),
    is_bot: rarely,
    kind: fc.constantFrom<Contribution['kind']>(
      'question',
      'question',
      'answer',
      'answer',
      'reply',
      'reply',
      'post',
      'announcement',
      'edit',
      'task',
    ),
    thread_kind: fc.constantFrom<Contribution['thread_kind']>('question', 'post', 'announcement', 'work', 'unknown'),
    is_start: fc.boolean(),
    start_key: fc.option(key),
    question_key: fc.option(key),
    is_answer: fc.boolean(),
    is_quarantined: rarely,
    word_count: fc.nat(90),
    artefact_word_count: fc.nat(3),
    document_word_count: fc.nat(3),
    is_answered_elsewhere: rarely,
  })
  return fc.record({
    timeZone: fc.constant(timeZone),
    knownBy: fc.constant(knownBy),
    periods: fc.array(periodAround(day), { minLength: 1, maxLength: 6 }),
    contributions: fc.array(contribution, { maxLength: ROWS, size: 'max' }).map((rows) =>
      rows.map((row, i) => ({
        ...row,
        event_key: uuid(EVENT, i),
        is_answered_elsewhere: row.kind === 'question' && row.is_answered_elsewhere,
      })),
    ),
    acceptances: fc.uniqueArray(
      fc.record({ answer_key: key, question_key: key, accepted_at: time, unaccepted_at: fc.option(fc.oneof(fc.constant(knownBy), time)) }),
      {
        maxLength: 12,
        size: 'max',
        selector: (a) => `${a.answer_key} ${a.accepted_at}`,
      },
    ),
  })
})

/** A community of its own, holding nothing yet. */
export const insertCommunity = async ({ pool }: Database, communityId: string, timeZone: string): Promise<void> => {
  await pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, 'Test', $3, '2024-01-01Z')`, [
    communityId,
    `test-${communityId}`,
    timeZone,
  ])
}

/** Rows as json, their times as text. */
export const asText = (rows: readonly object[], times: readonly string[]) =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, v]) => [name, times.includes(name) && v !== null ? new Date(v).toISOString() : v]),
      ),
    ),
  )
