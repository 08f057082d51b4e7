import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { appendEvents } from '../store/append-events.ts'
import type { Database } from '../store/connection.ts'
import { ruleOnBot } from '../store/bots.ts'
import { markQuestion } from './mark-question.ts'
import { mergeIdentities, splitIdentity } from '../store/merge-identities.ts'
import { eventsAfter, type Happening, identityOf, rowOf, story } from './given-events.ts'
import { obviousContributions } from './obvious-contributions.ts'
import { refreshRollups } from './refresh-rollups.ts'
import type { RollupChange } from './rollup-change.ts'
import { clearStaleMarks, readStaleMarks } from './stale-days.ts'

let db: Database
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

const newCommunity = async (timeZone: string): Promise<string> => {
  const id = randomUUID()
  await db.pool.query(
    `insert into community (community_id, slug, name, time_zone, created_at) values ($1::uuid, $1::uuid::text, 'Test', $2, '2024-01-01Z')`,
    [id, timeZone],
  )
  return id
}

const refresh = async (communityId: string, timeZone: string, isRebuild: boolean): Promise<RollupChange> => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const marks = await readStaleMarks(client, communityId)
    const change = await refreshRollups(client, { communityId, timeZone, marks: isRebuild ? null : marks })
    await clearStaleMarks(client, communityId, marks)
    await client.query('commit')
    return change
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

type Row = Record<string, unknown>
// whatever order the database gives them
const sorted = (rows: readonly Row[]) =>
  rows
    .map((row) => [JSON.stringify(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name === 'community_id' ? [] : [[name, value instanceof Date ? value.getTime() : value]],
    ),
  )

/** Every table that a refresh writes: those of a community that are neither truth nor results. */
const KEPT = ['event', 'identity', 'source', 'stale_day', 'community', 'community_state', 'period_result', 'verdict_result']
let tables: string[] | undefined
const rollupTables = async (): Promise<string[]> => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select c.table_name as name
     from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
     where c.table_schema = 'public' and c.column_name = 'community_id' and c.table_name <> all ($1)`,
    [KEPT],
  )
  return rows.map((row) => row.name)
}
const readAll = async (communityId: string): Promise<Record<string, Row[]>> => {
  // asked once: the tables stay the same, and the schema's own views are slow
  tables ??= await rollupTables()
  const read = async (table: string) => {
    const { rows } = await db.pool.query<Row>(`select * from ${table} where community_id = $1`, [communityId])
    return [table, sorted(rows.map(plain))] as const
  }
  return Object.fromEntries(await Promise.all(tables.map(read)))
}

/** Lets it all happen, refreshing where the story says so and at the end; gives the zone it ends in. */
const live = async (communityId: string, timeZone: string, happenings: readonly Happening[]): Promise<string> => {
  let zone = timeZone
  for (const [i, happening] of happenings.entries()) {
    if (happening.what === 'batch')
      await appendEvents(db, {
        communityId,
        rows: happening.facts.map(rowOf),
        onConflict: 'replace',
        dryRun: false,
        // two batches in three come at an instant of their own
        receivedAt: new Date(Date.UTC(2025, 0, 1, 0, 0, i - (i % 3 === 2 ? 1 : 0))),
      })
    else if (happening.what === 'merge') await mergeIdentities(db, { communityId, identityKeys: happening.people.map(identityOf) })
    else if (happening.what === 'split')
      await splitIdentity(db, { communityId, identityKeys: [identityOf(happening.person)], dismissedAt: null })
    else if (happening.what === 'ruling')
      await ruleOnBot(db.pool, { communityId, identityKey: identityOf(happening.person), ruling: happening.ruling, now: new Date(0) })
    else if (happening.what === 'mark') await markQuestion(db.pool, communityId, happening)
    else if (happening.what === 'time zone') {
      zone = happening.timeZone
      await db.pool.query('update community set time_zone = $2 where community_id = $1', [communityId, zone])
      await refresh(communityId, zone, true)
    } else await refresh(communityId, zone, false)
  }
  await refresh(communityId, zone, false)
  return zone
}

describe('refreshing', () => {
  it('ends in the rows of a rebuild, in every table, and in what the slow way gives, whatever comes, moves, merges or goes', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ timeZone, happenings }) => {
        const communityId = await newCommunity(timeZone)
        const zone = await live(communityId, timeZone, happenings)
        const refreshed = await readAll(communityId)
        const obvious = obviousContributions(eventsAfter(happenings), zone)
        for (const [table, rows] of Object.entries(obvious)) {
          const columns = Object.keys(rows[0] ?? refreshed[table]?.[0] ?? {})
          const pick = (row: object) => Object.fromEntries(columns.map((column) => [column, (row as Row)[column]]))
          expect({ [table]: sorted((refreshed[table] ?? []).map(pick)) }).toEqual({ [table]: sorted(rows.map(pick)) })
        }
        await refresh(communityId, zone, true)
        expect(refreshed).toEqual(await readAll(communityId))
        await db.pool.query('delete from community where community_id = $1', [communityId])
      }),
      { seed: Number(process.env.SEED ?? 20), numRuns: Number(process.env.RUNS ?? 60), endOnFailure: true },
    )
  })
})
