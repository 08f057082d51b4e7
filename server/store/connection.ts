import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './database-types.ts'

// bigint comes as a number: counts of events stay far below 2^53. Dates stay the text they are: a local day is no instant.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(1182 as number, (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',')))

export type Database = { pool: pg.Pool; kysely: Kysely<DB>; close: () => Promise<void> }

/** Opens a pool of at most `max` connections; nothing is connected until the first query. */
export const openDatabase = (url: string, max = 10): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'barnraise',
    // a server that neither answers nor refuses must become an error, and so a 503
    connectionTimeoutMillis: 10_000,
  })
  // a connection lost while idle is replaced by the pool; without a listener it would end the process
  pool.on('error', () => {})
  // and one lost while somebody has it, between two statements, as well: the pool listens to the idle ones only
  pool.on('connect', (client) => client.on('error', () => {}))
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await kysely.destroy()
    // which ends the pool only when kysely has run a query itself
    if (!pool.ending) await pool.end()
  }
  return { pool, kysely, close }
}
