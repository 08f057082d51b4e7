import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayOf } from '../../rollup/local-day.ts'
import { type CaseList, personKey } from './case-list.ts'

/** Everyone who was a member at an edge of the period, or had been seen by its end; an unfinished period ends where the data do. */
export const memberCases: CaseList = {
  id: 'member-cases',
  kind: 'people',
  grain: 'one row a person who was a member at the start or the end of the period, or had been seen by its end',
  tables: ['membership_spell', 'person', 'activity_day'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'joined_at', title: 'Joined', format: 'time' },
    { id: 'first_seen_at', title: 'First seen', format: 'time' },
    { id: 'last_active_on', title: 'Last active by then', format: 'day' },
    { id: 'is_present', title: `Active or joined within ${LAPSE_DAYS} days`, format: 'yes_no' },
  ],
  sql: `with edge as (
  select
    p.starts_at,
    least(p.ends_at, p.known_by) as stops_at,
    ${localDayOf(`(least(p.ends_at, p.known_by) - interval '1 microsecond')`, '$6')} as last_on
  from period p
),
member as (
  select
    s.person_id,
    bool_or(s.joined_at < e.starts_at and (s.left_at is null or s.left_at >= e.starts_at)) as was_member,
    bool_or(s.joined_at < e.stops_at and (s.left_at is null or s.left_at >= e.stops_at)) as is_member,
    max(s.joined_at) filter (where s.joined_at < e.stops_at) as joined_at,
    max(s.joined_on) filter (where s.joined_at < e.stops_at and s.joined_at > '-infinity') as joined_on
  from edge e
  join membership_spell s
    on s.community_id = $1
    and s.joined_at < e.stops_at
  group by s.person_id
),
seen as materialized (
  select
    n.person_id,
    n.first_seen_at,
    -- only who was active later too has days to be looked at
    case
      when n.last_active_on <= e.last_on then n.last_active_on
      else (
        select a.day_on
        from activity_day a
        where a.community_id = $1
          and a.person_id = n.person_id
          and a.day_on <= e.last_on
        order by a.day_on desc
        limit 1
      )
    end as last_active_on
  from edge e
  join person n
    on n.community_id = $1
    and n.first_seen_at < e.stops_at
)
select
  ${personKey('coalesce(m.person_id, s.person_id)')} as key,
  coalesce(extract(epoch from greatest(nullif(m.joined_at, '-infinity'), s.first_seen_at)), 0) as sort,
  null::uuid as place_key,
  null::text as url,
  coalesce(m.person_id, s.person_id) as person_id,
  nullif(m.joined_at, '-infinity') as joined_at,
  s.first_seen_at,
  s.last_active_on,
  coalesce(s.last_active_on > e.last_on - ${LAPSE_DAYS}, false) as is_active,
  coalesce(s.last_active_on > e.last_on - ${LAPSE_DAYS}, false) or coalesce(m.joined_on > e.last_on - ${LAPSE_DAYS}, false) as is_present,
  coalesce(m.was_member, false) as was_member,
  coalesce(m.is_member, false) as is_member,
  s.first_seen_at is not null as is_seen
from edge e
cross join (member m full join seen s on s.person_id = m.person_id)`,
}
