import type { ClientBase } from 'pg'
import type { DayRange } from '../../shared/period.ts'
import type { RollupChange } from './rollup-change.ts'
import { activityDay, eventDay, readDifferingDays, replaceAllRows, replaceRows } from './rollup-table.ts'
import { boundsOf } from './stale-days.ts'
import { rollupStatement } from './statement.ts'

export const dayStatements = { activityDay: rollupStatement('activity-day'), eventDay: rollupStatement('event-day') }

const TABLES = [
  [activityDay, dayStatements.activityDay],
  [eventDay, dayStatements.eventDay],
] as const

type Scope = { communityId: string; timeZone: string; days: DayRange[] | null }
export type DayChange = { change: RollupChange; lostActivity: string[] }

/** Counts the events of these local days again, by person and by source, and writes the rows that differ; all days when null. */
export const refreshDays = async (client: ClientBase, { communityId, timeZone, days }: Scope): Promise<DayChange> => {
  const change: RollupChange = new Map()
  const [from, to] = days ? boundsOf(days) : [null, null]
  for (const [{ name }, statement] of TABLES) {
    await client.query(statement, [communityId, from, to, timeZone])
    await client.query(`analyze ${name}_new`)
  }
  let lostActivity: string[] = []
  if (days === null) {
    for (const [table] of TABLES) await replaceAllRows(client, table, communityId)
  } else {
    for (const [{ name }] of TABLES) await readOldRows(client, name, communityId, from ?? [], to ?? [])
    lostActivity = await readLostActivity(client, communityId)
    const activeDays = await readDifferingDays(client, activityDay, communityId, timeZone)
    if (activeDays.length) change.set('activity_day', new Set(activeDays))
    for (const [table] of TABLES) await replaceRows(client, table, communityId)
  }
  return { change, lostActivity }
}

const readOldRows = async (client: ClientBase, name: string, communityId: string, from: string[], to: string[]) => {
  await client.query(
    `insert into ${name}_old
     select t.*
     from unnest($2::date[], $3::date[]) as span (from_on, to_on)
     join ${name} t on t.community_id = $1 and t.day_on >= span.from_on and t.day_on < span.to_on`,
    [communityId, from, to],
  )
  await client.query(`analyze ${name}_old`)
}

const readLostActivity = async (client: ClientBase, communityId: string): Promise<string[]> => {
  const { rows } = await client.query<{ person_id: string }>(
    `select distinct o.person_id
     from activity_day_old o
     where o.community_id = $1
       and not exists (select from activity_day_new n where n.person_id = o.person_id and n.day_on = o.day_on)`,
    [communityId],
  )
  return rows.map((row) => row.person_id)
}
