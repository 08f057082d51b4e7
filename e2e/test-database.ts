import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../server/store/connection.ts'

/**
 * A migrated, empty database of its own for a test file or a single test, on the server the run has started. `close()` drops it.
 * `url` may be handed to another process.
 */
export const createTestDatabase = async (): Promise<Database & { url: string }> => {
  const serverUrl = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(serverUrl, `create database ${name} template template_migrated`)
  const url = serverUrl.replace(/[^/]+$/, name)
  const database = openDatabase(url)
  return {
    ...database,
    url,
    close: async () => {
      await database.close()
      // force: a process under test may still be connected
      await administer(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

const administer = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
