import { localDayOf } from '../../rollup/local-day.ts'
import { BENEFIT_DAYS } from '../readings/benefit-stock.ts'
import { type CaseList, personKey } from './case-list.ts'

const BENEFITS = ['helped', 'observed', 'reused', 'confirmed'] as const

/** Everyone who was a member at the end of the period, or active lately, and what they had of it. */
export const benefitCases: CaseList = {
  id: 'benefit-cases',
  kind: 'people',
  grain: `one row a person who was a member at the end of the period, or active on the ${BENEFIT_DAYS} local days to it`,
  tables: ['membership_spell', 'presence', 'benefit_day'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'last_benefit_on', title: 'Last benefit', format: 'day' },
    { id: 'is_helped', title: 'Helped', format: 'yes_no' },
    { id: 'is_observed', title: 'Read along', format: 'yes_no' },
    { id: 'is_reused', title: 'Reused a practice', format: 'yes_no' },
    { id: 'is_confirmed', title: 'Confirmed value', format: 'yes_no' },
  ],
  sql: `with edge as (
  select ${localDayOf(`(least(p.ends_at, p.known_by) - interval '1 microsecond')`, '$6')} as last_on from period p
),
there as (
  select person_id, bool_or(is_member) as is_member, bool_or(not is_member) as is_present
  from (
    select s.person_id, true as is_member
    from edge e
    join membership_spell s
      on s.community_id = $1 and s.joined_on <= e.last_on and (s.left_on is null or s.left_on > e.last_on)
    union all
    select a.person_id, false
    from edge e
    join presence a
      on a.community_id = $1 and a.kind = 'active' and a.from_on <= e.last_on and a.to_on > e.last_on
  ) as either
  group by person_id
),
benefit as (
  select
    b.person_id,
    max(b.day_on) as last_benefit_on,
    ${BENEFITS.map((benefit) => `bool_or(b.benefit = '${benefit}') as is_${benefit}`).join(',\n    ')}
  from edge e
  join benefit_day b on b.community_id = $1 and b.day_on <= e.last_on and b.day_on > e.last_on - ${BENEFIT_DAYS}
  group by b.person_id
)
select
  ${personKey('t.person_id')} as key,
  coalesce(b.last_benefit_on - date '1970-01-01', -1000000)::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  t.person_id,
  b.last_benefit_on,
  ${BENEFITS.map((benefit) => `coalesce(b.is_${benefit}, false) as is_${benefit}`).join(',\n  ')},
  b.person_id is not null as is_benefited,
  t.is_member,
  t.is_present
from there t
left join benefit b on b.person_id = t.person_id`,
}
