/** The made-up events of a size straight into the tables, as if they had been received: by COPY, with the indexes made afterwards. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { SYNTHETIC_TELLS } from '../server/ingest/sources/synthetic/synthetic.ts'
import { EVENT_COLUMNS } from '../server/store/copy-events.ts'
import type { Database } from '../server/store/connection.ts'
import { type IdentitySight, upsertIdentities } from '../server/store/upsert-identities.ts'
import { BENCH_COMMUNITY_ID, type EventFiles } from './event-files.ts'

/** The community that the rows name. */
export const addBenchCommunity = async ({ pool }: Database, now: Date): Promise<void> => {
  await pool.query(
    `insert into community (community_id, slug, name, time_zone, created_at) values ($1, 'bench', 'Bench', 'UTC', $2) on conflict do nothing`,
    [BENCH_COMMUNITY_ID, now],
  )
}

/** COPY of a file of rows into a table like `event`, in one statement. */
export const copyRowsFile = (client: PoolClient, table: string, file: string): Promise<void> =>
  pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), client.query(copyFrom(`copy ${table} (${EVENT_COLUMNS}) from stdin`)))

/** Fills an empty database. Nothing is marked stale: the first refresh is a rebuild anyway. */
export const loadEvents = async (db: Database, files: EventFiles, now: Date): Promise<void> => {
  await addBenchCommunity(db, now)
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const restore = await takeIndexesAway(client)
    await copyRowsFile(client, 'event', files.rows)
    await client.query(`set local maintenance_work_mem = '1GB'`)
    for (const statement of restore) await client.query(statement)
    await client.query(`insert into source (community_id, source, tells) values ($1, 'synthetic', $2)`, [
      BENCH_COMMUNITY_ID,
      SYNTHETIC_TELLS,
    ])
    await upsertIdentities(client, BENCH_COMMUNITY_ID, JSON.parse(await readFile(files.identities, 'utf8')) as IdentitySight[])
    await client.query('commit')
    await client.query('vacuum (analyze) event')
    await client.query('analyze identity')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

/** Drops indexes and key of `event`, and what refers to the key; returns the statements that make them again. */
const takeIndexesAway = async (client: PoolClient): Promise<string[]> => {
  const { rows: keys } = await client.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'event'::regclass and contype = 'p'`,
  )
  const { rows: references } = await client.query<{ from: string; name: string; definition: string }>(
    `select conrelid::regclass::text as from, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where confrelid = 'event'::regclass and contype = 'f'`,
  )
  for (const reference of references) await client.query(`alter table ${reference.from} drop constraint ${reference.name}`)
  for (const key of keys) await client.query(`alter table event drop constraint ${key.name}`)
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where tablename = 'event'`,
  )
  for (const index of indexes) await client.query(`drop index ${index.name}`)
  return [
    ...keys.map((key) => `alter table event add constraint ${key.name} ${key.definition}`),
    ...indexes.map((index) => index.definition),
    ...references.map((reference) => `alter table ${reference.from} add constraint ${reference.name} ${reference.definition}`),
  ]
}
