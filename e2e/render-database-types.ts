import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..')

export const databaseTypesFile = join(root, 'server/store/database-types.ts')

/** Writes the types of the tables at `url` to `file`, as the parsers of server/store/connection.ts give their values. */
export const renderDatabaseTypes = async (url: string, file: string): Promise<void> => {
  await promisify(execFile)(process.execPath, [
    join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
    '--dialect=postgres',
    `--url=${url}`,
    `--out-file=${file}`,
    '--exclude-pattern=pgboss.*',
    '--date-parser=string',
    '--type-mapping={"int8":"number","_date":"string[]"}',
  ])
}
