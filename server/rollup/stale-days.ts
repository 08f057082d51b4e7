import type { ClientBase } from 'pg'
import { addDays, type DayRange } from '../../shared/period.ts'

export type StaleMark = { day_on: string; batch_id: string }

/** The marks that are there now. Marks of batches still being written are not seen, and stay. */
export const readStaleMarks = async (client: ClientBase, communityId: string): Promise<StaleMark[]> => {
  const { rows } = await client.query<StaleMark>('select day_on, batch_id from stale_day where community_id = $1 order by day_on', [
    communityId,
  ])
  return rows
}

/** Deletes exactly the marks given: a batch that came in the meantime has marks of its own. */
export const clearStaleMarks = async (client: ClientBase, communityId: string, marks: StaleMark[]): Promise<void> => {
  await client.query(
    `delete from stale_day s using unnest($2::date[], $3::uuid[]) as seen (day_on, batch_id)
     where s.community_id = $1 and s.day_on = seen.day_on and s.batch_id = seen.batch_id`,
    [communityId, marks.map((m) => m.day_on), marks.map((m) => m.batch_id)],
  )
}

/** Days in any order, repeated or not, as the fewest ranges that hold exactly them. */
export const rangesOfDays = (days: Iterable<string>): DayRange[] => {
  const ranges: DayRange[] = []
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1)
    if (last?.to_on === day) last.to_on = addDays(day, 1)
    else ranges.push({ from_on: day, to_on: addDays(day, 1) })
  }
  return ranges
}
