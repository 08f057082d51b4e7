import type { ClientBase, Pool } from 'pg'
import { addDays, daysBetween } from '../../../shared/period.ts'
import type { StoredWeek } from '../../diagnosis/direction/hear-weeks.ts'
import { BACK_DAYS, DAY_ALONE_SHARE, isOneAct, SETTING_UP_DAYS } from './limits.ts'

/** Many people who became members, or ceased to be, within one minute. */
export type Act = {
  what: 'removed' | 'imported'
  /** The Monday of its week, and its local day. */
  week_on: string
  on: string
  at: Date
  /** Within the minute, and in the whole week. */
  count: number
  week_count: number
  /** When half of these people were members again (of the imported: were none any more), within two weeks; null: they were not. */
  undone: { on: string; count: number } | null
}

type Row = {
  at: Date
  on: string
  count: number
  undone_on: string | null
  undone_count: number
  is_day_alone: boolean
  busiest_day: number
}

const MOVES = {
  removed: { moved: 'left_at', back: 'joined_at' },
  imported: { moved: 'joined_at', back: 'left_at' },
} as const

/** The fullest minute of a week, by the same reckoning as the mark of a bulk step, and what became of these people after it. */
const readAct = async (
  db: Pool | ClientBase,
  { communityId, timeZone, week_on, what }: { communityId: string; timeZone: string; week_on: string; what: Act['what'] },
): Promise<Row | null> => {
  const { moved, back } = MOVES[what]
  const { rows } = await db.query<Row>(
    `with
     move as (
       select person_id, ${moved} as at
       from membership_spell
       where
         community_id = $1
         and ${moved} >= $2::date::timestamp at time zone $4::text
         and ${moved} < $3::date::timestamp at time zone $4::text
     ),
     paced as (
       select at, count(*) over (order by at range between current row and interval '1 minute' following)::int as in_the_minute
       from move
     ),
     fullest as (
       select at, in_the_minute from paced order by in_the_minute desc, at limit 1
     ),
     undone as (
       select m.person_id, min(s.${back}) as at
       from fullest f
       join move m on m.at between f.at and f.at + interval '1 minute'
       join membership_spell s
         on s.community_id = $1
         and s.person_id = m.person_id
         and s.${back} > m.at
         and s.${back} <= m.at + make_interval(days => $5::int)
       group by m.person_id
     ),
     half as (
       select
         count(*)::int as undone_count,
         (array_agg(u.at order by u.at))[((select in_the_minute from fullest) + 1) / 2] as at
       from undone u
     ),
     other as (
       select
         (s.at at time zone 'UTC')::time = (f.at at time zone 'UTC')::time or (s.at at time zone $4::text)::time = (f.at at time zone $4::text)::time as is_same_time,
         count(*) over (partition by (s.at at time zone $4::text)::date)::int as of_day
       from fullest f, (select ${moved} as at from membership_spell where community_id = $1) as s
       where
         s.at >= f.at - interval '1 year'
         and s.at < f.at + interval '7 days'
         and (s.at at time zone $4::text)::date <> (f.at at time zone $4::text)::date
     ),
     others as (
       select count(*) as other_count, count(*) filter (where is_same_time) as same_count, coalesce(max(of_day), 0) as busiest_day from other
     )
     select
       f.at,
       (f.at at time zone $4::text)::date as on,
       f.in_the_minute as count,
       (h.at at time zone $4::text)::date as undone_on,
       h.undone_count,
       o.same_count > 0 and o.same_count >= o.other_count * $6::float8 as is_day_alone,
       o.busiest_day
     from fullest f, half h, others o`,
    [communityId, week_on, addDays(week_on, 7), timeZone, BACK_DAYS, DAY_ALONE_SHARE],
  )
  return rows[0] ?? null
}

/**
 * Every bulk step of the weeks, in order of time. What lies in the first weeks of the membership's record is how the community was set
 * up here, and no act; nor is an import into nobody.
 */
export const loadActs = async (
  db: Pool | ClientBase,
  { communityId, timeZone, weeks }: { communityId: string; timeZone: string; weeks: readonly StoredWeek[] },
): Promise<Act[]> => {
  const first = weeks.find(({ joins, leavers, members }) => joins + leavers + members > 0)?.from_on
  const acts: Act[] = []
  for (const week of weeks) {
    if (first === undefined || daysBetween(first, week.from_on) < SETTING_UP_DAYS) continue
    const steps: Act['what'][] = [
      ...(week.is_leavers_step ? ['removed' as const] : []),
      ...(week.is_joins_step && week.members > 0 ? ['imported' as const] : []),
    ]
    for (const what of steps) {
      const row = await readAct(db, { communityId, timeZone, week_on: week.from_on, what })
      if (row === null || !isOneAct(row)) continue
      const { at, on, count, undone_on, undone_count } = row
      const undone = undone_on === null ? null : { on: undone_on, count: undone_count }
      acts.push({ what, week_on: week.from_on, on, at, count, week_count: what === 'removed' ? week.leavers : week.joins, undone })
    }
  }
  return acts.sort((a, b) => a.at.getTime() - b.at.getTime())
}
