import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCommunity } from '../../e2e/event-server.ts'
import { createTestDatabase } from '../../e2e/test-database.ts'
import type { SourceItem } from '../ingest/sources/source.ts'
import { refreshRollups } from '../rollup/refresh-rollups.ts'
import { declareCharter } from '../store/charter.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { runImport } from '../store/run-import.ts'
import { loadVerdicts } from './window.ts'

const END = new Date('2025-06-30T22:00:00Z')
const FIRST = Date.UTC(2025, 2, 20)
const DAYS = 100
const timeZone = 'UTC'
let db: Awaited<ReturnType<typeof createTestDatabase>>

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

type Said = [who: number, minute: number, text: string]

/** A chat without threads: each day one talk of some people, who change from day to day. */
const chatOf = (people: number, talk: (name: (i: number) => string) => readonly Said[], isFlat: boolean): SourceItem[] => {
  const items: SourceItem[] = []
  for (let i = 0; i < people; i++) items.push({ position: i, account: { id: `U${i}`, name: `person${i}` } })
  for (let day = 0; day < DAYS; day++) {
    const who = (i: number) => (day * 3 + i * 5) % people
    for (const [i, minute, text] of talk((i) => `person${who(i)}`))
      items.push({
        position: items.length,
        is_flat: isFlat,
        event: {
          id: `m${items.length}`,
          source: 'chat',
          type: 'message.posted',
          occurred_at: new Date(FIRST + day * 86_400_000 + (9 * 60 + minute) * 60_000).toISOString(),
          actor: { id: `U${who(i)}` },
          channel: 'general',
          text,
        },
      })
  }
  return items
}

const helping = (name: (i: number) => string): Said[] => [
  [0, 0, 'does anyone know why my pump stops after an hour?'],
  [1, 3, `${name(0)}: is the filter clean?`],
  [0, 4, `${name(1)}: it is`],
  [2, 6, `${name(0)}: then it runs hot, give it some air`],
  [0, 9, `${name(2)}: that helped`],
]
const working = (name: (i: number) => string): Said[] => [
  [0, 0, 'does anyone know who will merge the pull request before the deadline?'],
  [1, 3, `${name(0)}: I rebase the branch and open a ticket for the release`],
  [0, 4, `${name(1)}: the commit is in, CI is green`],
  [2, 6, `${name(0)}: put it on the agenda of the meeting, the milestone is near`],
  [0, 9, `${name(2)}: done, the sprint backlog is up to date`],
]

const receive = async (items: SourceItem[]): Promise<string> => {
  const communityId = await createCommunity(db, timeZone)
  await runImport(db, {
    communityId,
    source: 'chat',
    fileName: 'chat.json',
    items: (async function* () {
      yield* items
    })(),
    tells: () => ['contributions', 'questions'],
    observedUntil: END,
    isDryRun: false,
    now: () => END,
  })
  await inTransaction(db.pool, (client) => refreshRollups(client, { communityId, timeZone, marks: null }))
  return communityId
}
const verdictOf = async (communityId: string) => {
  const [verdict] = await loadVerdicts(db.pool, { communityId, timeZone, knownBy: END, atDays: ['2025-06-28'] })
  return verdict
}

describe('a chat where nobody uses threads', () => {
  it('in which people help each other reads as a community, and no longer as mixed; it is never clear', async () => {
    const alone = await verdictOf(await receive(chatOf(40, helping, false)))
    expect(alone?.verdict).toBe('mixed')
    const inferred = await verdictOf(await receive(chatOf(40, helping, true)))
    expect(inferred).toMatchObject({ verdict: 'community', support: 1, support_detail: { strength: 'leaning' } })
    expect(inferred?.support_detail?.caps).toEqual([expect.stringContaining('Its threads are inferred: 100')])
  })

  it('of a team at work reads as a workgroup by its talk; by its threads alone it would read as a community', async () => {
    const communityId = await receive(chatOf(9, working, true))
    expect(await verdictOf(communityId)).toMatchObject({
      verdict: 'workgroup',
      rules: expect.arrayContaining([expect.objectContaining({ id: 'workgroup-by-talk', is_decisive: true })]),
    })
    await declareCharter(db.pool, { communityId, purpose: 'community', note: null, now: END })
    expect((await verdictOf(communityId))?.verdict).toBe('community')
  })
})
