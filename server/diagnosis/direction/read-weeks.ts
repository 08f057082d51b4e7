import type { ClientBase, Pool } from 'pg'
import { addDays, daysBetween } from '../../../shared/period.ts'
import { metrics } from '../../metrics/catalogue.ts'
import { measurePeriods } from '../../metrics/measure-periods.ts'
import type { MeasureContext } from '../../metrics/metric.ts'
import { type PeriodPoints, readPoints } from '../../metrics/store-points.ts'
import type { StoredWeek } from './hear-weeks.ts'

const KEYS = ['joins', 'leavers', 'members', 'active-people', 'questions', 'answered-share'] as const

const MEASURED = metrics.filter((metric) => (KEYS as readonly string[]).includes(metric.id))

export type WeeksAsked = {
  communityId: string
  timeZone: string
  /** The first local day with anything known. */
  firstOn: string
  /** Local days before this one are over. */
  overUntil: string
}

/** The whole weeks that are over, from the first Monday on which data were known on, as the stored points have them. */
export const readWeeks = async (db: Pool | ClientBase, asked: WeeksAsked): Promise<StoredWeek[]> =>
  weeksOf(db, asked, (from_on, to_on) => readPoints(db, asked.communityId, 'week', from_on, to_on, KEYS))

/** The same measured on the spot, with nothing later than `knownBy`. */
export const measureWeeks = async (
  db: Pool | ClientBase,
  asked: WeeksAsked & { knownBy: Date; context: MeasureContext },
): Promise<StoredWeek[]> =>
  weeksOf(db, asked, async (from_on, to_on) => {
    const periods = Array.from({ length: daysBetween(from_on, to_on) / 7 }, (_, i) => ({
      from_on: addDays(from_on, i * 7),
      to_on: addDays(from_on, i * 7 + 7),
      is_as_known_then: false,
    }))
    const { communityId, timeZone, knownBy, context } = asked
    const points = await measurePeriods(db, { communityId, timeZone, knownBy, periods, metrics: MEASURED, context })
    return new Map(periods.map((period, i) => [period.from_on, points[i] as PeriodPoints]))
  })

const weeksOf = async (
  db: Pool | ClientBase,
  { communityId, timeZone, firstOn, overUntil }: WeeksAsked,
  read: (from_on: string, to_on: string) => Promise<Map<string, PeriodPoints>>,
): Promise<StoredWeek[]> => {
  const first = mondayFrom(firstOn)
  const count = Math.floor(daysBetween(first, overUntil) / 7)
  if (count <= 0) return []
  const end = addDays(first, count * 7)
  const points = await read(first, end)
  const events = await readEvents(db, communityId, first, end)
  const wholeUntil = await readWholeUntil(db, communityId, timeZone)
  return Array.from({ length: count }, (_, i) => {
    const from_on = addDays(first, i * 7)
    const isKnownWhole = wholeUntil !== null && addDays(from_on, 7) <= wholeUntil
    return { ...weekOf(from_on, points.get(from_on)), event_count: events.get(from_on) ?? 0, is_known_whole: isKnownWhole }
  })
}

const weekOf = (from_on: string, points: PeriodPoints | undefined): Omit<StoredWeek, 'event_count' | 'is_known_whole'> => {
  const countIn = (key: (typeof KEYS)[number]) => points?.get(key)?.value ?? 0
  const [joins, leavers] = [countIn('joins'), countIn('leavers')]
  return {
    from_on,
    joins,
    leavers,
    members: Math.max(0, countIn('members') - joins + leavers),
    active_people: points?.get('active-people')?.status === 'withheld' ? null : countIn('active-people'),
    questions: countIn('questions'),
    answered: points?.get('answered-share')?.numerator ?? 0,
    is_joins_step: points?.get('joins')?.status === 'bulk_step',
    is_leavers_step: points?.get('leavers')?.status === 'bulk_step',
  }
}

/** Events of any type, by the Monday of their week. */
const readEvents = async (db: Pool | ClientBase, communityId: string, from_on: string, to_on: string): Promise<Map<string, number>> => {
  const { rows } = await db.query<{ from_on: string; event_count: number }>(
    `select day_on - (extract(isodow from day_on)::int - 1) as from_on, sum(event_count)::float8 as event_count
     from event_day
     where community_id = $1 and day_on >= $2::date and day_on < $3::date
     group by 1`,
    [communityId, from_on, to_on],
  )
  return new Map(rows.map((row) => [row.from_on, row.event_count]))
}

/** Days before this one are known to be whole, by the word of a source. */
const readWholeUntil = async (db: Pool | ClientBase, communityId: string, timeZone: string): Promise<string | null> => {
  const { rows } = await db.query<{ whole_until: string | null }>(
    'select (max(observed_until) at time zone $2::text)::date as whole_until from source where community_id = $1',
    [communityId, timeZone],
  )
  return rows[0]?.whole_until ?? null
}

/** The first Monday on or after a day. */
const mondayFrom = (day: string): string => addDays(day, (8 - new Date(`${day}T00:00:00Z`).getUTCDay()) % 7)
