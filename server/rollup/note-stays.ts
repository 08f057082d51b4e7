import type { ClientBase } from 'pg'
import { addDays, daysOfPeriod, periodOfDay, periodsBetween, shiftPeriod } from '../../shared/period.ts'
import { noteDays } from './differing-days.ts'
import { LAPSE_DAYS } from './lapse-days.ts'
import type { PartScope, RollupChange } from './rollup-change.ts'

/** Of a person, what decides in which cohort they are and when they were gone. Days. */
type Stay = {
  person_id: string
  joined_on: string | null
  first_seen_on: string | null
  is_since_before: boolean
  left_on: string | null
  rejoined_on: string | null
  first_helped_on: string | null
  last_active_on: string | null
}
export type Stays = {
  people: Map<string, Stay>
  /** The earliest activity: nobody can be followed before. */
  begins_on: string | null
  /** As last told, who was last active on this day or before had fallen silent; null: nothing has been told. */
  silent_on: string | null
}

/** How the stays of these people stand, before or after a refresh. */
export const readStays = async (client: ClientBase, { communityId, timeZone }: PartScope, people: string[]): Promise<Stays> => {
  const { rows } = await client.query<Stay>(
    `select
       p.person_id, p.joined_on, p.first_seen_on, p.is_since_before, p.left_on, p.first_helped_on, p.last_active_on,
       (select max(s.joined_on) from membership_spell s where s.community_id = $1 and s.person_id = p.person_id and s.is_rejoin) as rejoined_on
     from person p
     where p.community_id = $1 and p.person_id = any ($2::uuid[])`,
    [communityId, people],
  )
  const { rows: bounds } = await client.query<{ begins_on: string | null; known_on: string | null }>(
    `select
       (select min(first_seen_on) from person where community_id = $1) as begins_on,
       (select (known_by at time zone $2::text)::date from community_state where community_id = $1) as known_on`,
    [communityId, timeZone],
  )
  const { begins_on = null, known_on = null } = bounds[0] ?? {}
  // a day later than it is: where clocks are odd a local day may be one off
  const silent_on = known_on && addDays(known_on, -LAPSE_DAYS)
  return { people: new Map(rows.map((row) => [row.person_id, row])), begins_on, silent_on }
}

const withoutLast = ({ last_active_on: _, ...rest }: Stay) => JSON.stringify(rest)

/**
 * Another day of activity of somebody who had not fallen silent says nothing new of who stays: up to the day to which silence
 * can be told they were there, before and now. Everything else that differs does.
 */
const isStayDiffering = (before: Stay | undefined, after: Stay | undefined, silentOn: string | null): boolean => {
  if (!before || !after || withoutLast(before) !== withoutLast(after)) return true
  if (before.last_active_on === after.last_active_on) return false
  if (silentOn === null || before.last_active_on === null || after.last_active_on === null) return true
  return before.last_active_on <= silentOn || after.last_active_on <= silentOn
}

/** A comparison of joiners speaks of those of a year. */
const MONTHS_OF_A_YEAR = 12

/**
 * Notes under `person_stay` the days on which people began of whose stay something new is to be told, and under
 * `person_stay_year` the months in whose year they lie. With another beginning of all activity, every month that it touches.
 */
export const noteStays = async (client: ClientBase, scope: PartScope, before: Stays, after: Stays, change: RollupChange): Promise<void> => {
  const days = new Set<string>()
  for (const id of new Set([...before.people.keys(), ...after.people.keys()])) {
    const [was, is] = [before.people.get(id), after.people.get(id)]
    if (isStayDiffering(was, is, before.silent_on))
      for (const day of [was?.joined_on, was?.first_seen_on, is?.joined_on, is?.first_seen_on]) if (day) days.add(day)
  }
  if (before.begins_on !== after.begins_on) for (const day of await monthsOfBeginning(client, scope, before, after)) days.add(day)
  const months = new Set([...days].map((day) => periodOfDay(day, 'month')))
  const years = [...months].flatMap((month) => Array.from({ length: MONTHS_OF_A_YEAR }, (_, i) => shiftPeriod(month, 'month', i)))
  noteDays(change, 'person_stay', [...days])
  noteDays(
    change,
    'person_stay_year',
    [...new Set(years)].map((month) => daysOfPeriod(month, 'month').from_on),
  )
}

/** The first days of the months from the first beginning on, up to the later of the two first activities; all where there was none. */
const monthsOfBeginning = async (client: ClientBase, scope: PartScope, before: Stays, after: Stays): Promise<string[]> => {
  const { rows } = await client.query<{ first_on: string | null; last_on: string | null }>(
    `select
       least(min(joined_on), min(first_seen_on)) as first_on,
       greatest(max(joined_on), max(first_seen_on)) as last_on
     from person
     where community_id = $1`,
    [scope.communityId],
  )
  const { first_on = null, last_on = null } = rows[0] ?? {}
  const until = before.begins_on && after.begins_on ? [before.begins_on, after.begins_on].sort()[1] : last_on
  if (first_on === null || !until || until < first_on) return []
  return periodsBetween(periodOfDay(first_on, 'month'), periodOfDay(until, 'month'), 'month').map(
    (month) => daysOfPeriod(month, 'month').from_on,
  )
}
