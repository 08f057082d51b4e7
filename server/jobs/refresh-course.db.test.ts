import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { EventInput } from '../../shared/contract/event.ts'
import { verdictHistorySchema } from '../../shared/contract/verdict-history.ts'
import { verdictSchema } from '../../shared/contract/verdict.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { buildHealthReport, buildVerdict } from '../report/health-report.ts'
import { buildPortfolio } from '../report/portfolio.ts'
import { buildVerdictHistory } from '../report/verdict-history.ts'
import { appendEvents } from '../store/append-events.ts'
import { createCommunity, type StoredCommunity } from '../store/communities.ts'
import type { Database } from '../store/connection.ts'
import { refreshCommunity } from './refresh-community.ts'

// What only the history says, from events to what is read: a community of sixty weeks whose joins, questions and answers halve after fifty.
const DAY = 86_400_000
const BEGIN = Date.UTC(2024, 0, 1, 9)
const WEEKS = 60
const NOW = new Date(BEGIN + WEEKS * 7 * DAY + 2 * DAY)

let db: Database
let community: StoredCommunity
beforeAll(async () => {
  db = await createTestDatabase()
  community = await communityOf(declining())
})
afterAll(() => db.close())

const communityOf = async (events: EventInput[]): Promise<StoredCommunity> => {
  const made = await createCommunity(db, { slug: `c-${randomUUID()}`, name: 'Pumps', time_zone: 'Europe/Berlin', now: NOW })
  if (!made) throw new Error('the slug is taken')
  const rows = events.map((event) => {
    const { ok } = normaliseEvent(event, NOW)
    if (!ok) throw new Error('rejected')
    return ok
  })
  await appendEvents(db, { communityId: made.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
  await refreshCommunity(db, made.community_id, { now: NOW })
  return made
}

const declining = (): EventInput[] =>
  Array.from({ length: WEEKS }, (_, week) => {
    const count = week < 50 ? 8 : 3
    return Array.from({ length: count }, (_, i): EventInput[] => {
      const at = (hours: number) => new Date(BEGIN + week * 7 * DAY + (i % 5) * DAY + hours * 3_600_000).toISOString()
      const question = `q${week}-${i}`
      return [
        { id: `j${week}-${i}`, source: 'list', type: 'member.joined', occurred_at: at(0), actor: { id: `p${week}-${i}` } },
        { id: question, source: 'list', type: 'question.asked', occurred_at: at(1), actor: { id: `p${week}-${i}` } },
        {
          id: `a${week}-${i}`,
          source: 'list',
          type: 'answer.posted',
          occurred_at: at(4),
          actor: { id: `p${Math.max(0, week - 1)}-${(i * 5 + week) % (week <= 50 ? 8 : 3)}` },
          in_reply_to: question,
        },
      ]
    }).flat()
  }).flat()

const stored = async () =>
  (
    await db.pool.query<{ at_on: string; course: Record<string, unknown>; verdict: { rules_version: string; own_thresholds: unknown[] } }>(
      'select at_on, course, verdict from verdict_result where community_id = $1 order by at_on',
      [community.community_id],
    )
  ).rows

describe('the course of a community', () => {
  it('is told at every month end, and of the month that is not over', async () => {
    const history = verdictHistorySchema.parse(await buildVerdictHistory(db.pool, community))
    expect(history.verdicts.map(({ at }) => at)).toEqual((await stored()).map(({ at_on }) => at_on))
    expect(history.verdicts.map((one) => one.is_month_over)).toEqual(history.verdicts.map((_, i) => i < history.verdicts.length - 1))
    const directions = history.verdicts.map(({ at, trajectory }) => `${at} ${trajectory}`)
    expect(directions).toContain('2024-05-31 forming')
    expect(directions).toContain('2024-07-31 unknown')
    expect(directions).toContain('2024-11-30 steady')
    expect(directions.at(-1)).toBe('2025-02-26 declining')
    expect(history.verdicts.at(-2)?.standing).toBe(history.verdicts.at(-1)?.standing)
  })

  it('says since when it declines, and of how many as against how many', async () => {
    const latest = verdictSchema.parse(await buildVerdict(db.pool, community, {}, NOW))
    expect(latest.trajectory).toBe('declining')
    expect(latest.trajectory_detail?.sentence.replaceAll('\u00a0', ' ')).toMatch(
      /^Declining since the week of \d+ (January|February) 2025: .*24 people joined in the last 8 weeks where 64 would be usual/,
    )
    expect(latest.trajectory_detail?.series.find(({ id }) => id === 'leavers')).toMatchObject({
      state: 'cannot_judge',
      reason: 'No source tells both who joined and who left.',
    })
    const [summary] = await buildPortfolio(
      db.pool,
      [{ community_id: community.community_id, role: 'viewer' }],
      new Date('2025-06-01T00:00:00Z'),
    )
    expect(summary?.trajectory).toBe('declining')
  })

  it('is the stored one on a day that was evaluated, and follows from the months before on any other', async () => {
    const [onMonthEnd, inBetween, long_after] = await Promise.all(
      ['2024-11-30', '2024-12-11', '2025-02-20'].map((at) => buildVerdict(db.pool, community, { at }, NOW)),
    )
    const row = (await stored()).find(({ at_on }) => at_on === '2024-11-30')
    expect(onMonthEnd).toMatchObject(row?.course as object)
    expect(inBetween).toMatchObject({ at: '2024-12-11', standing: onMonthEnd?.standing, trajectory: 'steady' })
    expect(inBetween?.standing_detail?.since).toBe(onMonthEnd?.standing_detail?.since)
    expect(long_after?.trajectory).toBe('declining')
  })

  it('is the same as known then as it was stored then, where nothing was taken back since', async () => {
    const asOf = new Date('2024-11-30T23:00:00Z')
    const then = await buildVerdict(db.pool, community, { as_of: asOf }, NOW)
    const row = (await stored()).find(({ at_on }) => at_on === '2024-11-30')
    expect(then).toMatchObject({ at: '2024-11-30', ...row?.course })
    const report = await buildHealthReport(db.pool, community, { grain: 'month', from: '2024-09', to: '2024-11', as_of: asOf }, NOW)
    expect(report.verdicts.map(({ standing }) => standing)).toEqual(
      (await stored()).filter(({ at_on }) => at_on > '2024-09' && at_on < '2024-12').map(({ course }) => course.standing),
    )
    expect(report.verdicts.at(-1)?.trajectory_detail).toEqual(row?.course.trajectory_detail)
  })

  it('follows what the managers declare and set, through all of the history', async () => {
    const id = community.community_id
    const before = await stored()
    await db.pool.query("insert into charter (community_id, purpose, declared_at) values ($1, 'newsletter', now())", [id])
    await db.pool.query("insert into threshold_setting values ($1, 'enough_contributions', 400, now())", [id])
    await refreshCommunity(db, id, { now: NOW })
    const after = await stored()
    expect(after.map(({ at_on }) => at_on)).toEqual(before.map(({ at_on }) => at_on))
    for (const { verdict, course } of after) {
      expect(verdict.own_thresholds).toEqual([expect.objectContaining({ id: 'enough_contributions', value: 400 })])
      expect(course.intention).toMatchObject({ purpose: 'newsletter' })
    }
    expect((await buildVerdictHistory(db.pool, community)).own_thresholds).toHaveLength(1)
    await refreshCommunity(db, id, { now: NOW, rebuild: true })
    expect(await stored()).toEqual(after)
    expect(after.map(({ course }) => course.trajectory)).toEqual(before.map(({ course }) => course.trajectory))
  })

  it('says that what stood is not at hand where the months before were never judged', async () => {
    await db.pool.query('delete from verdict_result where community_id = $1', [community.community_id])
    const then = await buildVerdict(db.pool, community, { as_of: new Date('2024-11-30T23:00:00Z') }, NOW)
    expect(then).toMatchObject({ standing: null, intention: null, trajectory: 'steady' })
    expect(then?.standing_detail?.sentence).toMatch(/not at hand/)
  })

  it('of a community of which nothing is known is empty', async () => {
    const empty = await communityOf([])
    expect(await buildVerdictHistory(db.pool, empty)).toMatchObject({ verdicts: [], own_thresholds: [] })
  })
})
