import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { alertContentSchema } from '../shared/contract/alert.ts'
import type { Purpose } from '../shared/contract/charter.ts'
import type { Verdict, VerdictName } from '../shared/contract/verdict.ts'
import { addDays, daysOfPeriod, shiftPeriod } from '../shared/period.ts'
import { loadMaterial } from '../server/alerts/load-material.ts'
import { verdictDrift } from '../server/alerts/rules/verdict-drift.ts'
import { followCourse } from '../server/diagnosis/course.ts'
import { EXAMPLES } from '../server/diagnosis/example-windows.ts'
import { DEFAULT_HOUSE_RULES } from '../server/diagnosis/house-rules.ts'
import { judge } from '../server/diagnosis/judge.ts'
import { momentOf, writeCourse } from '../server/diagnosis/store-course.ts'
import { writeVerdicts } from '../server/diagnosis/store-verdicts.ts'
import { declareCharter } from '../server/store/charter.ts'
import { createCommunity, type StoredCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { inTransaction } from '../server/store/in-transaction.ts'
import { createTestDatabase } from './test-database.ts'

const NOW = new Date('2026-08-05T09:00:00Z')
let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const judged = new Map<VerdictName, Verdict>()
const verdictOf = (name: 'community' | 'blog' | 'mixed', at: string): Verdict => {
  const found = judged.get(name) ?? judge(EXAMPLES[name])
  judged.set(name, found)
  return { ...found, at, support: 0.9, support_detail: { ...found.support_detail, strength: 'clear', resamples: 1000, threads: 40 } }
}

/** A community whose months read so, from January 2026 on, with what stands worked out as a refresh does. */
const communityOf = async (months: ('community' | 'blog' | 'mixed')[], charter: Purpose | null = null): Promise<StoredCommunity> => {
  const made = (await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Pumps', time_zone: 'UTC', now: NOW })) as StoredCommunity
  const { community_id } = made
  if (charter !== null) await declareCharter(db.pool, { communityId: community_id, purpose: charter, note: null, now: NOW })
  const verdicts = months.map((name, i) => verdictOf(name, addDays(daysOfPeriod(shiftPeriod('2026-01', 'month', i), 'month').to_on, -1)))
  const overUntil = addDays(verdicts.at(-1)?.at ?? '', 1)
  const courses = followCourse(
    verdicts.map((verdict) => momentOf(verdict, overUntil)),
    { ...DEFAULT_HOUSE_RULES, charter },
    () => ({ trajectory: 'steady', trajectory_detail: null }),
  )
  await inTransaction(db.pool, async (client) => {
    await client.query(
      'insert into community_state (community_id, first_event_on, known_by, refreshed_at, revision) values ($1, $2, $3, $3, 1)',
      [community_id, '2025-10-01', new Date(`${overUntil}T12:00:00Z`)],
    )
    await writeVerdicts(client, community_id, '2026-01-01', verdicts)
    await writeCourse(
      client,
      community_id,
      courses.map((course, i) => ({ at: verdicts[i]?.at ?? '', course })),
    )
  })
  return made
}
const read = async (community: StoredCommunity) => {
  const found = await loadMaterial(db.pool, community, NOW)
  if (!found) throw new Error('nothing is known')
  return verdictDrift.read(db.pool, found.material, { strictness: 1, kept: [] })
}

it('tells at the second clear month end, by the stored verdict, and that it stands as before again', async () => {
  const community = await communityOf(['community', 'community', 'blog', 'blog', 'blog', 'community', 'community'])
  const reading = await read(community)
  const episode = { began_on: '2026-04-01', worse_on: [], ended_on: '2026-07-01', ending: 'recovered' as const }
  expect(reading.episodes).toEqual([episode])
  expect(reading.periods.map(({ statistic }) => statistic)).toEqual([null, 0, 0.5, 1, 1, 1, 0])
  const began = await reading.tell(episode, 'began', '2026-04-01')
  expect(alertContentSchema.parse(began)).toEqual(began)
  expect(began.headline).toBe('It has stood as a blog since the end of April 2026.')
  expect(began.sentences[0]).toBe('Community stood before, since the end of February 2026.')
  // told late, it is told as it stands by then
  expect((await reading.tell(episode, 'began', '2026-06-01')).on).toBe('2026-06-01')
  const recovered = await reading.tell(episode, 'recovered', '2026-07-01')
  expect(recovered.headline).toBe('It stands as a community again, from the end of July 2026 on.')
})

it('is as intended where it is meant to be a blog no more than declared, and names what it is judged by', async () => {
  const months = ['community', 'community', 'blog', 'blog'] as const
  const [asNone, asCommunity] = [await read(await communityOf([...months])), await read(await communityOf([...months], 'community'))]
  expect(asCommunity.episodes).toEqual(asNone.episodes)
  expect(asCommunity.sentence).toBe('Blog stands since the end of April 2026; meant to be a community, so it drifts.')
  const [episode] = asCommunity.episodes
  if (!episode) throw new Error('none')
  expect((await asCommunity.tell(episode, 'began', '2026-04-01')).headline).toBe(
    'Meant to be a community, it has stood as a blog since the end of April 2026.',
  )
  // declared a newsletter, the first months drift too: as a community that is no alarm
  const other = await read(await communityOf([...months], 'newsletter'))
  expect(other.episodes).toMatchObject([{ began_on: '2026-04-01' }])
})

it('names the rules by another name once a threshold is another, so that what these find in the past is history', async () => {
  const community = await communityOf(['community', 'community'])
  const before = (await read(community)).ruled_by
  expect((await read(community)).ruled_by).toBe(before)
  await db.pool.query('insert into threshold_setting (community_id, threshold, value, set_at) values ($1, $2, $3, $4)', [
    community.community_id,
    'support_clear',
    90,
    NOW,
  ])
  expect((await read(community)).ruled_by).not.toBe(before)
  await declareCharter(db.pool, { communityId: community.community_id, purpose: 'newsletter', note: null, now: NOW })
  expect(new Set([before, (await read(community)).ruled_by]).size).toBe(2)
})

it('cannot be judged before a month is over', async () => {
  const made = (await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Pumps', time_zone: 'UTC', now: NOW })) as StoredCommunity
  await db.pool.query('insert into community_state (community_id, first_event_on, known_by, revision) values ($1, $2, $3, 1)', [
    made.community_id,
    '2026-08-01',
    NOW,
  ])
  expect(await read(made)).toMatchObject({ periods: [], episodes: [], cannot_judge: 'No month is over yet.' })
})
