import type { ClientBase } from 'pg'

/** A rollup of whole numbers by day: a row is there while any of them differs from 0. */
export type DayCounts = {
  table: string
  /** Its primary key besides the community, with the types of PostgreSQL. */
  key: Readonly<Record<string, 'date' | 'uuid' | 'text'>>
  counts: readonly string[]
  /** A select of community_id, key and counts, of all rows of the community. */
  statement: string
}

/** What to add under one key; a count that is left out is 0. */
export type Count = Readonly<Record<string, string | number>>

/** A row whose counts changed: it has come, has gone, or was there and is. Dates are text. */
export type CountedRow<Key extends string> = Record<Key, string> & { has_come: boolean; has_gone: boolean }

const columnsOf = (rollup: DayCounts) => ['community_id', ...Object.keys(rollup.key), ...rollup.counts].join(', ')

/** Adds up what is given, adds it to the counts there are, and removes rows of nothing. Gives the rows whose counts changed. */
export const addCountsByDay = async <Key extends string>(
  client: ClientBase,
  rollup: DayCounts,
  communityId: string,
  added: readonly Count[],
): Promise<CountedRow<Key>[]> => {
  const { table, key, counts } = rollup
  const names = Object.keys(key)
  const sums = sumByKey(added, names, counts).filter((row) => counts.some((count) => row[count] !== 0))
  if (sums.length === 0) return []
  const isNothing = (row: string) => counts.map((count) => `${row}.${count} = 0`).join(' and ')
  const isSame = (a: string, b: string) => ['community_id', ...names].map((column) => `${a}.${column} = ${b}.${column}`).join(' and ')
  const types = [...Object.values(key), ...counts.map(() => 'integer')]
  const fields = [...names, ...counts]
  const { rows } = await client.query<CountedRow<Key>>(
    `with added as (
       select $1::uuid as community_id, given.*
       from unnest(${types.map((type, i) => `$${i + 2}::${type}[]`).join(', ')}) as given (${fields.join(', ')})
     ),
     summed as (
       insert into ${table} as t (${columnsOf(rollup)})
       select ${columnsOf(rollup)} from added
       on conflict (${['community_id', ...names].join(', ')}) do update set ${counts.map((count) => `${count} = t.${count} + excluded.${count}`).join(', ')}
       returning t.*
     )
     select
       ${names.map((name) => `s.${name}`).join(', ')},
       ${counts.map((count) => `s.${count} = a.${count}`).join(' and ')} as has_come,
       ${isNothing('s')} as has_gone
     from summed s
     join added a on ${isSame('a', 's')}`,
    [communityId, ...fields.map((field) => sums.map((row) => row[field]))],
  )
  await client.query(
    `delete from ${table} t
     using unnest(${Object.values(key)
       .map((type, i) => `$${i + 2}::${type}[]`)
       .join(', ')}) as given (${names.join(', ')})
     where t.community_id = $1 and ${names.map((name) => `t.${name} = given.${name}`).join(' and ')} and ${isNothing('t')}`,
    [communityId, ...names.map((name) => sums.map((row) => row[name]))],
  )
  return rows
}

const sumByKey = (added: readonly Count[], names: readonly string[], counts: readonly string[]): Record<string, string | number>[] => {
  const sums = new Map<string, Record<string, string | number>>()
  for (const row of added) {
    const id = names.map((name) => row[name]).join(' ')
    const sum =
      sums.get(id) ?? Object.fromEntries([...names.map((name) => [name, row[name] as string]), ...counts.map((count) => [count, 0])])
    for (const count of counts) sum[count] = (sum[count] as number) + ((row[count] as number | undefined) ?? 0)
    sums.set(id, sum)
  }
  return [...sums.values()]
}

/** Counts all of a community again, and leaves the table with fresh statistics. */
export const replaceCounts = async (client: ClientBase, rollup: DayCounts, communityId: string): Promise<void> => {
  await client.query(`delete from ${rollup.table} where community_id = $1`, [communityId])
  await client.query(
    `insert into ${rollup.table} (${columnsOf(rollup)}) select ${columnsOf(rollup)} from (${rollup.statement}) as derived where community_id = $1`,
    [communityId],
  )
  await client.query(`analyze ${rollup.table}`)
}
