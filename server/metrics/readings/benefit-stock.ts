import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { localDayOf } from '../../rollup/local-day.ts'
import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'
import { membershipStock } from './membership-stock.ts'
import { IS_OBSERVED, REMOVED_THREAD_CTE } from './observed-ctes.ts'

/** Who has had any benefit lately, at the end of a period; an unfinished period ends at the time it is known by. */
export type BenefitStock = {
  members_at_end: number
  benefited_members: number
  /** People active on the last BENEFIT_DAYS local days, members or not, for sources that cannot tell joins. */
  present_at_end: number
  benefited_present: number
}

/** For so many local days a benefit counts, its own day included: as long as it takes to lapse (house rule). */
export const BENEFIT_DAYS = LAPSE_DAYS

/** The last local day of each period, or of what is known of it. */
const EDGE_CTE = `edge as (
  select period_no, known_by, ${localDayOf(`(least(ends_at, known_by) - interval '1 microsecond')`, '$6')} as last_on from period
)`

const visible = (alias: string) => IS_VISIBLE.replaceAll('c.', `${alias}.`)

/** What happened to whom, and when, that counts as a benefit; `p` is a time to know it by. */
const FACT_CTE = `fact as (
  -- helped: a question of theirs got its first answer by someone else
  select p.known_by, q.person_id, min(c.occurred_at) as at
  from known p
  join contribution q on q.community_id = $1 and q.kind = 'question' and q.person_id is not null and ${visible('q')}
  join contribution c on c.community_id = $1 and c.question_key = q.event_key and ${IS_VISIBLE}
  group by p.known_by, q.event_key, q.person_id
  union all
  -- observed: they read an answered thread in which they had not written
  select p.known_by, o.person_id, o.viewed_at
  from known p
  join observation o on o.community_id = $1 and ${IS_OBSERVED}
  union all
  -- reused a practice of someone else
  select p.known_by, u.person_id, u.used_at
  from known p
  join practice_use u
    on u.community_id = $1
    and u.use = 'reused'
    and u.person_id is not null
    and u.used_at < p.known_by
    and (u.removed_at is null or u.removed_at >= p.known_by)
  join practice k
    on k.community_id = $1
    and k.practice_key = u.practice_key
    and (k.removed_at is null or k.removed_at >= p.known_by)
  union all
  -- confirmed: they reported value
  select p.known_by, v.person_id, v.reported_at
  from known p
  join value_report v
    on v.community_id = $1
    and v.reported_at < p.known_by
    and (v.removed_at is null or v.removed_at >= p.known_by)
  union all
  -- … or accepted an answer to a question of theirs; a moderator may accept too, who has not been helped
  select p.known_by, q.person_id, s.accepted_at
  from known p
  join acceptance s
    on s.community_id = $1
    and s.accepted_at < p.known_by
    and (s.unaccepted_at is null or s.unaccepted_at >= p.known_by)
  join contribution c on c.community_id = $1 and c.event_key = s.answer_key and ${IS_VISIBLE}
  join contribution q on q.community_id = $1 and q.event_key = s.question_key and ${visible('q')}
  where exists (
    select from event e
    join identity i on i.community_id = $1 and i.identity_key = e.identity_key
    where e.community_id = $1
      and e.target_key = s.answer_key
      and e.type = 'answer.accepted'
      and e.occurred_at = s.accepted_at
      and i.person_id = q.person_id
  )
)`

export const benefitStock: Reading<BenefitStock> = {
  id: 'benefit-stock',
  grain: `one row a period: members at its end, and how many of them had a benefit in the ${BENEFIT_DAYS} days to it`,
  tables: ['membership_spell', 'activity_day', 'contribution', 'acceptance', 'observation', 'practice', 'practice_use', 'value_report'],
  reach: 'onward',
  empty: { members_at_end: 0, benefited_members: 0, present_at_end: 0, benefited_present: 0 },
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
stock as (
${membershipStock.sql}
),
known as (
  select distinct known_by from period
),
${REMOVED_THREAD_CTE},
${FACT_CTE},
benefited as (
  select known_by, person_id, range_agg(daterange(day_on, day_on + ${BENEFIT_DAYS})) as days
  from (select distinct known_by, person_id, ${localDayOf('at', '$6')} as day_on from fact) as fact_day
  group by known_by, person_id
),
membered as (
  select b.known_by, b.person_id, range_agg(daterange(s.joined_on, case when s.left_at < b.known_by then s.left_on end)) as days
  from benefited b
  join membership_spell s on s.community_id = $1 and s.person_id = b.person_id and s.joined_at < b.known_by
  group by b.known_by, b.person_id
),
active as (
  select b.known_by, b.person_id, range_agg(daterange(a.day_on, a.day_on + ${LAPSE_DAYS})) as days
  from benefited b
  join activity_day a on a.community_id = $1 and a.person_id = b.person_id and a.first_at < b.known_by
  group by b.known_by, b.person_id
),
overlap as (
  select b.known_by, true as is_member, unnest(b.days * m.days) as span
  from benefited b
  join membered m on m.known_by = b.known_by and m.person_id = b.person_id
  union all
  select b.known_by, false, unnest(b.days * a.days)
  from benefited b
  join active a on a.known_by = b.known_by and a.person_id = b.person_id
),
change as (
  select known_by, is_member, lower(span) as day_on, 1 as step from overlap
  union all
  select known_by, is_member, upper(span), -1 from overlap where not upper_inf(span)
),
${EDGE_CTE},
summed as (
  select
    e.period_no,
    coalesce(sum(c.step) filter (where c.is_member), 0)::int as benefited_members,
    coalesce(sum(c.step) filter (where not c.is_member), 0)::int as benefited_present
  from edge e
  left join change c on c.known_by = e.known_by and c.day_on <= e.last_on
  group by e.period_no
)
select
  s.period_no,
  k.members_at_end,
  s.benefited_members,
  k.seen_at_end - k.lapsed_seen as present_at_end,
  s.benefited_present
from summed s
join stock k on k.period_no = s.period_no`,
  now: {
    tables: ['membership_day'],
    sql: `-- grain: one row a period
with ${PERIOD_CTE},
${EDGE_CTE},
swept as (
  select
    period_no,
    coalesce(sum(member_change) over up_to_edge, 0)::int as members_at_end,
    coalesce(sum(benefited_member_change) over up_to_edge, 0)::int as benefited_members,
    coalesce(sum(present_seen_change) over up_to_edge, 0)::int as present_at_end,
    coalesce(sum(benefited_present_change) over up_to_edge, 0)::int as benefited_present
  from (
    select
      day_on, 0 as is_edge, member_change, benefited_member_change, present_seen_change, benefited_present_change,
      null::bigint as period_no
    from membership_day
    where community_id = $1
    union all
    select last_on, 1, 0, 0, 0, 0, period_no
    from edge
  ) as line
  window up_to_edge as (order by day_on, is_edge rows between unbounded preceding and current row)
)
select * from swept where period_no is not null`,
  },
}
