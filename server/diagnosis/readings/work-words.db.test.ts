import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCommunity } from '../../../e2e/event-server.ts'
import { createTestDatabase } from '../../../e2e/test-database.ts'
import type { EventInput } from '../../../shared/contract/event.ts'
import { normaliseEvent } from '../../ingest/normalise-event.ts'
import { refreshRollups } from '../../rollup/refresh-rollups.ts'
import { appendEvents } from '../../store/append-events.ts'
import { addFacilitator } from '../../store/facilitators.ts'
import { inTransaction } from '../../store/in-transaction.ts'
import { changeWords } from '../../store/talk-words.ts'
import { loadTextReading } from '../../store/text-reading.ts'
import { loadWindows } from '../window.ts'
import { loadWorkWords } from './work-words.ts'

const NOW = new Date('2026-04-01T00:00:00Z')
const ZONE = 'Europe/Berlin'
let db: Awaited<ReturnType<typeof createTestDatabase>>
let communityId: string

const post = async (events: Partial<EventInput>[]) => {
  const reading = await loadTextReading(db.pool, communityId)
  const rows = events.map((event) => {
    const { ok, problems } = normaliseEvent({ source: 'chat', type: 'post.published', ...event }, NOW, reading)
    if (!ok) throw new Error(JSON.stringify(problems))
    return ok
  })
  await appendEvents(db, { communityId, rows, onConflict: 'report', dryRun: false, receivedAt: NOW })
}
const ana = { id: 'ana' }
const asked = () => ({ communityId, timeZone: ZONE, from_on: '2026-03-01', to_on: '2026-03-31', knownBy: NOW })

beforeAll(async () => {
  db = await createTestDatabase()
  communityId = await createCommunity(db, ZONE)
  await post([
    // 23:30 in Berlin of the last day before the window, and the first minute of it
    { id: 'before', occurred_at: '2026-02-28T22:30:00Z', actor: ana, text: 'merge merge merge' },
    { id: 'first', occurred_at: '2026-02-28T23:00:00Z', actor: ana, text: 'merged, and merged again: see #12 and PUMP-7' },
    { id: 'bot', occurred_at: '2026-03-02T09:00:00Z', actor: { id: 'feed', is_bot: true }, text: 'commit commit commit' },
    { id: 'facilitator', occurred_at: '2026-03-02T10:00:00Z', actor: { id: 'fay' }, text: 'agenda for the draft' },
    { id: 'taken back', occurred_at: '2026-03-02T11:00:00Z', actor: ana, text: 'roadmap' },
    { id: 'gone', type: 'content.deleted', in_reply_to: 'taken back', occurred_at: '2026-03-03T11:00:00Z' },
    { id: 'plain', occurred_at: '2026-03-04T11:00:00Z', actor: ana, text: 'my pump leaks' },
    { id: 'view', type: 'content.viewed', in_reply_to: 'plain', occurred_at: '2026-03-04T12:00:00Z', actor: ana },
  ])
  await changeWords(db.pool, { communityId, language: 'de', families: { procedure: ['Besprechung'] }, now: NOW }, () => null)
  await post([{ id: 'later', occurred_at: '2026-03-31T21:59:00Z', actor: ana, text: 'BESPRECHUNG über den merge' }])
  await addFacilitator(db.pool, { communityId, source: 'chat', actorId: 'fay', now: NOW })
  await inTransaction(db.pool, (client) => refreshRollups(client, { communityId, timeZone: ZONE, marks: null }))
})
afterAll(() => db.close())

describe('the words of work counted in a window', () => {
  it('are those of its contributions, as they stand in the lists, most often first', async () => {
    expect(await loadWorkWords(db.pool, asked())).toEqual({
      words: [
        { word: 'merged', family: 'artefact', count: 2 },
        { word: '#…', family: 'artefact', count: 1 },
        { word: 'ABC-…', family: 'artefact', count: 1 },
        { word: 'Besprechung', family: 'procedure', count: 1 },
        { word: 'agenda', family: 'procedure', count: 1 },
        { word: 'draft', family: 'document', count: 1 },
        { word: 'merge', family: 'artefact', count: 1 },
      ],
      different_words: 7,
      by_family: { artefact: 5, procedure: 2, document: 1, build: 0 },
      words_not_kept: 0,
      word_count: 9 + 4 + 3 + 4,
    })
  })

  it('sum to what the rule is asked of', async () => {
    const [facts] = await loadWindows(db.pool, { communityId, timeZone: ZONE, knownBy: NOW, atDays: ['2026-03-31'] })
    const { by_family, word_count } = await loadWorkWords(db.pool, { ...asked(), from_on: facts?.from_on ?? '' })
    expect(facts?.talk).toEqual({
      word_count,
      artefact_word_count: by_family.artefact + by_family.procedure,
      document_word_count: by_family.document + by_family.build,
    })
  })

  it('are as known then: what was taken back later counts', async () => {
    const { words } = await loadWorkWords(db.pool, { ...asked(), to_on: '2026-03-02' })
    expect(words).toContainEqual({ word: 'roadmap', family: 'procedure', count: 1 })
  })

  it('follow the view', async () => {
    const { words: bots } = await loadWorkWords(db.pool, { ...asked(), view: 'with_bots' })
    expect(bots[0]).toEqual({ word: 'commit', family: 'artefact', count: 3 })
    const { by_family } = await loadWorkWords(db.pool, { ...asked(), view: 'without_facilitators' })
    expect(by_family).toEqual({ artefact: 5, procedure: 1, document: 0, build: 0 })
  })

  it('that were counted before it was kept which, are owned up to', async () => {
    await db.pool.query('update event set work_words = null where community_id = $1 and source_event_id = $2', [communityId, 'first'])
    expect(await loadWorkWords(db.pool, asked())).toMatchObject({ words_not_kept: 4, by_family: { artefact: 1 } })
  })
})
