/** The one way events enter the store: a batch at a time, each in one transaction, the same batch twice leaving what it left once. */
import { randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { EventRow } from '../ingest/event-row.ts'
import { copyEvents } from './copy-events.ts'
import { inTransaction } from './in-transaction.ts'
import { keepTexts } from './kept-text.ts'
import { noteArrivals } from './note-arrivals.ts'
import { collectIdentities, upsertIdentities } from './upsert-identities.ts'

export type OnConflict = 'report' | 'replace'

export type AppendInput = {
  communityId: string
  /** A fresh uuid for each call, made when left out; marks the days this batch makes stale. */
  batchId?: string
  /** Any number; a few thousand are quickest. */
  rows: readonly EventRow[]
  /** The same id with another body: listed as a conflict, or put in the place of the old. */
  onConflict: OnConflict
  /** Counts what would happen and stores nothing. */
  dryRun: boolean
  receivedAt: Date
  /** Runs in the same transaction after something was stored, for what must not be lost between the two. */
  inTransaction?: (client: PoolClient, result: AppendResult) => Promise<void>
}

/** How many rows were stored (replaced ones included), how many were there already, and which rows (by index) contradict one that was. */
export type AppendResult = { accepted: number; duplicates: number; conflicts: number[] }

/** The key of the community names none: it was deleted meanwhile. */
export class UnknownCommunityError extends Error {
  readonly statusCode = 404
  constructor(communityId: string) {
    super(`There is no community ${communityId}`)
    this.name = 'UnknownCommunityError'
  }
}

/** What is compared of an event: what was sent, and what it was found to be, which other rules or another mapping of channels change. */
type Known = { event_key: string; body_hash: string; type: string; classified_by: string | null; is_work: boolean }

const NOTHING_KNOWN: ReadonlyMap<string, Known> = new Map()

const isWork = ({ classified_by, properties }: EventRow): boolean =>
  classified_by !== null && properties?.includes('"work":true') === true && (JSON.parse(properties) as { work?: unknown }).work === true
const isFoundSame = (row: EventRow, known: Known): boolean =>
  row.type === known.type && row.classified_by === known.classified_by && isWork(row) === known.is_work
const knownOf = (row: EventRow): Known => ({
  event_key: row.event_key,
  body_hash: row.body_hash,
  type: row.type,
  classified_by: row.classified_by,
  is_work: isWork(row),
})

/**
 * Which rows are new, which replace one, and what is to be said of the rest. To replace is also to read anew: the same body takes the
 * place of the one stored where it is found to be something else than then. Reported, it stays the duplicate it is.
 */
const resolve = (rows: readonly EventRow[], known: ReadonlyMap<string, Known>, onConflict: OnConflict) => {
  const isSame = (row: EventRow, earlier: Known): boolean =>
    row.body_hash === earlier.body_hash && (onConflict === 'report' || isFoundSame(row, earlier))
  const kept = new Map<string, EventRow>()
  const result: AppendResult = { accepted: 0, duplicates: 0, conflicts: [] }
  rows.forEach((row, index) => {
    const before = kept.get(row.event_key)
    const earlier = before === undefined ? known.get(row.event_key) : knownOf(before)
    if (earlier !== undefined && isSame(row, earlier)) result.duplicates += 1
    else if (earlier !== undefined && onConflict === 'report') result.conflicts.push(index)
    else {
      result.accepted += 1
      kept.set(row.event_key, row)
    }
  })
  // replaced and put back within the batch: what is stored stays as it is
  const fresh = [...kept.values()].filter((row) => {
    const stored = known.get(row.event_key)
    return stored === undefined || !isSame(row, stored)
  })
  // in the order of the index, which makes appending quicker and keeps two senders from waiting for each other
  fresh.sort((a, b) => (a.event_key < b.event_key ? -1 : 1))
  return { result, fresh, replaced: fresh.filter((row) => known.has(row.event_key)).map((row) => row.event_key) }
}

const readKnown = async (client: PoolClient, communityId: string, rows: readonly EventRow[]): Promise<ReadonlyMap<string, Known>> => {
  const keys = [...new Set(rows.map((row) => row.event_key))].sort()
  const { rows: found } = await client.query<Known>(
    `select event_key, body_hash, type, classified_by, classified_by is not null and coalesce(properties -> 'work' = 'true'::jsonb, false) as is_work
     from event where community_id = $1 and event_key = any ($2::uuid[])`,
    [communityId, keys],
  )
  return new Map(found.map((row) => [row.event_key, row]))
}

/** Takes the old versions away, in the order of their keys, and gives their times, as rows hold them. */
const removeReplaced = async (client: PoolClient, communityId: string, keys: string[]): Promise<string[]> => {
  if (keys.length === 0) return []
  const { rows } = await client.query<{ at: string }>(
    `with old as (
      select event_key from event where community_id = $1 and event_key = any ($2::uuid[]) order by event_key for update
    )
    delete from event e using old where e.community_id = $1 and e.event_key = old.event_key
    returning to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
    [communityId, keys],
  )
  return rows.map((row) => row.at)
}

/**
 * The earliest and the latest of each ten minutes, of times as rows hold them: the days of these are the days of all, since the
 * date on the wall changes once in that time at most, and a batch of five thousand events names a few hundred of them.
 */
const edgesOf = (times: readonly string[]): string[] => {
  const edges = new Map<string, { first: string; last: string }>()
  for (const at of times) {
    const tenMinutes = at.slice(0, '2026-01-31T09:0'.length)
    const edge = edges.get(tenMinutes)
    if (edge === undefined) edges.set(tenMinutes, { first: at, last: at })
    else if (at < edge.first) edge.first = at
    else if (at > edge.last) edge.last = at
  }
  return [...edges.values()].flatMap(({ first, last }) => (first === last ? [first] : [first, last]))
}

/**
 * Each local day with a new event, by when it was received; and whole, each day an event has left or comes to by being replaced.
 * The first hours of year 1 lie, west of Greenwich, in a year before any that a label can name.
 */
const markStaleDays = async (
  client: PoolClient,
  communityId: string,
  batchId: string,
  { added, moved, receivedAt }: { added: readonly string[]; moved: readonly string[]; receivedAt: Date },
): Promise<void> => {
  const [addedEdges, movedEdges] = [edgesOf(added), edgesOf(moved)]
  await client.query(
    `insert into stale_day (community_id, day_on, batch_id, received_at)
    select
      $1::uuid,
      greatest((t.occurred_at at time zone c.time_zone)::date, '0001-01-01'::date) as marked_on,
      $2::uuid,
      case when bool_or(t.is_moved) then null else $5::timestamptz end
    from (
      select occurred_at, false as is_moved from unnest($3::timestamptz[]) as a (occurred_at)
      union all
      select occurred_at, true from unnest($4::timestamptz[]) as m (occurred_at)
    ) as t
    join community c on c.community_id = $1
    group by marked_on
    on conflict do nothing`,
    [communityId, batchId, addedEdges, movedEdges, receivedAt],
  )
}

const noteSources = async (client: PoolClient, communityId: string, rows: readonly EventRow[]): Promise<void> => {
  const sources = [...new Set(rows.map((row) => row.source))].sort()
  await client.query('insert into source (community_id, source) select $1, unnest($2::text[]) on conflict do nothing', [
    communityId,
    sources,
  ])
}

/** So many of a batch are looked up to see whether it may be a repeat. */
const PROBE_EVENTS = 16

/** Holds the community, so that it cannot be deleted under the batch, and tells whether some of these events are known. */
const enterCommunity = async (client: PoolClient, communityId: string, rows: readonly EventRow[]): Promise<boolean> => {
  const step = Math.max(1, Math.floor(rows.length / PROBE_EVENTS))
  const probes = rows.filter((_, at) => at % step === 0).map((row) => row.event_key)
  const { rows: found } = await client.query<{ is_known: boolean }>(
    `select exists (select from event e where e.community_id = $1 and e.event_key = any ($2::uuid[])) as is_known
     from community c where c.community_id = $1 for key share of c`,
    [communityId, probes],
  )
  if (found[0] === undefined) throw new UnknownCommunityError(communityId)
  return found[0].is_known
}

/**
 * Stores a batch in one transaction, durable when this returns. An event is known by its key: the same body again is a
 * duplicate, another one a conflict, within the batch as against the table. Concurrent callers may send the same events.
 * Throws UnknownCommunityError, and the driver's errors when the database is away; then nothing of the batch is stored.
 *
 * Nearly every batch is new as a whole, and looking each event up first would cost a third of storing it. So a batch of which a
 * few probes are unknown is stored as if it were new; one that was known after all breaks the primary key, and the transaction
 * is run again, looking first.
 */
export const appendEvents = async (db: { pool: Pool }, input: AppendInput): Promise<AppendResult> => {
  if (input.rows.length === 0) return { accepted: 0, duplicates: 0, conflicts: [] }
  return inTransaction(db.pool, (client, attempt) => appendWithin(client, input, attempt))
}

/** The same inside the caller's transaction, which is run again where it loses a race: `attempt` counts from 1. */
export const appendWithin = async (client: PoolClient, input: AppendInput, attempt: number): Promise<AppendResult> => {
  const { communityId, batchId = randomUUID(), rows, onConflict, dryRun, receivedAt } = input
  const isKnown = await enterCommunity(client, communityId, rows)
  const isTakenForNew = attempt === 1 && !isKnown && !dryRun
  const known = isTakenForNew ? NOTHING_KNOWN : await readKnown(client, communityId, rows)
  const { result, fresh, replaced } = resolve(rows, known, onConflict)
  if (dryRun || fresh.length === 0) return result
  await noteSources(client, communityId, fresh)
  await upsertIdentities(client, communityId, collectIdentities(fresh))
  const oldTimes = await removeReplaced(client, communityId, replaced)
  await copyEvents(client, communityId, fresh, receivedAt)
  await keepTexts(client, communityId, fresh)
  const [added, moved] = partition(fresh, (row) => !known.has(row.event_key))
  await markStaleDays(client, communityId, batchId, {
    added: added.map((row) => row.occurred_at),
    moved: [...oldTimes, ...moved.map((row) => row.occurred_at)],
    receivedAt,
  })
  await noteArrivals(client, communityId, fresh, receivedAt)
  await input.inTransaction?.(client, result)
  return result
}

/** Removes events for good, with every trace of them at the next refresh; for what its author takes back. Gives how many there were. */
export const removeWithin = async (client: PoolClient, communityId: string, keys: string[]): Promise<number> => {
  const moved = await removeReplaced(client, communityId, [...keys].sort())
  if (moved.length > 0) await markStaleDays(client, communityId, randomUUID(), { added: [], moved, receivedAt: new Date(0) })
  return moved.length
}

const partition = <T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] => {
  const parts: [T[], T[]] = [[], []]
  for (const one of all) parts[isFirst(one) ? 0 : 1].push(one)
  return parts
}
