import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { refreshFirstStarts } from '../../rollup/refresh-first-starts.ts'
import type { Database } from '../../store/connection.ts'
import { readPeriods } from '../measure-periods.ts'
import type { Reading } from '../reading.ts'
import { acknowledgements } from './acknowledgements.ts'
import { firstStarts } from './first-starts.ts'
import {
  type Helping,
  obviousAcknowledgements,
  obviousFirstStarts,
  obviousPeerAnswers,
  obviousTopics,
  obviousWithoutTop,
  thankedAt,
  unfoldWithoutTop,
} from './obvious-helping.ts'
import { insertRollups, obviousRollups, afterAll as timeAfterAll } from './obvious-rollups.ts'
import { type Span, spanOf } from './obvious-time.ts'
import { peerAnswers } from './peer-answers.ts'
import { insertCommunity, uuid, type Written, written } from './random-contributions.ts'
import { topics } from './topics.ts'
import { withoutTopHelpers } from './without-top-helpers.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** As the rollups hold it: an answer is to a question, by someone else; an accepted answer is one to that question. */
const asDerived = (data: Written): Written => {
  const questions = new Map(data.contributions.filter((c) => c.kind === 'question').map((c) => [c.event_key, c]))
  const contributions = data.contributions.map((c) => {
    const question = questions.get(c.question_key ?? '')
    const answers = question && c.kind !== 'question' && (c.person_id === null || c.person_id !== question.person_id)
    return { ...c, question_key: answers ? question.event_key : null, is_answer: answers ? true : c.is_answer && c.kind === 'answer' }
  })
  const answered = new Map(contributions.map((c) => [c.event_key, c.question_key]))
  const acceptances = data.acceptances.flatMap((a) => {
    const question_key = answered.get(a.answer_key)
    return question_key ? [{ ...a, question_key }] : []
  })
  return { ...data, contributions, acceptances }
}

/** Of what replies to a question of its own author, every other message thanks. */
const acknowledgedIn = (data: Written): Map<string, string> => {
  const askerOf = new Map(data.contributions.filter((c) => c.kind === 'question').map((c) => [c.event_key, c.person_id]))
  const own = data.contributions.filter(
    (c) => c.kind !== 'question' && c.question_key !== null && c.person_id !== null && askerOf.get(c.question_key) === c.person_id,
  )
  return new Map(own.filter((_, i) => i % 2 === 0).map((c) => [c.event_key, c.question_key as string]))
}

const PERSON = 3
/** Few people, so that the top ones tie, ask each other, and some facilitate. */
const helping: fc.Arbitrary<Helping> = written.chain((data) =>
  fc
    .record({
      channels: fc.array(fc.constantFrom('garden', 'roof', null), {
        minLength: data.contributions.length,
        maxLength: data.contributions.length,
      }),
      facilitators: fc.subarray([0, 1, 2, 3, 4].map((i) => uuid(PERSON, i))),
    })
    .map((more) => ({ ...asDerived(data), acknowledges: acknowledgedIn(data), ...more })),
)

const insert = async (communityId: string, data: Helping) => {
  await insertCommunity(db, communityId, data.timeZone)
  const rollups = obviousRollups(data)
  const channelOf = new Map(data.contributions.map((c, i) => [c.event_key, data.channels[i]]))
  const counted = data.contributions.filter((c) => c.removed_at === null && !c.is_bot && !c.is_quarantined)
  const acknowledgedAt = (key: string): string | null => {
    const at = thankedAt(data, counted.find((c) => c.event_key === key) as (typeof counted)[number], counted)
    return at === null ? null : new Date(at).toISOString()
  }
  await insertRollups(db, communityId, {
    ...rollups,
    contribution: (rollups.contribution ?? []).map((row, i) => ({
      ...row,
      channel: data.channels[i],
      acknowledges_key: data.acknowledges.get((row as { event_key: string }).event_key) ?? null,
    })),
    help_episode: (rollups.help_episode ?? []).map((row) => ({
      ...row,
      channel: channelOf.get((row as { question_key: string }).question_key),
      acknowledged_at: acknowledgedAt((row as { question_key: string }).question_key),
    })),
    acceptance: data.acceptances,
  })
  for (const [i, person] of data.facilitators.entries()) {
    // each by two accounts, of which both may be named
    for (const account of ['a', 'b'])
      await db.pool.query(
        `insert into identity (community_id, identity_key, source, source_actor_id, person_id) values ($1, md5($2)::uuid, 'forum', $2, $3)`,
        [communityId, `${account}${i}`, person],
      )
    await db.pool.query(
      `insert into facilitator (community_id, identity_key, named_at)
       select community_id, identity_key, '2024-01-01Z' from identity where community_id = $1 and person_id = $2 and (source_actor_id like 'a%' or $3)`,
      [communityId, person, i % 2 === 0],
    )
  }
  const client = await db.pool.connect()
  await refreshFirstStarts(client, {
    communityId,
    timeZone: data.timeZone,
    threads: null,
    people: null,
    threadPeople: null,
    events: null,
    days: null,
  })
  client.release()
}

type Case = [Reading<unknown>, (data: Helping, span: Span) => unknown, (row: never) => unknown]
const asItIs = (row: unknown) => row
const READINGS: Case[] = [
  [peerAnswers as Reading<unknown>, obviousPeerAnswers, asItIs],
  [acknowledgements as Reading<unknown>, obviousAcknowledgements, asItIs],
  [topics as Reading<unknown>, obviousTopics, asItIs],
  [firstStarts as Reading<unknown>, obviousFirstStarts, asItIs],
  [withoutTopHelpers as Reading<unknown>, obviousWithoutTop, unfoldWithoutTop],
]

test('every reading about helping agrees with its slow obvious version, as known at any time, and the quick one with both as known now', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(helping, async (data) => {
      const communityId = randomUUID()
      await insert(communityId, data)
      for (const [reading, obvious, unfold] of READINGS) {
        const rows = await readPeriods(db.pool, reading, { communityId, ...data, knownBy: new Date(data.knownBy) })
        const expected = data.periods.map((period) => obvious(data, spanOf(period, data.timeZone, data.knownBy)))
        expect(
          rows.map((row) => unfold(row as never)),
          reading.id,
        ).toEqual(expected)
      }
      const knownBy = timeAfterAll(data)
      const periods = data.periods.map((period) => ({ ...period, is_as_known_then: false }))
      for (const [reading, obvious, unfold] of READINGS) {
        const expected = periods.map((period) => obvious(data, spanOf(period, data.timeZone, knownBy)))
        for (const isNow of [false, true]) {
          const rows = await readPeriods(db.pool, reading, { communityId, ...data, periods, knownBy: new Date(knownBy), isNow })
          expect(
            rows.map((row) => unfold(row as never)),
            `${reading.id} ${isNow ? 'now' : 'then'}`,
          ).toEqual(expected)
        }
      }
    }),
    { numRuns: 100, seed: 20240229 },
  )
})
