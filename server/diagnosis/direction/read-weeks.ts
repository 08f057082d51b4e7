import type { ClientBase, Pool } from 'pg'
import { addDays, daysBetween } from '../../../shared/period.ts'
import { readPoints } from '../../metrics/store-points.ts'
import type { StoredWeek } from './hear-weeks.ts'

const KEYS = ['joins', 'leavers', 'members', 'active-people', 'questions', 'answered-share'] as const

export type WeeksAsked = {
  communityId: string
  timeZone: string
  /** The first local day with anything known. */
  firstOn: string
  /** Local days before this one are over. */
  overUntil: string
}

/** The whole weeks that are over, from the first Monday on which data were known on, as the stored points and the daily counts of events have them. */
export const readWeeks = async (
  db: Pool | ClientBase,
  { communityId, timeZone, firstOn, overUntil }: WeeksAsked,
): Promise<StoredWeek[]> => {
  const first = mondayFrom(firstOn)
  const count = Math.floor(daysBetween(first, overUntil) / 7)
  if (count <= 0) return []
  const end = addDays(first, count * 7)
  const points = await readPoints(db, communityId, 'week', first, end, KEYS)
  const { rows: heard } = await db.query<{ from_on: string; event_count: number }>(
    `select day_on - (extract(isodow from day_on)::int - 1) as from_on, sum(event_count)::float8 as event_count
     from event_day
     where community_id = $1 and day_on >= $2::date and day_on < $3::date
     group by 1`,
    [communityId, first, end],
  )
  const { rows: known } = await db.query<{ whole_until: string | null }>(
    'select (max(observed_until) at time zone $2::text)::date as whole_until from source where community_id = $1',
    [communityId, timeZone],
  )
  const events = new Map(heard.map((row) => [row.from_on, row.event_count]))
  const wholeUntil = known[0]?.whole_until ?? null
  return Array.from({ length: count }, (_, i) => {
    const from_on = addDays(first, i * 7)
    const at = points.get(from_on)
    const countIn = (key: (typeof KEYS)[number]) => at?.get(key)?.value ?? 0
    const [joins, leavers] = [countIn('joins'), countIn('leavers')]
    return {
      from_on,
      joins,
      leavers,
      members: Math.max(0, countIn('members') - joins + leavers),
      active_people: at?.get('active-people')?.status === 'withheld' ? null : countIn('active-people'),
      questions: countIn('questions'),
      answered: at?.get('answered-share')?.numerator ?? 0,
      is_joins_step: at?.get('joins')?.status === 'bulk_step',
      is_leavers_step: at?.get('leavers')?.status === 'bulk_step',
      event_count: events.get(from_on) ?? 0,
      is_known_whole: wholeUntil !== null && addDays(from_on, 7) <= wholeUntil,
    }
  })
}

/** The first Monday on or after a day. */
const mondayFrom = (day: string): string => addDays(day, (8 - new Date(`${day}T00:00:00Z`).getUTCDay()) % 7)
