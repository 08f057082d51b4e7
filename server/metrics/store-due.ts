import type { ClientBase } from 'pg'
import type { Grain } from '../../shared/period.ts'

/** A period, by the first of its days, whose points from one reading may be others from `due_at` on; null: never. */
export type Due = { grain: Grain; from_on: string; reading: string; due_at: Date | null }

/** What has come due by a time. */
export const readDue = async (client: ClientBase, communityId: string, by: Date): Promise<Omit<Due, 'due_at'>[]> => {
  const { rows } = await client.query<Omit<Due, 'due_at'>>(
    'select grain, from_on, reading from period_due where community_id = $1 and due_at <= $2',
    [communityId, by],
  )
  return rows
}

/** Replaces what was said of these periods and readings. */
export const writeDue = async (client: ClientBase, communityId: string, all: readonly Due[]): Promise<void> => {
  const rows = all.map(({ due_at, ...key }) => ({ ...key, due_at: due_at?.toISOString() ?? null }))
  await client.query(
    `delete from period_due d using json_to_recordset($2::json) as said (grain text, from_on date, reading text, due_at timestamptz)
     where d.community_id = $1 and d.grain = said.grain and d.from_on = said.from_on and d.reading = said.reading and said.due_at is null`,
    [communityId, JSON.stringify(rows)],
  )
  await client.query(
    `insert into period_due (community_id, grain, from_on, reading, due_at)
     select $1, grain, from_on, reading, due_at
     from json_to_recordset($2::json) as said (grain text, from_on date, reading text, due_at timestamptz)
     where due_at is not null
     on conflict (community_id, grain, from_on, reading) do update set due_at = excluded.due_at`,
    [communityId, JSON.stringify(rows)],
  )
}

/** Forgets periods that begin outside the given local days, or all. */
export const deleteDueOutside = async (client: ClientBase, communityId: string, span: { first_on: string; last_on: string } | null) => {
  await client.query('delete from period_due where community_id = $1 and ($2::date is null or not from_on between $2::date and $3::date)', [
    communityId,
    span?.first_on ?? null,
    span?.last_on ?? null,
  ])
}
