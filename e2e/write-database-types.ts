// npm run types: writes server/store/database-types.ts from the migrations, by way of a real database. A test fails on a diff.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startOrJoinEmbedded } from '../server/store/embedded-postgres.ts'
import { throwawaySettings } from '../server/store/embedded-settings.ts'
import { migrate } from '../server/store/migrate.ts'
import { databaseTypesFile, renderDatabaseTypes } from './render-database-types.ts'

const folder = await mkdtemp(join(tmpdir(), 'barnraise-types-'))
await chmod(folder, 0o711)
const server = await startOrJoinEmbedded(folder, { settings: throwawaySettings })
try {
  await migrate(server.url)
  await renderDatabaseTypes(server.url, databaseTypesFile)
} finally {
  await server.stop()
  await rm(folder, { recursive: true })
}
