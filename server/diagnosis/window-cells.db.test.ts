import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { addDays } from '../../shared/period.ts'
import type { VerdictView } from '../../shared/verdict-views.ts'
import {
  inSpan,
  obviousContentMix,
  obviousEpisodes,
  obviousHostCounts,
  obviousPersonCounts,
} from '../metrics/readings/obvious-contributions.ts'
import { insertRollups, obviousRollups } from '../metrics/readings/obvious-rollups.ts'
import { type Span, spanOf, startOfDay } from '../metrics/readings/obvious-time.ts'
import { type Contribution, insertCommunity, uuid, type Written, written } from '../metrics/readings/random-contributions.ts'
import type { Database } from '../store/connection.ts'
import type { CellFacts } from './facts-of-cells.ts'
import { loadWindows } from './window.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** As the rollup leaves contributions: a thread has one start, and what answers a question lies in its thread, after it. */
const makeCoherent = (data: Written): Written => {
  const contributions: Contribution[] = []
  for (const c of data.contributions) {
    const start_key = (data.contributions.find((one) => one.thread_key === c.thread_key) as Contribution).start_key
    const start = data.contributions.find((one) => one.event_key === start_key && one.thread_key === c.thread_key && one.kind !== 'reply')
    const question = data.contributions.find((one) => one.event_key === c.question_key)
    const answers = ['answer', 'reply'].includes(c.kind) && question?.thread_key === c.thread_key && question.occurred_at <= c.occurred_at
    contributions.push({
      ...c,
      start_key: start?.event_key ?? null,
      is_start: start !== undefined && c.event_key === start.event_key,
      is_quarantined: c.is_quarantined && c.event_key !== start?.event_key,
      question_key: answers ? c.question_key : null,
    })
  }
  return { ...data, contributions }
}

/** The same once more, slowly. */
const obviousFacts = (data: Written, span: Span): CellFacts => {
  const rows = inSpan(data, span)
  const { question_count, ripe_count, ripe_answered_count } = obviousEpisodes(data, span)
  const sum = (name: 'word_count' | 'artefact_word_count' | 'document_word_count') => rows.reduce((all, c) => all + c[name], 0)
  const count = (who: string, is: (c: Contribution) => boolean) => rows.filter((c) => c.person_id === who && is(c)).length
  const people = obviousPersonCounts(data, span)
  const mostAnswers = Math.max(1, ...people.answers_by_person)
  const top = people.person_ids.filter((who) => count(who, (c) => c.is_answer) === mostAnswers)
  const news = people.person_ids.map((who) => count(who, (c) => c.kind === 'announcement' && c.thread_kind !== 'work'))
  return {
    mix: obviousContentMix(data, span),
    people,
    hosts: obviousHostCounts(data, span),
    episodes: { question_count, ripe_count, ripe_answered_count },
    talk: {
      word_count: sum('word_count'),
      artefact_word_count: sum('artefact_word_count'),
      document_word_count: sum('document_word_count'),
    },
    questions_by_others: question_count - Math.max(0, ...top.map((who) => count(who, (c) => c.kind === 'question'))),
    news_by_top_author: Math.max(0, ...news) || null,
  }
}

const FACILITATOR = uuid(3, 1)

/** What a view sees, as a community of which it would be found. */
const asIn: Record<VerdictView, (data: Written) => Written> = {
  as_found: (data) => data,
  with_bots: (data) => ({ ...data, contributions: data.contributions.map((c) => ({ ...c, is_bot: false })) }),
  without_facilitators: (data) => ({
    ...data,
    contributions: data.contributions.map((c) => ({ ...c, is_bot: c.is_bot || c.person_id === FACILITATOR })),
  }),
}

const insert = async (data: Written): Promise<string> => {
  const communityId = randomUUID()
  await insertCommunity(db, communityId, data.timeZone)
  await insertRollups(db, communityId, { contribution: obviousRollups(data).contribution ?? [] })
  await db.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, body_hash)
     select community_id, event_key, 's', event_key, 'post.published', occurred_at, occurred_at, event_key
     from contribution where community_id = $1`,
    [communityId],
  )
  await db.pool.query(
    `insert into identity (community_id, identity_key, source, source_actor_id, person_id, is_bot) values ($1, $2, 's', 'f', $2, false)`,
    [communityId, FACILITATOR],
  )
  await db.pool.query(`insert into facilitator (community_id, identity_key, named_at) values ($1, $2, '2024-01-01Z')`, [
    communityId,
    FACILITATOR,
  ])
  return communityId
}

const dayOf = (data: Written) => (data.periods[0] as Written['periods'][number]).from_on

test('the facts of a window are those of its contributions one by one, in every view, whatever was taken back, late or anonymous', async () => {
  await fc.assert(
    fc.asyncProperty(written.map(makeCoherent), async (data) => {
      const communityId = await insert(data)
      const asked = { communityId, timeZone: data.timeZone, knownBy: new Date(data.knownBy) }
      for (const view of ['as_found', 'with_bots', 'without_facilitators'] as const) {
        const atDays = [dayOf(data), addDays(dayOf(data), 3)]
        for (const { from_on, at_on, days: _, house: _house, feed, ...found } of await loadWindows(db.pool, { ...asked, view, atDays })) {
          const span = spanOf({ from_on, to_on: addDays(at_on, 1), is_as_known_then: true }, data.timeZone, data.knownBy)
          const seen = asIn[view](data)
          expect({ view, ...found }).toEqual({ view, ...obviousFacts(seen, span) })
          expect(feed.recent_contribution_count).toBe(
            inSpan(seen, { ...span, starts_at: startOfDay(addDays(at_on, -55), data.timeZone) }).length,
          )
        }
      }
    }),
    { numRuns: 60, seed: 4 },
  )
}, 60_000)
