import { afterAll, beforeAll, expect, it } from 'vitest'
import { addCommunity } from './access-app.ts'
import { createTestDatabase } from './test-database.ts'
import type { EventInput } from '../shared/contract/event.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { buildHealthReport } from '../server/report/health-report.ts'
import { buildPortfolio } from '../server/report/portfolio.ts'

let db: Awaited<ReturnType<typeof createTestDatabase>>
const now = new Date('2026-03-31T22:30:00Z')

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

it('says of each community what its health report says', async () => {
  const [busy, empty] = [await addCommunity(db.pool, 'busy'), await addCommunity(db.pool, 'empty')]
  const events = Array.from({ length: 60 }, (_, i): Partial<EventInput>[] => {
    const day = new Date(Date.UTC(2026, 0, 5 + i)).toISOString()
    const question = { id: `q${i}`, type: 'question.asked' as const, occurred_at: day, actor: { id: `u${i % 5}` } }
    const answer = {
      id: `a${i}`,
      type: 'answer.posted' as const,
      in_reply_to: `q${i}`,
      thread_id: `q${i}`,
      actor: { id: `u${(i + 1) % 5}` },
    }
    return i % 3 === 0 ? [question] : [question, { ...answer, occurred_at: new Date(Date.parse(day) + 3_600_000).toISOString() }]
  }).flat()
  const rows = events.flatMap((event) => normaliseEvent({ source: 'list', ...event }, now).ok ?? [])
  await appendEvents(db, { communityId: busy.community_id, rows, onConflict: 'report', dryRun: false, receivedAt: now })
  await refreshCommunity(db, busy.community_id, { now })

  const [busySummary, emptySummary] = await buildPortfolio(
    db.pool,
    [
      { community_id: busy.community_id, role: 'viewer' },
      { community_id: empty.community_id, role: 'manager' },
    ],
    now,
  )
  const community = { ...busy, name: 'Community busy', time_zone: 'Europe/Berlin', is_demo: false, demo_note: null }
  const report = await buildHealthReport(db.pool, community, { from: '2026-01', to: '2026-04', grain: 'month' }, now)
  const pointsOf = (id: string) => report.metrics.find((series) => series.id === id)?.points ?? []
  expect(busySummary).toMatchObject({
    slug: 'busy',
    role: 'viewer',
    verdict: report.latest_verdict?.verdict,
    strength: report.latest_verdict?.support_detail.strength,
    standing: report.latest_verdict?.standing,
    intention: null,
    own_threshold_count: 0,
    verdict_sentence: report.latest_verdict?.sentence,
    trajectory: report.latest_verdict?.trajectory,
    verdict_at: report.latest_verdict?.at,
    // half past midnight in Berlin: April has begun
    contributions_by_month: pointsOf('contributions').map(({ period, value }) => ({ period, count: value })),
    member_count: pointsOf('members').at(-1)?.value,
    answered_share: {
      numerator: pointsOf('answered-share').reduce((sum, { numerator }) => sum + (numerator ?? 0), 0),
      denominator: 60,
    },
  })
  expect(emptySummary).toMatchObject({
    slug: 'empty',
    role: 'manager',
    verdict: null,
    known_by: null,
    last_alert: null,
    contributions_by_month: [],
    needs: [{ reason: 'no_data' }],
  })
})
