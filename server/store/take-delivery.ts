/** What a live feed tells of enters the store by the same door as every event. */
import type { Pool } from 'pg'
import type { Capability } from '../../shared/contract/metric.ts'
import type { EventType } from '../../shared/contract/event.ts'
import type { EventRow } from '../ingest/event-row.ts'
import { eventKey, threadKey } from '../ingest/keys.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import type { DeliveredEvent, Delivery } from '../ingest/sources/delivery.ts'
import type { InferredLink, RowProblem } from '../ingest/sources/source.ts'
import { appendEvents } from './append-events.ts'
import type { Database } from './connection.ts'
import { declareSource } from './declare-source.ts'
import { noteAccounts } from './note-accounts.ts'
import { rereadOpener } from './reread-opener.ts'
import { loadTextReading } from './text-reading.ts'

export type TakenDelivery = { accepted: number; duplicate: number; conflict: number; problems: RowProblem[] }

type Taking = { communityId: string; source: string; now: Date }

/** Stores what a delivery says, durable when this returns; a repeat finds duplicates. Throws the driver's errors, and then a repeat completes it. */
export const takeDelivery = async (db: Database, delivery: Delivery, taking: Taking): Promise<TakenDelivery> => {
  const { communityId, source, now } = taking
  await noteAccounts(db, { communityId, source, accounts: delivery.accounts, now })
  const taken: TakenDelivery = { accepted: 0, duplicate: 0, conflict: 0, problems: [...delivery.problems] }
  if (delivery.events.length === 0) return taken
  const reading = await loadTextReading(db.pool, communityId)
  const storedAt = await readStored(db.pool, communityId, delivery.events)
  for (const one of delivery.events) {
    const { event } = one
    const stored = storedAt.get(eventKey(event.source, event.id))
    if (one.mode === 'undo' && stored === undefined) continue
    if (one.mode === 'first' && stored !== undefined && stored !== one.void_at) {
      taken.duplicate++
      continue
    }
    const link = await linkOf(db.pool, communityId, one)
    const found = normaliseEvent(event, now, reading, link)
    if (found.problems) {
      taken.problems.push(...found.problems)
      continue
    }
    await append(db, taking, one, found.ok, taken)
  }
  if (taken.accepted > 0) await declareMore(db, taking, delivery.events)
  return taken
}

const append = async (
  db: Database,
  { communityId, now }: Taking,
  one: DeliveredEvent,
  row: EventRow,
  taken: TakenDelivery,
): Promise<void> => {
  const isFirst = one.mode === 'first' && one.void_at === undefined
  const result = await appendEvents(db, {
    communityId,
    rows: [row],
    onConflict: one.mode === 'add' || isFirst ? 'report' : 'replace',
    dryRun: false,
    receivedAt: now,
    inTransaction: async (client) => {
      const { type, source, thread_id } = one.event
      if (type === 'answer.accepted' && thread_id) await rereadOpener(client, { communityId, source, threadId: thread_id, now })
    },
  })
  taken.accepted += result.accepted
  taken.duplicate += result.duplicates
  // the same delivery at the same time has told of it: only our two times of its arrival differ
  if (isFirst) taken.duplicate += result.conflicts.length
  else taken.conflict += result.conflicts.length
}

/** The times of those events that are stored already, by key. */
const readStored = async (pool: Pool, communityId: string, events: readonly DeliveredEvent[]): Promise<ReadonlyMap<string, string>> => {
  const keys = events.filter(({ mode }) => mode === 'first' || mode === 'undo').map(({ event }) => eventKey(event.source, event.id))
  if (keys.length === 0) return new Map()
  const { rows } = await pool.query<{ event_key: string; occurred_at: Date }>(
    'select event_key, occurred_at from event where community_id = $1 and event_key = any ($2::uuid[])',
    [communityId, keys],
  )
  return new Map(rows.map((row) => [row.event_key, row.occurred_at.toISOString()]))
}

/** What is known of a message beside what it says itself. */
const linkOf = async (pool: Pool, communityId: string, one: DeliveredEvent): Promise<InferredLink | null> => {
  const { event, url } = one
  if (one.link !== undefined || !event.thread_id) return one.link ?? null
  const answered = await findAnswered(pool, communityId, one)
  const isQuestion = event.type === 'message.posted' && (await isSolved(pool, communityId, event.source, event.thread_id))
  if (answered === null && url === undefined && !isQuestion) return null
  const answers = answered ?? event.in_reply_to ?? null
  return {
    in_reply_to: answers,
    thread_id: event.thread_id,
    by: 'source',
    ...(isQuestion ? { is_question: true } : {}),
    ...(url === undefined ? {} : { url }),
  }
}

/** Whether an answer was accepted in the thread: the opening post is late, or was edited since. */
const isSolved = async (pool: Pool, communityId: string, source: string, threadId: string): Promise<boolean> => {
  const { rows } = await pool.query<{ is_solved: boolean }>(
    `select exists (
       select from event where community_id = $1 and thread_key = $2 and source = $3 and type = 'answer.accepted'
     ) as is_solved`,
    [communityId, threadKey(source, threadId), source],
  )
  return rows[0]?.is_solved === true
}

/** The post of that number in the thread, where it has come to us. */
const findAnswered = async (pool: Pool, communityId: string, { event, answers_number }: DeliveredEvent): Promise<string | null> => {
  if (answers_number === undefined || !event.thread_id) return null
  const { rows } = await pool.query<{ source_event_id: string }>(
    `select source_event_id from event
     where community_id = $1 and thread_key = $2 and source = $3 and properties @> $4::jsonb
     order by event_key limit 1`,
    [communityId, threadKey(event.source, event.thread_id), event.source, JSON.stringify({ post_number: answers_number })],
  )
  return rows[0]?.source_event_id ?? null
}

/** What an event of a feed shows that it tells. */
const SHOWS: Partial<Record<EventType | 'message.posted', Capability>> = {
  'member.joined': 'joins',
  'member.left': 'leaves',
  'answer.accepted': 'accepted_answers',
  'reaction.added': 'reactions',
  'message.posted': 'questions',
  'question.asked': 'questions',
  'reply.posted': 'contributions',
}

/** An archive has declared what it tells, and the feed of the same source may tell more. Without an archive its events show it. */
const declareMore = async (db: Database, { communityId, source }: Taking, events: readonly DeliveredEvent[]): Promise<void> => {
  const shown = new Set(events.flatMap(({ event }) => SHOWS[event.type] ?? []))
  if (shown.size === 0) return
  const { rows } = await db.pool.query<{ tells: string[] | null }>('select tells from source where community_id = $1 and source = $2', [
    communityId,
    source,
  ])
  const tells = rows[0]?.tells ?? null
  if (tells === null || [...shown].every((one) => tells.includes(one))) return
  await declareSource(db, { communityId, source, tells: [...shown], observedUntil: null })
}
