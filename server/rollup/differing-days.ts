import type { RollupChange, RollupTable } from './rollup-change.ts'

/** Adds days to those on which rows of a table differ. */
export const noteDays = (change: RollupChange, table: RollupTable, days: readonly string[] = []) => {
  if (days.length) change.set(table, new Set([...(change.get(table) ?? []), ...days]))
}

/** In SQL, these columns of a table. */
export const listOf = (table: string, columns: readonly string[]) => columns.map((column) => `${table}.${column}`).join(', ')

/** In SQL, the distinct days in these columns of a CTE `differing`; those before the year 1, -infinity among them, have no label and give its first day. */
export const daysOfDiffering = (columns: readonly string[], condition = 'true') =>
  `coalesce((
       select array_agg(distinct greatest(changed_on, '0001-01-01'))
       from differing, unnest(array[${columns.join(', ')}]) as changed_on
       where ${condition} and changed_on is not null
     ), '{}')`
