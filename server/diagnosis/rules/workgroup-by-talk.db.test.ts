import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCommunity } from '../../../e2e/event-server.ts'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import { normaliseEvent } from '../../ingest/normalise-event.ts'
import { generateEvents } from '../../ingest/sources/synthetic/synthetic.ts'
import { refreshRollups } from '../../rollup/refresh-rollups.ts'
import { appendEvents } from '../../store/append-events.ts'
import { declareCharter } from '../../store/charter.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { changeWords } from '../../store/talk-words.ts'
import { loadTextReading } from '../../store/text-reading.ts'
import { loadVerdicts } from '../window.ts'

const END = new Date('2025-06-30T22:00:00Z')
const timeZone = 'Europe/Berlin'
let db: Awaited<ReturnType<typeof createTestDatabase>>

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

/** A team that only talks, counted by the words of its community as they are now. */
const receive = async (communityId: string) => {
  const events = generateEvents({
    archetype: 'talking_workgroup',
    seed: 3,
    members: 14,
    weeks: 24,
    contributionsPerWeek: 20,
    timeZone,
    endAt: END,
  })
  const reading = await loadTextReading(db.pool, communityId)
  const rows = [...events].flatMap((event) => normaliseEvent(event, END, reading).ok ?? [])
  await appendEvents(db, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: END })
  await inTransaction(db.pool, (client) => refreshRollups(client, { communityId, timeZone, marks: null }))
}
const verdictOf = async (communityId: string) => {
  const [verdict] = await loadVerdicts(db.pool, { communityId, timeZone, knownBy: END, atDays: ['2025-06-30'] })
  return { verdict: verdict?.verdict, talk: verdict?.rules.find((rule) => rule.id === 'workgroup-by-talk') }
}

it('a team that only talks reads as a workgroup by its talk, until its charter says otherwise', async () => {
  const communityId = await createCommunity(db, timeZone)
  await receive(communityId)
  const found = await verdictOf(communityId)
  expect(found).toMatchObject({ verdict: 'workgroup', talk: { passed: true, is_decisive: true, overruled: null } })
  expect(found.talk?.sentence).toContain('By its talk it reads as a workgroup')

  await declareCharter(db.pool, { communityId, purpose: 'community', note: null, now: END })
  const overruled = await verdictOf(communityId)
  expect(overruled.verdict).not.toBe('workgroup')
  expect(overruled.talk).toMatchObject({
    passed: true,
    is_decisive: false,
    overruled: expect.stringContaining('its charter says community'),
  })
})

it('words of its own decide: where none of what it says is a word of work, its talk is no workgroup’s', async () => {
  const communityId = await createCommunity(db, timeZone)
  const families = { artefact: [], procedure: ['ward round'], document: [], build: [] }
  await changeWords(db.pool, { communityId, language: 'en', families, now: END }, () => null)
  await receive(communityId)
  const { verdict, talk } = await verdictOf(communityId)
  expect(verdict).not.toBe('workgroup')
  expect(talk).toMatchObject({ passed: false })
  expect(talk?.tests.find((one) => one.metric === 'work-words')).toMatchObject({ numerator: 0 })
})
