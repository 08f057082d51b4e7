import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

export const migrationFolder = join(import.meta.dirname, '../../sql/migrations')

/** A database this program must not touch: the message says why and what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

type Migration = { name: string; hash: string; sql: string }

// held for one transaction at a time, so it works through a transaction pooler
const lockNumber = 7_266_115

/**
 * Brings the database at `url` up to date: applies the SQL files of `folder` that it has not seen, in the order of their names,
 * each in a transaction of its own, and gives their names. Two processes may do it at once. Throws `MigrationError` when the
 * database has a migration unknown here, when a file changed since it was applied, or when one was inserted before those applied.
 */
export const migrate = async (url: string, folder = migrationFolder): Promise<string[]> => {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString: url, application_name: 'barnraise-migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    const applied: string[] = []
    for (let name = await applyNext(client, migrations); name; name = await applyNext(client, migrations)) applied.push(name)
    return applied
  } finally {
    await client.end()
  }
}

/** The migrations not applied yet; throws like `migrate`. For readiness checks: it writes nothing. */
export const listPendingMigrations = async (pool: pg.Pool, folder = migrationFolder): Promise<string[]> => {
  const migrations = await readMigrations(folder)
  const isNew = (await pool.query(`select from pg_class where oid = to_regclass('schema_migration')`)).rowCount === 0
  return (isNew ? migrations : pending(migrations, await readApplied(pool))).map((migration) => migration.name)
}

const readMigrations = async (folder: string): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      // Git may check out files with other line ends; that is no change
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

const applyNext = async (client: pg.Client, migrations: Migration[]): Promise<string | undefined> => {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [lockNumber])
    await client.query(
      `create table if not exists schema_migration (name text primary key, hash text not null, applied_at timestamptz not null)`,
    )
    const [next] = pending(migrations, await readApplied(client))
    if (next) {
      await client.query(next.sql).catch((error: Error) => {
        throw new MigrationError(`The migration ${next.name} failed, and nothing of it was kept: ${error.message}`, { cause: error })
      })
      await client.query('insert into schema_migration (name, hash, applied_at) values ($1, $2, now())', [next.name, next.hash])
    }
    await client.query('commit')
    return next?.name
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

type Applied = { name: string; hash: string }

const readApplied = async (client: pg.Client | pg.Pool): Promise<Applied[]> =>
  (await client.query<Applied>('select name, hash from schema_migration order by name collate "C"')).rows

const pending = (migrations: Migration[], applied: Applied[]): Migration[] => {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  const unknown = applied.filter(({ name }) => !known.has(name)).map(({ name }) => name)
  if (unknown.length) {
    throw new MigrationError(
      `The database is newer than this program: it has ${unknown.join(', ')}, which this version does not know. ` +
        'Start the newer version of Barnraise, or restore a backup made before the upgrade.',
    )
  }
  const changed = applied.filter(({ name, hash }) => known.get(name)?.hash !== hash).map(({ name }) => name)
  if (changed.length) {
    throw new MigrationError(
      `The migration ${changed.join(', ')} was changed after it had been applied to this database. ` +
        'Restore the file as it was; a change to the schema goes into a new file.',
    )
  }
  const last = applied.at(-1)?.name ?? ''
  const rest = migrations.slice(applied.length)
  const early = migrations.filter(({ name }) => name < last && !applied.some((one) => one.name === name))
  if (early.length) {
    throw new MigrationError(
      `The migration ${early.map(({ name }) => name).join(', ')} comes before ${last}, which this database already has. ` +
        'Give the new file a higher number.',
    )
  }
  return rest
}
