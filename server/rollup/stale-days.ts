import type { ClientBase } from 'pg'
import { addDays, type DayRange } from '../../shared/period.ts'

/** Of the local day, the events received at that instant (as the database writes it); null: all of them, some may have gone. */
export type StaleMark = { day_on: string; batch_id: string; received_at: string | null }

/** The marks that are there now. Marks of batches still being written are not seen, and stay. */
export const readStaleMarks = async (client: ClientBase, communityId: string): Promise<StaleMark[]> => {
  const { rows } = await client.query<StaleMark>(
    'select day_on, batch_id, received_at::text from stale_day where community_id = $1 order by day_on',
    [communityId],
  )
  return rows
}

/** Deletes exactly the marks given: a batch that came in the meantime has marks of its own. */
export const clearStaleMarks = async (
  client: ClientBase,
  communityId: string,
  marks: readonly Pick<StaleMark, 'day_on' | 'batch_id'>[],
): Promise<void> => {
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

/** Local days, and which of their events to look at: those received at these instants, or all when null. */
export type StaleSpan = DayRange & { received_at: string[] | null }

/** The marks as few spans: each day once, neighbours with the same batches together. */
export const spansOfMarks = (marks: readonly Pick<StaleMark, 'day_on' | 'received_at'>[]): StaleSpan[] => {
  const byDay = new Map<string, Set<string> | null>()
  for (const { day_on, received_at } of marks) {
    const known = byDay.get(day_on)
    if (received_at === null || known === null) byDay.set(day_on, null)
    else byDay.set(day_on, (known ?? new Set()).add(received_at))
  }
  const spans: StaleSpan[] = []
  for (const day of [...byDay.keys()].sort()) {
    const received = byDay.get(day)
    const received_at = received ? [...received].sort() : null
    const last = spans.at(-1)
    if (last?.to_on === day && String(last.received_at) === String(received_at)) last.to_on = addDays(day, 1)
    else spans.push({ from_on: day, to_on: addDays(day, 1), received_at })
  }
  return spans
}

/** The ranges as two lists for the database. The first day of all reaches back to the last of the year before: see appendEvents. */
export const boundsOf = (ranges: readonly DayRange[]): [from: string[], to: string[]] => [
  ranges.map((range) => (range.from_on === '0001-01-01' ? '-infinity' : range.from_on)),
  ranges.map((range) => range.to_on),
]
