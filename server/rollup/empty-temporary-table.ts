import type { ClientBase } from 'pg'

/**
 * Sees to it that there is an empty temporary table of that name. It stays with the connection, without its rows: making it
 * anew takes longer than what most refreshes do with it.
 */
export const emptyTemporaryTable = async (client: ClientBase, name: string, columns: string): Promise<void> => {
  const { rows } = await client.query<{ is_made: boolean }>('select to_regclass($1) is not null as is_made', [`pg_temp.${name}`])
  await client.query(rows[0]?.is_made ? `delete from pg_temp.${name}` : `create temporary table ${name} (${columns}) on commit delete rows`)
}
