import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Purpose } from '../../shared/contract/charter.ts'
import { changeThreshold } from '../diagnosis/change-threshold.ts'
import type { ThresholdId } from '../diagnosis/thresholds.ts'
import { type Happening, identityOf, rowOf, story } from '../rollup/given-events.ts'
import { markQuestion } from '../rollup/mark-question.ts'
import { appendEvents } from '../store/append-events.ts'
import { clearCharter, declareCharter } from '../store/charter.ts'
import { createCommunity } from '../store/communities.ts'
import type { Database } from '../store/connection.ts'
import { ruleOnBot } from '../store/bots.ts'
import { mergeIdentities, splitIdentity } from '../store/merge-identities.ts'
import { refreshCommunity } from './refresh-community.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Results = Record<string, Map<string, unknown>>

/** Points by period and series, verdicts by day, so that a difference names itself. */
const results = async (communityId: string): Promise<Results> => {
  const points = await db.pool.query<{ period: string; points: Record<string, unknown> }>(
    `select grain || ' ' || from_on as period, points from period_result where community_id = $1`,
    [communityId],
  )
  const verdicts = await db.pool.query<{ at_on: string; is_latest: boolean; verdict: unknown; course: unknown }>(
    'select at_on, is_latest, verdict, course from verdict_result where community_id = $1',
    [communityId],
  )
  const state = await db.pool.query(
    'select first_event_on, known_by, rollups_version, results_version from community_state where community_id = $1',
    [communityId],
  )
  return {
    periods: new Map(points.rows.map((row) => [row.period, Object.keys(row.points).length])),
    points: new Map(points.rows.flatMap((row) => Object.entries(row.points).map(([key, point]) => [`${row.period} ${key}`, point]))),
    verdicts: new Map(verdicts.rows.map((row) => [row.at_on, row])),
    state: new Map(Object.entries(state.rows[0] ?? {})),
  }
}

const difference = (found: Results, expected: Results) =>
  Object.entries(expected).flatMap(([kind, rows]) =>
    [...new Set([...rows.keys(), ...(found[kind]?.keys() ?? [])])].flatMap((key) => {
      const [a, b] = [found[kind]?.get(key), rows.get(key)]
      return JSON.stringify(a) === JSON.stringify(b) ? [] : [{ kind, key, refreshed: a, rebuilt: b }]
    }),
  )

/** Times spread out from the first of them, so that months and years pass. */
const spreadOut = (happenings: readonly Happening[], factor: number): Happening[] => {
  const times = happenings.flatMap((one) => (one.what === 'batch' ? one.facts.map((fact) => fact.at) : []))
  const first = Math.min(...times)
  return happenings.map((one) =>
    one.what === 'batch' ? { ...one, facts: one.facts.map((fact) => ({ ...fact, at: first + (fact.at - first) * factor })) } : one,
  )
}

/** What managers set before some refresh, so little that toy communities feel it; nothing most often. */
type HouseRule = { id: ThresholdId; value: number | null } | { purpose: Purpose | null } | null
const houseRule: fc.Arbitrary<HouseRule> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc.record({
      id: fc.constantFrom('enough_people', 'enough_contributions', 'enough_history', 'standing_evaluations', 'support_threads'),
      value: fc.constantFrom(1, 3, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ purpose: fc.constantFrom('community', 'newsletter', null) }) },
)
const setHouseRule = async (communityId: string, rule: HouseRule, now: Date) => {
  if (rule === null) return
  if ('id' in rule) await changeThreshold(db.pool, { communityId, ...rule, now })
  else if (rule.purpose === null) await clearCharter(db.pool, communityId)
  else await declareCharter(db.pool, { communityId, purpose: rule.purpose, note: null, now })
}

const lived = fc.record({
  story,
  factor: fc.constantFrom(1, 5, 40),
  steps: fc.array(fc.constantFrom(MINUTE, 5 * HOUR, DAY, 3 * DAY, 8 * DAY, 35 * DAY), { minLength: 12, maxLength: 12 }),
  houseRules: fc.array(houseRule, { minLength: 5, maxLength: 5 }),
})

it('ends in the points and verdicts of a rebuild, whatever came, moved, merged or went, and however time passed between', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(lived, async ({ story: { timeZone, happenings }, factor, steps, houseRules }) => {
      const spread = spreadOut(happenings, factor)
      const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Test', time_zone: timeZone, now: new Date(0) })
      const communityId = community?.community_id as string
      const times = spread.flatMap((one) => (one.what === 'batch' ? one.facts.map((fact) => fact.at) : []))
      // from somewhere among the events on; those yet to come are ahead of their time, as clocks are
      let now = times.length ? (times.toSorted((a, b) => a - b)[times.length >> 1] as number) : 0
      for (const [i, happening] of [...spread, { what: 'refresh' } as const].entries()) {
        if (happening.what === 'batch')
          await appendEvents(db, {
            communityId,
            rows: happening.facts.map(rowOf),
            onConflict: 'replace',
            dryRun: false,
            receivedAt: new Date(Date.UTC(2025, 0, 1, 0, 0, i)),
          })
        else if (happening.what === 'merge') await mergeIdentities(db, { communityId, identityKeys: happening.people.map(identityOf) })
        else if (happening.what === 'split')
          await splitIdentity(db, { communityId, identityKeys: [identityOf(happening.person)], dismissedAt: null })
        else if (happening.what === 'ruling')
          await ruleOnBot(db.pool, { communityId, identityKey: identityOf(happening.person), ruling: happening.ruling, now: new Date(0) })
        else if (happening.what === 'mark') await markQuestion(db.pool, communityId, happening)
        else if (happening.what === 'time zone')
          await db.pool.query('update community set time_zone = $2 where community_id = $1', [communityId, happening.timeZone])
        else {
          now += steps[i % steps.length] as number
          await setHouseRule(communityId, houseRules[i % houseRules.length] as HouseRule, new Date(now))
          await refreshCommunity(db, communityId, { now: new Date(now) })
        }
      }
      const refreshed = await results(communityId)
      await refreshCommunity(db, communityId, { now: new Date(now), rebuild: true })
      expect(difference(refreshed, await results(communityId))).toEqual([])
      await db.pool.query('delete from community where community_id = $1', [communityId])
    }),
    { seed: 3, numRuns: 30, endOnFailure: true },
  )
})
