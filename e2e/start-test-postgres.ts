import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startOrJoinEmbedded } from '../server/store/embedded-postgres.ts'
import { isAlive } from '../server/store/embedded-postmaster.ts'
import { throwawaySettings } from '../server/store/embedded-settings.ts'
import { migrate } from '../server/store/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** One server for the whole run, with a migrated database to copy; `createTestDatabase` copies it. */
export default async function startTestPostgres(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned()
  const folder = await mkdtemp(join(tmpdir(), `barnraise-test-${process.pid}-`))
  await chmod(folder, 0o711)
  const server = await startOrJoinEmbedded(folder, { settings: throwawaySettings })
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  await client.query('create database template_migrated')
  await client.end()
  await migrate(server.url.replace(/[^/]+$/, 'template_migrated'))
  project.provide('postgresUrl', server.url)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Servers of test runs that were killed: each is in a folder named by the process that started it. */
const removeAbandoned = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const pid = /^barnraise-test-(\d+)-\w+$/.exec(name)?.[1]
    if (!pid || isAlive(Number(pid))) continue
    const folder = join(tmpdir(), name)
    // joining a server that nobody uses makes its stop the last one; one that is stopped already is only in the way
    const server = await startOrJoinEmbedded(folder, { settings: throwawaySettings }).catch(() => undefined)
    await server?.stop()
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}
