import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../e2e/test-database.ts'
import { listPendingMigrations, MigrationError, migrate } from './migrate.ts'

// each test starts from a database whose own migrations are forgotten, and a folder of its own
let database: Awaited<ReturnType<typeof createTestDatabase>>
let folder: string

beforeEach(async () => {
  database = await createTestDatabase()
  await database.pool.query('delete from schema_migration')
  folder = await mkdtemp(join(tmpdir(), 'migrations-'))
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const write = (name: string, sql: string) => writeFile(join(folder, name), sql)
const fruits = async () => (await database.pool.query('select name from fruit order by name')).rows.map(({ name }) => name)

describe('migrate', () => {
  it('applies the files in the order of their names, once', async () => {
    await write('0002-fill.sql', `insert into fruit values ('fig'); insert into fruit values ('plum');`)
    await write('0001-fruit.sql', 'create table fruit (name text primary key);')
    expect(await listPendingMigrations(database.pool, folder)).toEqual(['0001-fruit.sql', '0002-fill.sql'])
    expect(await migrate(database.url, folder)).toEqual(['0001-fruit.sql', '0002-fill.sql'])
    expect(await migrate(database.url, folder)).toEqual([])
    expect(await listPendingMigrations(database.pool, folder)).toEqual([])
    expect(await fruits()).toEqual(['fig', 'plum'])
  })

  it('lets several processes start at once, each file applied by one of them', async () => {
    await write('0001-fruit.sql', 'create table fruit (name text); select pg_sleep(0.1);')
    await write('0002-fill.sql', `insert into fruit values ('fig');`)
    const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(database.url, folder)))
    expect(applied.flat().sort()).toEqual(['0001-fruit.sql', '0002-fill.sql'])
    expect(await fruits()).toEqual(['fig'])
  })

  it('keeps nothing of a file that fails, and all of those before it', async () => {
    await write('0001-fruit.sql', 'create table fruit (name text);')
    await write('0002-broken.sql', `insert into fruit values ('fig'); insert into vegetable values ('leek');`)
    await expect(migrate(database.url, folder)).rejects.toThrow(/0002-broken.sql failed.*vegetable/)
    expect(await fruits()).toEqual([])
    await write('0002-broken.sql', `insert into fruit values ('fig');`)
    expect(await migrate(database.url, folder)).toEqual(['0002-broken.sql'])
  })

  it('refuses a database that is newer than the program', async () => {
    await write('0001-fruit.sql', 'create table fruit (name text);')
    await write('0002-next.sql', 'create table vegetable (name text);')
    await migrate(database.url, folder)
    await rm(join(folder, '0002-next.sql'))
    await expect(migrate(database.url, folder)).rejects.toThrow(/database is newer than this program: it has 0002-next.sql/)
    await expect(listPendingMigrations(database.pool, folder)).rejects.toThrow(MigrationError)
  })

  it('refuses a file that changed after it was applied, but not other line ends', async () => {
    await write('0001-fruit.sql', 'create table fruit\n(name text);')
    await migrate(database.url, folder)
    await write('0001-fruit.sql', 'create table fruit\r\n(name text);')
    expect(await migrate(database.url, folder)).toEqual([])
    await write('0001-fruit.sql', 'create table fruit (name text, colour text);')
    await expect(migrate(database.url, folder)).rejects.toThrow(/0001-fruit.sql was changed after it had been applied/)
  })

  it('refuses a file squeezed in before those applied', async () => {
    await write('0002-fruit.sql', 'create table fruit (name text);')
    await migrate(database.url, folder)
    await write('0001-early.sql', 'create table vegetable (name text);')
    await expect(migrate(database.url, folder)).rejects.toThrow(/0001-early.sql comes before 0002-fruit.sql/)
  })
})
