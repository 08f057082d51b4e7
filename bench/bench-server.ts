/** The embedded PostgreSQL as it runs in production, with databases of the benchmark's own on it. */
import { join } from 'node:path'
import pg from 'pg'
import { type Database, openDatabase } from '../server/store/connection.ts'
import { startOrJoinEmbedded } from '../server/store/embedded-postgres.ts'
import { migrate } from '../server/store/migrate.ts'

export type BenchServer = {
  /** A migrated database of this name and its address; one that is there already is migrated and used as it is. */
  open: (name: string) => Promise<Database & { url: string; isNew: boolean }>
  drop: (name: string) => Promise<void>
  version: string
  stop: () => Promise<void>
}

/** Starts it on `folder`/database with the settings of production: every commit waits for the disk. */
export const startBenchServer = async (folder: string): Promise<BenchServer> => {
  const embedded = await startOrJoinEmbedded(join(folder, 'database'))
  const administer = async <Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: embedded.url })
    await client.connect()
    try {
      return (await client.query<Row>(statement)).rows
    } finally {
      await client.end()
    }
  }
  const [version] = await administer<{ server_version: string }>('show server_version')
  return {
    version: version?.server_version ?? '',
    open: async (name) => {
      const isNew = (await administer(`select from pg_database where datname = '${name}'`)).length === 0
      if (isNew) await administer(`create database ${name}`)
      const url = embedded.url.replace(/[^/]+$/, name)
      await migrate(url)
      return { ...openDatabase(url), url, isNew }
    },
    drop: async (name) => void (await administer(`drop database if exists ${name} with (force)`)),
    stop: embedded.stop,
  }
}
