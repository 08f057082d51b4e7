import type { ClientBase } from 'pg'

/** A rollup whose statement gives the rows as they should be, for the keys in $2 or, where that is null, for all. */
export type DerivedRollup = {
  table: string
  /** Its primary key, without the community. */
  key: readonly string[]
  columns: readonly string[]
  /** The column that $2 of the statement holds values of. */
  scope: string
  /** A select of community_id, key and columns. */
  statement: string
}

/** A row that is new (1) or has gone (-1); a row that changed comes as both. Dates are text. */
export type Differing<Row> = Row & { sign: 1 | -1 }

/**
 * Brings the rows of these keys up to date, writing only what differs, and gives what did. Parameters from $3 on are the
 * statement's own.
 */
export const replaceDiffering = async <Row>(
  client: ClientBase,
  rollup: DerivedRollup,
  communityId: string,
  keys: readonly string[],
  more: readonly unknown[] = [],
): Promise<Differing<Row>[]> => {
  if (keys.length === 0) return []
  const { table, key, columns } = rollup
  const all = ['community_id', ...key, ...columns].join(', ')
  const isSame = (a: string, b: string) => ['community_id', ...key].map((column) => `${a}.${column} = ${b}.${column}`).join(' and ')
  const { rows } = await client.query<Differing<Row>>(
    `with
     derived as materialized (${rollup.statement}),
     before as materialized (select ${all} from ${table} where community_id = $1 and ${rollup.scope} = any ($2)),
     come as materialized (select ${all} from derived except select ${all} from before),
     gone as materialized (select ${all} from before except select ${all} from derived),
     deleted as (
       delete from ${table} t using gone g
       where t.community_id = $1 and ${isSame('t', 'g')} and not exists (select from come c where ${isSame('c', 'g')})
     ),
     written as (
       insert into ${table} (${all})
       select ${all} from come
       on conflict (${['community_id', ...key].join(', ')}) do update set ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
     )
     select 1 as sign, come.* from come
     union all
     select -1, gone.* from gone`,
    [communityId, [...new Set(keys)], ...more],
  )
  return rows
}

/** Derives the rows of a community again, all of them, and leaves the table with fresh statistics. */
export const replaceAll = async (
  client: ClientBase,
  rollup: DerivedRollup,
  communityId: string,
  more: readonly unknown[] = [],
): Promise<void> => {
  const all = ['community_id', ...rollup.key, ...rollup.columns].join(', ')
  await client.query(`delete from ${rollup.table} where community_id = $1`, [communityId])
  await client.query(`insert into ${rollup.table} (${all}) select ${all} from (${rollup.statement}) as derived where community_id = $1`, [
    communityId,
    null,
    ...more,
  ])
  await client.query(`analyze ${rollup.table}`)
}
