import type { ClientBase, Pool } from 'pg'
import { addDays, periodOfDay } from '../../../shared/period.ts'
import { cutWeeks } from '../../diagnosis/direction/hear-weeks.ts'
import { HOLIDAY_WEEKS } from '../../diagnosis/direction/limits.ts'
import { readWeeks } from '../../diagnosis/direction/read-weeks.ts'
import { readPoints } from '../../metrics/store-points.ts'
import type { AlertMaterial } from '../alert-rule.ts'
import type { WeekOfPeople, WeekOfShare } from './share-series.ts'

type Db = Pool | ClientBase

/** One closed week of the community's zone. */
export type ClosedWeek = {
  /** Its Monday. */
  on: string
  is_holiday: boolean
  /** The feed fell silent, so nothing is known of it. */
  is_cut: boolean
}

/** Every closed week that anything is known of. */
export const loadClosedWeeks = async (db: Db, material: AlertMaterial): Promise<ClosedWeek[]> => {
  const weeks = await readWeeks(db, material)
  const isCut = cutWeeks(weeks)
  return weeks.map(({ from_on }, week) => ({
    on: from_on,
    is_holiday: HOLIDAY_WEEKS.includes(Number(periodOfDay(from_on, 'week').slice(6)) - 1),
    is_cut: isCut[week] as boolean,
  }))
}

const endOf = (weeks: readonly ClosedWeek[]) => addDays((weeks.at(-1) as ClosedWeek).on, 7)

/**
 * Cases without what was hoped for, of a stored share: what a week asked is known a week later, so it is dated then. A week is unknown
 * where its share is withheld, or where the feed was cut while it was asked or could have been answered.
 */
export const loadUnmet = async (
  db: Db,
  { communityId }: AlertMaterial,
  weeks: readonly ClosedWeek[],
  metric: string,
): Promise<WeekOfShare[]> => {
  const [first] = weeks
  if (first === undefined) return []
  const points = await readPoints(db, communityId, 'week', first.on, endOf(weeks), [metric])
  return weeks.map(({ is_cut }, week): WeekOfShare => {
    const asked = weeks[week - 1]
    if (asked === undefined || is_cut || asked.is_cut) return { share: null, is_holiday: asked?.is_holiday ?? false }
    const point = points.get(asked.on)?.get(metric)
    const of = point?.denominator ?? 0
    const share = point?.status === 'withheld' || point?.status === 'not_available' ? null : { cases: of - (point?.numerator ?? 0), of }
    return { share, is_holiday: asked.is_holiday }
  })
}

// where some questions are in chats without threads, answers are counted in threads alone, as the metrics do
const IN_THREADS = `select
    local_day - (extract(isodow from local_day)::int - 1) as on,
    person_id,
    count(*)::int as count
  from (
    select (occurred_at at time zone $4)::date as local_day, person_id
    from contribution
    where community_id = $1
      and is_answer
      and inferred_link is null
      and removed_at is null
      and not is_bot
      and not is_quarantined
      and occurred_at >= $2::date::timestamp at time zone $4
      and occurred_at < $3::date::timestamp at time zone $4
  ) as answer
  group by 1, 2`

const BY_DAY = `select day_on - (extract(isodow from day_on)::int - 1) as on, person_id, sum(answer_count)::int as count
  from person_day
  where community_id = $1 and day_on >= $2::date and day_on < $3::date and answer_count > 0 and $4::text is not null
  group by 1, 2
  union all
  -- everybody's, those of people who are not known too
  select day_on - (extract(isodow from day_on)::int - 1), null, sum(answer_count)::int
  from contribution_day
  where community_id = $1 and day_on >= $2::date and day_on < $3::date and answer_count > 0
  group by 1`

type GivenRow = { on: string; person_id: string | null; count: number }

/** Who gave how many answers in each week. */
export const loadAnswerers = async (
  db: Db,
  { communityId, timeZone, context }: AlertMaterial,
  weeks: readonly ClosedWeek[],
): Promise<WeekOfPeople[]> => {
  const [first] = weeks
  if (first === undefined) return []
  const isInThreads = context.threads === 'both'
  const { rows } = await db.query<GivenRow>(isInThreads ? IN_THREADS : BY_DAY, [communityId, first.on, endOf(weeks), timeZone])
  const numbers = new Map<string, number>()
  const given = new Map(weeks.map(({ on }) => [on, { all: 0, people: [] as [number, number][] }]))
  for (const { on, person_id, count } of rows) {
    const week = given.get(on)
    if (week === undefined) continue
    if (person_id === null || isInThreads) week.all += count
    if (person_id === null) continue
    const number = numbers.get(person_id) ?? numbers.size
    numbers.set(person_id, number)
    week.people.push([number, count])
  }
  return weeks.map(({ on, is_cut, is_holiday }): WeekOfPeople => {
    const { all, people } = given.get(on) as { all: number; people: [number, number][] }
    return { all: is_cut ? null : all, people: is_cut ? [] : people, is_holiday }
  })
}
