import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { databaseTypesFile, renderDatabaseTypes } from './render-database-types.ts'
import { createTestDatabase } from './test-database.ts'

it('the types of the tables are those of the migrations: run `npm run types` after a change to them', async () => {
  const database = await createTestDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'types-'))
  try {
    await renderDatabaseTypes(database.url, join(folder, 'types.ts'))
    expect(await readFile(databaseTypesFile, 'utf8')).toBe(await readFile(join(folder, 'types.ts'), 'utf8'))
  } finally {
    await database.close()
    await rm(folder, { recursive: true })
  }
})
