import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from './test-database.ts'
import { alertContentSchema } from '../shared/contract/alert.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity, type StoredCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import { declareSource } from '../server/store/declare-source.ts'
import type { KeptAlert } from '../server/alerts/alert-rule.ts'
import { loadMaterial } from '../server/alerts/load-material.ts'
import { silentFeed } from '../server/alerts/rules/silent-feed.ts'

const DAY = 86_400_000
// nine in the morning in Berlin, through the change of the clock at the end of March
const BEGIN = Date.UTC(2026, 1, 2, 8)
const at = (day: number, hours = 0) => new Date(BEGIN + day * DAY + hours * 3_600_000)

let db: Database
let community: StoredCommunity
beforeAll(async () => {
  db = await createTestDatabase()
  community = await newCommunity()
})
afterAll(() => db.close())

const newCommunity = async (): Promise<StoredCommunity> => {
  const made = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Pumps', time_zone: 'Europe/Berlin', now: at(0) })
  if (!made) throw new Error('the slug is taken')
  return made
}
const send = async (to: StoredCommunity, source: string, occurred: Date[], received: Date, id = '') => {
  const rows = occurred.map((time, i) => {
    const event: EventInput = {
      id: `${id}${source}-${time.toISOString()}-${i}`,
      source,
      type: 'post.published',
      occurred_at: time.toISOString(),
      actor: { id: 'ana' },
    }
    return normaliseEvent(event, received).ok ?? expect.fail(event.id)
  })
  await appendEvents(db, { communityId: to.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: received })
}
const read = async (of: StoredCommunity, now: Date, kept: KeptAlert[] = []) => {
  const found = await loadMaterial(db.pool, of, now)
  if (!found) throw new Error('nothing is known')
  return silentFeed.read(db.pool, found.material, { strictness: 1, kept })
}
const ten = (day: number) => Array.from({ length: 10 }, (_, i) => at(day, -i / 10))
const arrivals = async (of: StoredCommunity) =>
  (
    await db.pool.query<{ source: string; day_on: string; event_count: number }>(
      'select source, day_on, event_count from arrival_day where community_id = $1 order by 1, 2',
      [of.community_id],
    )
  ).rows

it('one dead source among live ones is seen by the clock, and told with what is usual', async () => {
  for (let day = 0; day < 70; day++) {
    if (day < 50) await send(community, 'slack', ten(day), at(day))
    await send(community, 'forum', [at(day), at(day, -1)], at(day))
  }
  await refreshCommunity(db, community.community_id, { now: at(69) })
  expect(await arrivals(community)).toHaveLength(120)

  // the last came on 23 March at nine; 24 to 27 March are four whole days
  expect((await read(community, at(53))).episodes).toEqual([])
  const reading = await read(community, at(69))
  expect(reading.episodes).toEqual([{ began_on: '2026-03-27', worse_on: [], ended_on: null, ending: null }])
  expect(reading.periods.at(-1)?.on).toBe('2026-04-11')
  expect(reading.sentence).toBe('Nothing has come from “slack” since 23 March 2026, 09:00.')
  const [episode] = reading.episodes
  if (!episode) throw new Error('none')
  const content = await reading.tell(episode, 'began', '2026-03-27')
  expect(alertContentSchema.parse(content)).toEqual(content)
  expect(content.subject).toBe('Pumps: no data from “slack” since 23 March 2026')
  expect(content.sentences.join(' ')).toContain('“forum” still sends')
  expect(content.driver?.sentence).toContain('no live feed is set up for it, and no key may send')
  expect(content.chart).toMatchObject({ usual: 10, judged_from: '2026-03-24', unit: 'events a day' })
  expect(content.chart?.weeks.map(({ value }) => value).slice(-6)).toEqual([10, 10, 0, 0, 0, 0])
  // what is read of a day does not hang on when it is read
  const later = await read(community, at(200))
  expect(later.periods.slice(0, reading.periods.length)).toEqual(reading.periods)
})

it('comes again: what was delivered late is said, and does not undo what was told', async () => {
  const made = await newCommunity()
  for (let day = 0; day < 40; day++) await send(made, 'slack', ten(day), at(day))
  await refreshCommunity(db, made.community_id, { now: at(50) })
  const before = await read(made, at(50))
  const [episode] = before.episodes
  if (!episode) throw new Error('none')
  const kept: KeptAlert = {
    began_on: episode.began_on,
    ended_on: null,
    content: await before.tell(episode, 'began', before.periods.at(-1)?.on ?? ''),
  }

  // on the 51st day everything of the gap but two of its days comes at once
  for (let day = 40; day <= 50; day++) if (day !== 44 && day !== 45) await send(made, 'slack', ten(day), at(50))
  await refreshCommunity(db, made.community_id, { now: at(52) })
  const reading = await read(made, at(52), [kept])
  expect(reading.episodes).toEqual([{ ...episode, ended_on: '2026-03-24', ending: 'recovered' }])
  const content = await reading.tell({ ...episode, ended_on: '2026-03-24', ending: 'recovered' }, 'recovered', '2026-03-24')
  expect(content.headline).toBe('Events come again from “slack”: the first on 24 March 2026.')
  expect(content.sentences[0]?.replaceAll('\u00a0', ' ')).toContain('Of eight of these days 80 events have been delivered late')
  // an export that says it was whole over all of it does not unsay it either
  await declareSource(db, { communityId: made.community_id, source: 'slack', tells: null, observedUntil: at(50) })
  expect((await read(made, at(52), [kept])).episodes).toEqual(reading.episodes)
})

it('is withdrawn where the source says that it was whole and had nothing to send', async () => {
  const made = await newCommunity()
  for (let day = 0; day < 40; day++) await send(made, 'list', ten(day), at(day))
  await refreshCommunity(db, made.community_id, { now: at(50) })
  const before = await read(made, at(50))
  const [episode] = before.episodes
  if (!episode) throw new Error('none')
  const kept: KeptAlert = { began_on: episode.began_on, ended_on: null, content: await before.tell(episode, 'began', '2026-03-23') }
  await declareSource(db, { communityId: made.community_id, source: 'list', tells: null, observedUntil: at(50) })
  const reading = await read(made, at(50), [kept])
  expect(reading.episodes).toEqual([])
  expect(reading.cannot_judge).toBeNull()
  const content = await reading.tellWithdrawn(kept)
  expect(alertContentSchema.parse(content)).toEqual(content)
  expect(content.notice).toBe('withdrawn')
  expect(content.sentences[0]).toContain('Nothing has come from “list” since')
})

it('knows of its live feed that it is connected, and says what is wrong where deliveries are refused', async () => {
  const made = await newCommunity()
  for (let day = 0; day < 40; day++) await send(made, 'discourse', ten(day), at(day))
  await refreshCommunity(db, made.community_id, { now: at(40) })
  await db.pool.query(
    `insert into webhook (community_id, webhook_id, kind, source, name, sealed_secret, created_at, last_delivery_at, last_status)
     values ($1, $2, 'discourse', 'discourse', 'Forum', '', $3, $4, 200)`,
    [made.community_id, randomUUID(), at(0), at(45)],
  )
  // the last event came on the 40th day; likes, which are not counted, until the 46th
  expect((await read(made, at(49))).episodes).toEqual([])
  await db.pool.query('update webhook set last_refused_at = $2 where community_id = $1', [made.community_id, at(48)])
  const reading = await read(made, at(50))
  expect(reading.episodes).toMatchObject([{ began_on: '2026-03-23', ended_on: null }])
  const [episode] = reading.episodes
  if (!episode) throw new Error('none')
  const content = await reading.tell(episode, 'began', '2026-03-23')
  expect(content.driver).toMatchObject({
    is_found: true,
    sentence: expect.stringContaining('still come and are refused, last on 22 March 2026'),
  })
  expect(content.look_first[0]?.path).toContain('/data#feeds')
})

it('counts what was new when it came, and nothing else, as a slow look at the events does', async () => {
  const made = await newCommunity()
  const now = at(60)
  const times = [at(60), at(59), at(15, 1), at(15, -1), at(14), new Date(Date.UTC(1990, 0, 1)), new Date(now.getTime() + 60_000)]
  await send(made, 'slack', times, now)
  // the same once more is no news; another is
  await send(made, 'slack', times, at(60, 1))
  await send(made, 'slack', [at(60)], at(60, 2), 'other')
  const { rows } = await db.pool.query<{ event_count: number }>(
    `select count(*)::int as event_count from event
     where community_id = $1 and occurred_at between received_at - interval '45 days' and received_at + interval '1 day'`,
    [made.community_id],
  )
  expect(rows[0]?.event_count).toBe(5)
  expect(await arrivals(made)).toEqual([{ source: 'slack', day_on: '2026-04-03', event_count: 5 }])
})

it('an archive, a source that is known by name alone and one that sent before anything was set up never alarm', async () => {
  const made = await newCommunity()
  // two years up to yesterday, in one go; and nothing ever again
  await send(
    made,
    'archive',
    Array.from({ length: 700 }, (_, day) => at(-day)),
    at(1),
  )
  await declareSource(db, { communityId: made.community_id, source: 'empty', tells: ['joins'], observedUntil: null })
  await refreshCommunity(db, made.community_id, { now: at(1) })
  const reading = await read(made, at(400))
  expect(reading).toMatchObject({
    episodes: [],
    sentence: expect.stringContaining('It cannot be judged. No source has sent on enough days'),
  })
  expect(reading.cannot_judge).not.toBeNull()
})
