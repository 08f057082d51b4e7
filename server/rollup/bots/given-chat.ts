/** For tests: what a chat with a feed in it holds, and the way into the store. */
import type { EventInput } from '../../../shared/contract/event.ts'
import { normaliseEvent } from '../../ingest/normalise-event.ts'
import { appendEvents } from '../../store/append-events.ts'
import type { Database } from '../../store/connection.ts'
import { refreshRollups } from '../refresh-rollups.ts'
import { clearStaleMarks, readStaleMarks } from '../stale-days.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
export const CHAT_BEGINS_AT = Date.UTC(2025, 0, 6)
const at = (ms: number) => new Date(ms).toISOString()

/** Every six hours at five past, some seconds late, so many words as always, and answered by nobody. */
export const feedEvents = (count: number, { id = 'plant-news', from = 0, name = 'Plant news' as string | null } = {}): EventInput[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `${id}-${from + i}`,
    source: 'chat',
    type: 'post.published' as const,
    occurred_at: at(CHAT_BEGINS_AT + (from + i) * 6 * HOUR + 300_000 + ((from + i) % 7) * 1000),
    actor: { id, name },
    text: `Headlines on steel and shipping today ${from + i}`,
  }))

/** Six people ask and answer, two contributions a thread; each thread an hour after the other, and some minutes. */
export const peopleEvents = (threads: number, from = 0): EventInput[] =>
  Array.from({ length: threads }, (_, i) => from + i).flatMap((n) => {
    const asked = CHAT_BEGINS_AT + n * 9 * HOUR + ((n * n * 7919) % 3571) * 1000
    const [asker, helper] = [`p${n % 6}`, `p${(n * 5 + 1) % 6}`]
    return [
      {
        id: `q${n}`,
        source: 'chat',
        type: 'question.asked' as const,
        occurred_at: at(asked),
        actor: { id: asker, name: asker },
        text: `How ${'so '.repeat(n % 13)}?`,
      },
      {
        id: `a${n}`,
        source: 'chat',
        type: 'answer.posted' as const,
        occurred_at: at(asked + ((n * 37) % 200) * 60_000 + 61_000),
        actor: { id: helper === asker ? 'p9' : helper, name: null },
        thread_id: `q${n}`,
        in_reply_to: `q${n}`,
        text: `Thus ${'and '.repeat(n % 29)}so`,
      },
    ]
  })

/** Somebody writes in a thread of the feed. */
export const answerToFeed = (n: number, id = 'plant-news'): EventInput => ({
  id: `to-${id}-${n}`,
  source: 'chat',
  type: 'reply.posted',
  occurred_at: at(CHAT_BEGINS_AT + n * 6 * HOUR + 2 * HOUR),
  actor: { id: 'p1', name: 'p1' },
  thread_id: `${id}-${n}`,
  in_reply_to: `${id}-${n}`,
})

export const makeChat = async (db: Database, id: string, timeZone = 'Europe/Oslo'): Promise<string> => {
  await db.pool.query(
    `insert into community (community_id, slug, name, time_zone, created_at) values ($1::uuid, $1::uuid::text, 'Chat', $2, '2024-01-01Z')`,
    [id, timeZone],
  )
  return id
}

let batches = 0
export const storeEvents = async (db: Database, communityId: string, events: readonly EventInput[]): Promise<void> => {
  const rows = events.map((event) => {
    const normalised = normaliseEvent(event, new Date(CHAT_BEGINS_AT + 400 * DAY))
    if (normalised.ok === undefined) throw new Error(JSON.stringify(normalised))
    return normalised.ok
  })
  await appendEvents(db, {
    communityId,
    rows,
    onConflict: 'replace',
    dryRun: false,
    receivedAt: new Date(Date.UTC(2026, 5, 1) + ++batches),
  })
}

export const refreshChat = async (db: Database, communityId: string, isRebuild = false, timeZone = 'Europe/Oslo'): Promise<void> => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const marks = await readStaleMarks(client, communityId)
    await refreshRollups(client, { communityId, timeZone, marks: isRebuild ? null : marks })
    await clearStaleMarks(client, communityId, marks)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
