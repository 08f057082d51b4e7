/** The one way events enter the store: a batch at a time, each in one transaction, the same batch twice leaving what it left once. */
import { randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { EventRow } from '../ingest/event-row.ts'
import { copyEvents } from './copy-events.ts'
import { inTransaction } from './in-transaction.ts'
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
  inTransaction?: (client: PoolClient) => Promise<void>
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

type Known = { event_key: string; body_hash: string }

/** Which rows are new, which replace one, and what is to be said of the rest. */
const resolve = (rows: readonly EventRow[], known: ReadonlyMap<string, string>, onConflict: OnConflict) => {
  const kept = new Map<string, EventRow>()
  const result: AppendResult = { accepted: 0, duplicates: 0, conflicts: [] }
  rows.forEach((row, index) => {
    const earlier = kept.get(row.event_key)?.body_hash ?? known.get(row.event_key)
    if (earlier === row.body_hash) result.duplicates += 1
    else if (earlier !== undefined && onConflict === 'report') result.conflicts.push(index)
    else {
      result.accepted += 1
      kept.set(row.event_key, row)
    }
  })
  // replaced and put back within the batch: what is stored stays as it is
  const fresh = [...kept.values()].filter((row) => known.get(row.event_key) !== row.body_hash)
  // in the order of the index, which makes appending quicker and keeps two senders from waiting for each other
  fresh.sort((a, b) => (a.event_key < b.event_key ? -1 : 1))
  return { result, fresh, replaced: fresh.filter((row) => known.has(row.event_key)).map((row) => row.event_key) }
}

const readKnown = async (client: PoolClient, communityId: string, rows: readonly EventRow[]): Promise<Map<string, string>> => {
  const keys = [...new Set(rows.map((row) => row.event_key))].sort()
  const { rows: found } = await client.query<Known>(
    'select event_key, body_hash from event where community_id = $1 and event_key = any ($2::uuid[])',
    [communityId, keys],
  )
  return new Map(found.map((row) => [row.event_key, row.body_hash]))
}

/** Takes the old versions away, in the order of their keys, and gives their times. */
const removeReplaced = async (client: PoolClient, communityId: string, keys: string[]): Promise<string[]> => {
  if (keys.length === 0) return []
  const { rows } = await client.query<{ at: string }>(
    `with old as (
      select event_key from event where community_id = $1 and event_key = any ($2::uuid[]) order by event_key for update
    )
    delete from event e using old where e.community_id = $1 and e.event_key = old.event_key returning e.occurred_at::text as at`,
    [communityId, keys],
  )
  return rows.map((row) => row.at)
}

/** Each local day an event was, or now is, on. The first hours of year 1 lie, west of Greenwich, in a year before any that a label can name. */
const markStaleDays = async (client: PoolClient, communityId: string, batchId: string, times: string[]): Promise<void> => {
  await client.query(
    `insert into stale_day (community_id, day_on, batch_id)
    select distinct $1::uuid, greatest((t.occurred_at at time zone c.time_zone)::date, '0001-01-01'::date), $2::uuid
    from unnest($3::timestamptz[]) as t (occurred_at)
    join community c on c.community_id = $1
    on conflict do nothing`,
    [communityId, batchId, times],
  )
}

const noteSources = async (client: PoolClient, communityId: string, rows: readonly EventRow[]): Promise<void> => {
  const sources = [...new Set(rows.map((row) => row.source))].sort()
  await client.query('insert into source (community_id, source) select $1, unnest($2::text[]) on conflict do nothing', [
    communityId,
    sources,
  ])
}

/**
 * Stores a batch in one transaction, durable when this returns. An event is known by its key: the same body again is a
 * duplicate, another one a conflict, within the batch as against the table. Concurrent callers may send the same events.
 * Throws UnknownCommunityError, and the driver's errors when the database is away; then nothing of the batch is stored.
 */
export const appendEvents = async (db: { pool: Pool }, input: AppendInput): Promise<AppendResult> => {
  const { communityId, batchId = randomUUID(), rows, onConflict, dryRun, receivedAt } = input
  if (rows.length === 0) return { accepted: 0, duplicates: 0, conflicts: [] }
  return inTransaction(db.pool, async (client) => {
    // holds the community so that it cannot be deleted under the batch
    const community = await client.query('select from community where community_id = $1 for key share', [communityId])
    if (community.rowCount === 0) throw new UnknownCommunityError(communityId)
    const { result, fresh, replaced } = resolve(rows, await readKnown(client, communityId, rows), onConflict)
    if (dryRun || fresh.length === 0) return result
    await noteSources(client, communityId, fresh)
    await upsertIdentities(client, communityId, collectIdentities(fresh))
    const oldTimes = await removeReplaced(client, communityId, replaced)
    await copyEvents(client, communityId, fresh, receivedAt)
    await markStaleDays(client, communityId, batchId, [...oldTimes, ...fresh.map((row) => row.occurred_at)])
    await input.inTransaction?.(client)
    return result
  })
}
