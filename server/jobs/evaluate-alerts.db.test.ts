import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contentOf, createQuietRule } from '../../e2e/scripted-alert-rule.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { Rule } from '../alerts/alert-rule.ts'
import { changeRuleSetting, snoozeRule } from '../store/alert-settings.ts'
import { listFailures, listWatches, readWatch } from '../store/alert-watches.ts'
import { latestAlerts, listAlerts } from '../store/alerts.ts'
import { createCommunity, deleteCommunity, type StoredCommunity } from '../store/communities.ts'
import { judgeDemo } from './demo-alerts.ts'
import { type DueAlertParts, doDueAlerts, judgeNow } from './due-alerts.ts'
import { evaluateCommunity } from './evaluate-alerts.ts'

// Monday the sixth of March 2028
const MONDAY = Date.parse('2028-03-06T00:00:00Z')
const HOUR = 3_600_000
/** Hours after that Monday began. */
const at = (hours: number): Date => new Date(MONDAY + hours * HOUR)
const week = (n: number): Date => at(n * 168)

let database: Awaited<ReturnType<typeof createTestDatabase>>
let community: StoredCommunity
let mails: string[]
let refreshes: string[]
let problems: unknown[]

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

/** So many events a week on Wednesdays, the last of the counts in the week before that Monday, all of them received then. */
const addWeeks = async (communityId: string, counts: readonly number[], { received = at(0), to = 0 } = {}) => {
  const days = counts.flatMap((count, i) =>
    Array.from({ length: count }, () => new Date(MONDAY + ((i - counts.length + to) * 168 + 60) * HOUR)),
  )
  await database.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, body_hash)
     select $1, e.key, 'forum', e.key::text, 'post.published', e.at, $4, e.key from unnest($2::uuid[], $3::timestamptz[]) as e (key, at)`,
    [communityId, days.map(() => randomUUID()), days, received],
  )
}

const refresh = (now: Date) =>
  database.pool.query(
    `insert into community_state (community_id, first_event_on, known_by, refreshed_at, revision)
     select community_id, '2027-01-01', $1, $1, 1 from community
     on conflict (community_id) do update set known_by = $1, refreshed_at = $1, revision = community_state.revision + 1`,
    [now],
  )

const partsOf = (now: Date, rules: readonly Rule[] = [createQuietRule()]): DueAlertParts => ({
  db: database,
  now,
  rules,
  secretKey: 'a secret of the test',
  baseUrl: 'http://localhost:3000',
  requestRefresh: async (id) => void refreshes.push(id),
  onFailure: (error) => problems.push(error),
  addHooks: async () => 0,
  addMails: async (_client, { slug }, { content }) => {
    mails.push(`${slug} ${content.notice} ${content.on}`)
    return 1
  },
})
const round = (now: Date, rules?: readonly Rule[]) => doDueAlerts(partsOf(now, rules))
const roundFresh = async (now: Date, rules?: readonly Rule[]) => {
  await refresh(now)
  return round(now, rules)
}
const alerts = () => listAlerts(database.pool, community.community_id)

const LOUD = [5, 5, 5, 5, 5, 5]
const QUIET = [...LOUD.slice(2), 1, 1]

const create = async (slug: string, more: { demo_note?: string; time_zone?: string } = {}) =>
  (await createCommunity(database, { slug, name: slug, time_zone: 'UTC', now: at(-1000), ...more })) as StoredCommunity

beforeEach(async () => {
  await database.pool.query('delete from community')
  mails = []
  refreshes = []
  problems = []
  community = await create('guild')
})

/** Watched since that Monday; quiet for two weeks from then on. */
const watchQuiet = async () => {
  await addWeeks(community.community_id, LOUD)
  await roundFresh(at(7))
  await addWeeks(community.community_id, [1, 1], { to: 2 })
}

describe('when a rule is judged', () => {
  it('is at six in the morning where the community lives, once a day', async () => {
    await watchQuiet()
    await roundFresh(at(13 * 24 + 7))
    // Monday, before six and after
    expect(await roundFresh(at(14 * 24 + 5.9))).toMatchObject({ judged: 0, told: 0 })
    expect(await roundFresh(at(14 * 24 + 6))).toMatchObject({ judged: 1, told: 1, mail_count: 1 })
    expect(await roundFresh(at(14 * 24 + 7))).toMatchObject({ judged: 0 })
    expect(mails).toEqual(['guild began 2028-03-13'])
  })

  it('is every hour by days, and only where anything or the day has changed', async () => {
    const hourly: Rule = { ...createQuietRule(), grain: 'day' }
    await addWeeks(community.community_id, LOUD)
    expect(await roundFresh(at(7), [hourly])).toMatchObject({ judged: 1 })
    expect(await round(at(7.5), [hourly])).toMatchObject({ judged: 0 })
    expect(await round(at(8), [hourly])).toMatchObject({ judged: 0 })
    expect(await roundFresh(at(9), [hourly])).toMatchObject({ judged: 1 })
    await refresh(at(25))
    await database.pool.query('update community_state set revision = revision - 1')
    expect(await round(at(25), [hourly])).toMatchObject({ judged: 1 })
  })

  it('is when the numbers have what came in, but no later than six hours after, and says so', async () => {
    await watchQuiet()
    const monday = at(14 * 24 + 6)
    await roundFresh(at(13 * 24 + 7))
    await database.pool.query(`insert into stale_day (community_id, day_on, batch_id) values ($1, '2028-03-14', $1)`, [
      community.community_id,
    ])
    await refresh(monday)
    expect(await round(monday)).toMatchObject({ judged: 0, waiting: [community.community_id] })
    expect(await round(at(14 * 24 + 11.9))).toMatchObject({ judged: 0 })
    expect(refreshes.length).toBe(2)
    expect(await round(at(14 * 24 + 12))).toMatchObject({ judged: 1, told: 1 })
    expect((await alerts())[0]?.notices[0]?.content.caveats.join()).toContain('not counted yet')
    expect((await listWatches(database.pool, community.community_id))[0]?.standing.is_behind).toBe(true)
    // once they have it, it is judged again, and not told again
    await database.pool.query('delete from stale_day')
    expect(await roundFresh(at(15 * 24 + 6))).toMatchObject({ judged: 1, told: 0 })
  })

  it('is not delayed by what other rules and communities do wrong, which is seen, and tried again', async () => {
    const other = await create('other')
    await addWeeks(community.community_id, LOUD)
    await addWeeks(other.community_id, LOUD)
    let isBroken = true
    const broken: Rule = {
      ...createQuietRule(),
      id: 'one-person',
      read: (db, material, options) =>
        isBroken && material.slug === 'guild'
          ? db.query('select no_such_column').then(() => Promise.reject(new Error()))
          : createQuietRule().read(db, material, options),
    }
    const rules = [broken, createQuietRule()]
    expect(await roundFresh(at(7), rules)).toMatchObject({ judged: 3, failed: 1 })
    expect(problems.length).toBe(1)
    expect(await listFailures(database.pool, community.community_id)).toMatchObject([
      { rule: 'one-person', failed_since: at(7), failure: 'column "no_such_column" does not exist' },
    ])
    expect(await round(at(7.9), rules)).toMatchObject({ judged: 0, failed: 0 })
    expect(await round(at(8), rules)).toMatchObject({ failed: 1 })
    expect(await listFailures(database.pool, community.community_id)).toMatchObject([{ failed_since: at(7), failed_at: at(8) }])
    isBroken = false
    expect(await round(at(9), rules)).toMatchObject({ judged: 1, failed: 0 })
    expect(await listFailures(database.pool, community.community_id)).toEqual([])
  })

  it('goes on in the next round with those judged longest ago where a round takes too long', async () => {
    for (const slug of ['a', 'b', 'c']) await addWeeks((await create(slug)).community_id, LOUD)
    await addWeeks(community.community_id, LOUD)
    await refresh(at(7))
    let time = 0
    const clock = () => (time += 150_000)
    const seen = async (now: Date) => (await doDueAlerts({ ...partsOf(now), clock })).left_off
    expect([await seen(at(7)), await seen(at(7)), await seen(at(7)), await seen(at(7))]).toEqual([3, 2, 1, 0])
  })
})

describe('what is told at once by several', () => {
  it('is told by one; the others find it busy', async () => {
    await watchQuiet()
    await refresh(week(2))
    let goOn = () => {}
    const isHeld = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let begun = () => {}
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const slow = createQuietRule({
      onRead: () => {
        begun()
        return isHeld
      },
    })
    const first = evaluateCommunity(partsOf(week(2)), community.community_id, slow)
    await isBegun
    expect(await evaluateCommunity(partsOf(week(2)), community.community_id, slow)).toEqual({ kind: 'busy' })
    goOn()
    expect(await first).toMatchObject({ kind: 'judged', mail_count: 1 })
    expect(mails.length).toBe(1)
  })

  it('is kept once even where both were at it, by the keys of what is told', async () => {
    await watchQuiet()
    await refresh(week(2))
    let readers = 0
    let goOn = () => {}
    const bothHaveRead = new Promise<void>((resolve) => {
      goOn = resolve
    })
    // as if they were two rules, of which each has its own lock, that tell the same
    const twin = (n: number): Rule => {
      const rule = createQuietRule({
        onRead: () => {
          readers += 1
          if (readers >= 2) goOn()
          return bothHaveRead
        },
      })
      let asked = 0
      // the id is asked for by the lock first
      return Object.defineProperty(rule, 'id', { get: () => (asked++ === 0 ? `twin ${n}` : 'decline') })
    }
    const done = await Promise.all([1, 2].map((n) => evaluateCommunity(partsOf(week(2)), community.community_id, twin(n))))
    expect(readers).toBeGreaterThan(1)
    expect(done.map(({ kind }) => kind).sort()).toEqual(['judged', 'same'])
    const [alert, ...more] = await alerts()
    expect(more).toEqual([])
    expect(alert?.notices.map(({ notice, sent }) => `${notice} ${sent}`)).toEqual(['began sent'])
  })

  it('rests on one state of the numbers, whatever is refreshed while it is read', async () => {
    await addWeeks(community.community_id, LOUD)
    await refresh(at(7))
    const counts: unknown[] = []
    const rule: Rule = {
      ...createQuietRule(),
      read: async (db, material, options) => {
        const count = async () =>
          counts.push((await db.query('select count(*) from event where community_id = $1', [material.communityId])).rows[0])
        await count()
        await addWeeks(material.communityId, [7], { received: at(0) })
        await refresh(at(8))
        await count()
        return createQuietRule().read(db, material, options)
      },
    }
    expect(await evaluateCommunity(partsOf(at(7)), community.community_id, rule)).toMatchObject({ kind: 'judged' })
    expect(counts[0]).toEqual(counts[1])
    // what it was judged by is the state it was read from: the newer one is judged anew
    expect(await evaluateCommunity(partsOf(at(7)), community.community_id, createQuietRule())).toMatchObject({ kind: 'judged' })
    expect(await evaluateCommunity(partsOf(at(7)), community.community_id, createQuietRule())).toEqual({ kind: 'same' })
  })

  it('is nothing of a community that is deleted meanwhile', async () => {
    await watchQuiet()
    await refresh(week(2))
    let deleted: Promise<unknown> = Promise.resolve()
    const rule = createQuietRule({
      onRead: (id) => {
        deleted = deleteCommunity(database, id)
      },
    })
    // it is judged to its end, and then deleted with all that was told
    expect(await evaluateCommunity(partsOf(week(2)), community.community_id, rule)).toMatchObject({ kind: 'judged' })
    await deleted
    expect(await alerts()).toEqual([])
    expect(await evaluateCommunity(partsOf(week(2)), community.community_id, rule)).toEqual({ kind: 'gone' })
  })
})

describe('what was told', () => {
  it('stands while there is nothing to go by: purged, imported again, or not far enough', async () => {
    await watchQuiet()
    await roundFresh(week(2))
    await roundFresh(new Date(week(2).getTime() + 7 * HOUR))
    expect(mails).toEqual(['guild began 2028-03-13'])
    await database.pool.query('delete from event')
    await database.pool.query('update community_state set first_event_on = null, known_by = null, revision = revision + 1')
    expect(await round(week(3))).toMatchObject({ judged: 0, failed: 0 })
    // half of it is there again, then all
    await addWeeks(community.community_id, LOUD)
    await refresh(at(7))
    expect(await judgeNow(partsOf(week(3)), community.community_id)).toMatchObject({ told: 0, failed: 0 })
    await addWeeks(community.community_id, [1, 1], { to: 2 })
    await roundFresh(new Date(week(3).getTime() + 7 * HOUR))
    expect((await alerts()).map(({ state }) => state)).toEqual(['open'])
    expect(mails.length).toBe(1)
  })

  it('is taken back with the reason where the limits were changed since', async () => {
    await watchQuiet()
    await roundFresh(new Date(week(2).getTime() + 7 * HOUR))
    const lenient = createQuietRule()
    const rule: Rule = {
      ...lenient,
      read: async (db, material, options) => {
        const reading = await lenient.read(db, material, options)
        return options.strictness > 1 ? { ...reading, episodes: [] } : reading
      },
    }
    const setting = { communityId: community.community_id, rule: 'decline' as const, userId: null, now: week(2) }
    await changeRuleSetting(database.pool, { ...setting, version: 0, is_on: true, strictness: 1.5 })
    expect(await judgeNow(partsOf(new Date(week(2).getTime() + 8 * HOUR), [rule]), community.community_id)).toMatchObject({ told: 1 })
    const [alert] = await alerts()
    expect(alert).toMatchObject({ state: 'withdrawn', version: 2 })
    expect(alert?.notices.at(-1)?.content).toMatchObject({
      notice: 'withdrawn',
      caveats: ['Since it was told, the limits of this rule were changed from 1 to 1.5 times the usual ones.'],
    })
  })

  it('is history where only another program finds it in what was judged before', async () => {
    const blind: Rule = {
      ...createQuietRule(),
      read: async (...args) => ({ ...(await createQuietRule().read(...args)), episodes: [] }),
    }
    await watchQuiet()
    const now = new Date(week(2).getTime() + 7 * HOUR)
    await roundFresh(now, [blind])
    await database.pool.query(`update alert_watch set judged_by = (judged_by::jsonb || '{"version": "an older one"}')::text`)
    // nothing has come in since
    expect(await judgeNow(partsOf(now), community.community_id)).toMatchObject({ judged: 1, told: 0 })
    expect([(await alerts()).map(({ is_history }) => is_history), mails]).toEqual([[true], []])
  })

  it('is closed in silence when its rule is switched off, and goes on when it is switched on again', async () => {
    await watchQuiet()
    await roundFresh(new Date(week(2).getTime() + 7 * HOUR))
    const setting = { communityId: community.community_id, rule: 'decline' as const, userId: null, now: week(2), strictness: null }
    await changeRuleSetting(database.pool, { ...setting, version: 0, is_on: false })
    const later = new Date(week(2).getTime() + 8 * HOUR)
    await judgeNow(partsOf(later), community.community_id)
    expect((await alerts())[0]?.state).toBe('switched_off')
    expect(await readWatch(database.pool, community.community_id, 'decline')).toBeNull()
    await changeRuleSetting(database.pool, { ...setting, version: 1, is_on: true })
    await judgeNow(partsOf(later), community.community_id)
    expect((await alerts())[0]).toMatchObject({ state: 'open', ended_on: null })
    expect(mails).toEqual(['guild began 2028-03-13'])
  })

  it('is held while snoozed, and told once after it', async () => {
    await watchQuiet()
    await snoozeRule(database.pool, { communityId: community.community_id, rule: 'decline', until: week(3), userId: null, now: at(8) })
    await roundFresh(new Date(week(2).getTime() + 7 * HOUR))
    expect((await alerts())[0]?.notices.map(({ sent }) => sent)).toEqual(['held'])
    await roundFresh(new Date(week(3).getTime() + 7 * HOUR))
    await roundFresh(new Date(week(3).getTime() + 31 * HOUR))
    expect(mails).toEqual(['guild began 2028-03-20'])
    expect((await alerts())[0]?.notices).toMatchObject([{ sent: 'sent', on: '2028-03-20', recipient_count: 1 }])
  })

  it('is told to be over when the snooze is, to who had been told that it began', async () => {
    await watchQuiet()
    await roundFresh(new Date(week(2).getTime() + 7 * HOUR))
    await snoozeRule(database.pool, { communityId: community.community_id, rule: 'decline', until: week(4), userId: null, now: week(2) })
    await addWeeks(community.community_id, [5, 5], { to: 4, received: week(3) })
    await addWeeks(community.community_id, [9], { to: 2, received: week(3) })
    await roundFresh(new Date(week(3).getTime() + 7 * HOUR))
    const [ended] = await alerts()
    expect([ended?.state, ended?.notices.map(({ sent }) => sent), mails.length]).toEqual(['withdrawn', ['sent', 'held'], 1])
    for (const hours of [7, 31]) await roundFresh(new Date(week(4).getTime() + hours * HOUR))
    expect(mails).toEqual(['guild began 2028-03-13', `guild withdrawn ${ended?.notices[1]?.on}`])
    const [kept] = await alerts()
    expect(kept?.notices[1]).toMatchObject({ sent: 'sent', recipient_count: 1 })
    expect(kept?.notices[1]?.content.caveats.at(-1)).toBe('This was noticed while it was snoozed, and is told now that the snooze is over.')
  })

  it('is written down as told to nobody where there is nobody to tell', async () => {
    await watchQuiet()
    const now = new Date(week(2).getTime() + 7 * HOUR)
    await refresh(now)
    await doDueAlerts({ ...partsOf(now), addMails: async () => 0 })
    expect((await alerts())[0]?.notices).toMatchObject([{ sent: 'nobody', recipient_count: 0 }])
  })

  it('is refused where its words are not what a notice has, and nothing of it is kept', async () => {
    await watchQuiet()
    const quiet = createQuietRule()
    const rule: Rule = {
      ...quiet,
      read: async (db, material, options) => ({
        ...(await quiet.read(db, material, options)),
        tell: async () => ({ ...contentOf(material, 'began', '2028-03-13'), sentences: 'one' as never }),
      }),
    }
    const now = new Date(week(2).getTime() + 7 * HOUR)
    expect(await roundFresh(now, [rule])).toMatchObject({ failed: 1, told: 0 })
    expect([await alerts(), mails]).toEqual([[], []])
  })

  it('is what a list of communities shows: what stands, else what was told last, and no history', async () => {
    const past = await create('past')
    await addWeeks(past.community_id, [...QUIET, 5, 5])
    await watchQuiet()
    await roundFresh(new Date(week(2).getTime() + 7 * HOUR))
    const latest = await latestAlerts(database.pool, [community.community_id, past.community_id])
    expect([...latest.keys()]).toContain(community.community_id)
    expect(latest.get(community.community_id)).toMatchObject({
      state: 'open',
      began_on: '2028-03-13',
      headline: 'began in the week of 2028-03-13',
    })
  })
})

describe('a demonstration', () => {
  it('is judged as soon as all of its data are counted, and nobody is told of its past', async () => {
    const demo = await create('demo', { demo_note: 'made up' })
    await addWeeks(demo.community_id, QUIET)
    await refresh(at(0))
    const judge = () => judgeDemo(partsOf(at(0)), demo.community_id)
    expect(await judge()).toBe(0)
    await database.pool.query(`insert into demo_load (slug, finished_at) values ('demo', $1)`, [at(0)])
    expect(await judgeDemo(partsOf(at(0)), community.community_id)).toBe(0)
    expect(await judge()).toBe(1)
    expect(await judge()).toBe(0)
    expect(mails).toEqual([])
    expect(await listAlerts(database.pool, demo.community_id)).toMatchObject([
      { is_history: true, state: 'open', notices: [{ sent: 'history', content: { notice: 'began' } }] },
    ])
  })
})
