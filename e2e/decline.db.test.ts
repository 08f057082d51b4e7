import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../server/../e2e/test-database.ts'
import { alertContentSchema } from '../shared/contract/alert.ts'
import { addDays } from '../shared/period.ts'
import type { Database } from '../server/store/connection.ts'
import type { AlertMaterial, Episode, RuleReading } from '../server/alerts/alert-rule.ts'
import { decline } from '../server/alerts/rules/decline.ts'
import { driveDecline } from '../server/alerts/decline/drive-decline.ts'
import { changeAt, type DeclineFrom, followDecline, lagOf, type NamedTold, namedAt } from '../server/alerts/decline/follow-decline.ts'
import { CHANGED, type Given, giveCommunity, lateJoins, WEEKS, ZONE } from './declining-community.ts'
import { loadParts, loadSpells } from '../server/alerts/decline/load-parts.ts'
import { cohortsOf, countedWeeks, partsOf } from '../server/alerts/decline/part-series.ts'
import type { SeriesId } from '../server/alerts/decline/say-series.ts'

let db: Database
let given: Given
let material: AlertMaterial
let from: DeclineFrom
let reading: RuleReading
beforeAll(async () => {
  db = await createTestDatabase()
  given = await giveCommunity(db, 'Pumps \u202e& <i>valves</i>\n')
  material = await given.material()
  from = await followDecline(db.pool, material, { strictness: 1, kept: [] })
  reading = await decline.read(db.pool, material, { strictness: 1, kept: [] })
}, 60_000)
afterAll(() => db.close())

const last = () => from.weeks.length - 1
const namedOf = (id: SeriesId): NamedTold => {
  const found = namedAt(from, (changeAt(from, 0, last()) as { since: number }).since, last()).find((one) => one.id === id)
  if (found === undefined) throw new Error(`${id} is not named`)
  return found
}

describe('a community of which three things change at once', () => {
  it('is noticed within eight weeks, and all three are named', () => {
    expect(reading.episodes).toHaveLength(1)
    const [{ began_on, ended_on }] = reading.episodes as [Episode]
    const changed = reading.periods.findIndex(({ on }) => on === began_on) - (reading.periods.length - (WEEKS - CHANGED))
    expect(changed).toBeGreaterThanOrEqual(0)
    expect(changed).toBeLessThan(8)
    expect(ended_on).toBeNull()
    expect(reading.periods.at(-1)).toMatchObject({ is_standing: true, reason: null })
    for (const id of ['joins', 'answered', 'leavers'] as const) expect(namedOf(id).z).toBeGreaterThan(2.1)
  })

  it('counts what the events say', async () => {
    for (const [id, type] of [
      ['joins', 'member.joined'],
      ['leavers', 'member.left'],
    ] as const) {
      const one = namedOf(id)
      const { rows } = await db.pool.query(
        `select count(*)::int as count from event
         where community_id = $1 and type = $2 and (occurred_at at time zone '${ZONE}')::date between $3::date and $4::date`,
        [given.communityId, type, from.weeks[one.from]?.from_on, addDays(from.weeks[one.to]?.from_on as string, 6)],
      )
      expect(one.told.observed).toBe(rows[0].count)
    }
  })

  it('is the sum of its parts, in the weeks judged and in what is usual', async () => {
    for (const id of ['joins', 'answered', 'leavers'] as const) {
      const named = namedOf(id)
      const counted = countedWeeks(from, named)
      const dimensions = id === 'leavers' ? [] : (['channel', 'source', 'person', 'standing'] as const)
      const all = await Promise.all(
        dimensions.map(async (dimension) => {
          const loaded = await loadParts(db.pool, material, { id, dimension, days: counted.days })
          return loaded && partsOf(from, named, loaded, counted)
        }),
      )
      if (id === 'leavers') all.push(cohortsOf(from, named, await loadSpells(db.pool, material, counted.days), counted, 'month'))
      const told = all.filter((parts) => parts !== null)
      expect(told.length).toBeGreaterThan(0)
      for (const parts of told) {
        expect(parts.reduce((sum, { now }) => sum + now, 0)).toBe(named.told.observed)
        expect(parts.reduce((sum, { usual }) => sum + usual, 0)).toBeCloseTo(named.told.expected, 6)
      }
    }
  })

  it('is the sum of its parts in every single week, of every series', async () => {
    const days = { from_on: from.weeks[0]?.from_on as string, to_on: addDays(from.weeks.at(-1)?.from_on as string, 7) }
    for (const [at, { id, counts, exposures }] of from.all.entries()) {
      if (id === 'leavers') continue
      for (const dimension of ['channel', 'source', 'person', 'standing'] as const) {
        const parts = await loadParts(db.pool, material, { id, dimension, days })
        if (parts === null) continue
        expect(parts.length).toBeGreaterThan(0)
        const lag = lagOf(id)
        for (let week = lag; week < from.weeks.length; week++) {
          if ((exposures[week] as number) === 0) continue
          const sum = parts.reduce((all, { weeks }) => all + (weeks.get(from.weeks[week - lag]?.from_on as string) ?? 0), 0)
          expect([from.all[at]?.id, dimension, week, sum]).toEqual([id, dimension, week, counts[week]])
        }
      }
    }
  })

  it('names the channel, the one who answered and the join quarter that carry it', async () => {
    const joins = await driveDecline(db.pool, from, [namedOf('joins')])
    expect(joins.by).toMatchObject({ dimension: 'channel' })
    expect(joins.driver?.sentence).toContain('among people who first show up in “pumps <b>& "valves"”')
    const answered = await driveDecline(db.pool, from, [namedOf('answered')])
    expect(answered.by).toMatchObject({ dimension: 'person' })
    expect(answered.driver?.sentence).toMatch(/^One person who was first to answer 7\d\s% of the questions/)
    const leavers = await driveDecline(db.pool, from, [namedOf('leavers')])
    expect(leavers.by).toMatchObject({ dimension: 'month', key: '2025-10' })
    expect(leavers.driver?.sentence).toMatch(/More leave|more leavers/)
    expect(leavers.driver?.sentence).toContain('is among those who joined in October 2025')
  })

  it('is told in words that name nobody and show nothing that turns text round', async () => {
    const [episode] = reading.episodes as [Episode]
    for (const on of [episode.began_on, reading.periods.at(-1)?.on as string]) {
      const content = await reading.tell(episode, 'began', on)
      expect(alertContentSchema.parse(content)).toEqual(content)
      const told = JSON.stringify({ ...content, community: null })
      expect(told).not.toMatch(/\\u202e|\u202e|helper\d|asker\d|new\d|facilitator|NaN|Infinity|undefined/)
      expect(content.subject).toMatch(/^Pumps & <i>valves<\/i>: /)
      expect(content.subject.length).toBeLessThanOrEqual(120)
      expect(content.figures.map(({ label }) => label)).toContain('New members')
      expect(content.look_first.length).toBeGreaterThan(0)
      for (const { path } of content.look_first) expect(path).toMatch(/^\/c\/c-[0-9a-f-]+\/(membership|helping|voices|data)/)
    }
  })

  it('is withdrawn with what came late as the reason, once that undoes it', async () => {
    const [episode] = reading.episodes as [Episode]
    const told = await reading.tell(episode, 'began', episode.began_on)
    const kept = {
      began_on: episode.began_on,
      ended_on: null,
      content: { ...told, chart: told.chart && { ...told.chart, title: 'New members a week' } },
    }
    const joins = from.all.findIndex(({ id }) => id === 'joins')
    const weeks = reading.series[joins]?.weeks.filter(({ on }) => told.chart?.weeks.some((week) => week.on === on)) ?? []
    const then = { ...kept, content: { ...kept.content, chart: kept.content.chart && { ...kept.content.chart, weeks } } }
    await given.add(lateJoins())
    const now = await decline.read(db.pool, await given.material(), { strictness: 1, kept: [then] })
    const content = await now.tellWithdrawn(then)
    expect(alertContentSchema.parse(content)).toEqual(content)
    expect(content.subject).toMatch(/: alert of .* withdrawn, because \d+\sjoins of March to April 2026 arrived later$/)
    expect(content.headline).toMatch(/^Withdrawn, because \d+\sjoins/)
  })
})
