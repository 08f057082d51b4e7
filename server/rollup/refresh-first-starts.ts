import type { ClientBase } from 'pg'
import type { PartScope, RollupChange } from './rollup-change.ts'
import { rollupStatement } from './statement.ts'

export const firstStartStatements = { firstStart: rollupStatement('first-start') }

/**
 * Brings the first questions and first posts of people up to date with the threads that were derived again; with all of
 * them when there is no scope. The threads must hold those that a contribution lay in before, too. Gives the local days of
 * the starts that differ.
 */
export const refreshFirstStarts = async (client: ClientBase, { communityId, timeZone, threads }: PartScope): Promise<RollupChange> => {
  if (threads?.length === 0) return new Map()
  const { rows } = await client.query<{ day_on: string }>(firstStartStatements.firstStart, [communityId, threads, timeZone])
  // a table just filled is taken for empty, and then compared with itself row by row
  if (threads === null) await client.query('analyze first_start')
  return rows.length ? new Map([['first_start', new Set(rows.map((row) => row.day_on))]]) : new Map()
}
