-- grain: one row a person, the days of which membership_day counts, for the people asked for (everyone when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null
with
span_of as (
  -- who joined and left on one day was no member at the end of any
  select person_id, 'member' as what, daterange(joined_on, left_on) as span, joined_on, left_on, is_rejoin
  from membership_spell
  where community_id = $1 and ($2::uuid[] is null or person_id = any ($2))
  union all
  -- joining is a sign of life, too
  select person_id, 'joining', daterange(joined_on, joined_on + lapse_days()), null, null, null
  from membership_spell
  where community_id = $1 and ($2::uuid[] is null or person_id = any ($2)) and joined_on > '-infinity'
  union all
  select person_id, kind, daterange(from_on, to_on), null, null, null
  from presence
  where community_id = $1 and ($2::uuid[] is null or person_id = any ($2)) and kind in ('active', 'benefited')
),
days_of as (
  select
    person_id,
    array_agg(joined_on order by joined_on) filter (where joined_on > '-infinity') as joined_on,
    array_agg(joined_on order by joined_on) filter (where is_rejoin) as rejoined_on,
    array_agg(left_on order by left_on) filter (where left_on is not null) as left_on,
    range_agg(span) filter (where what = 'member') as member_days,
    range_agg(span) filter (where what in ('active', 'joining')) as alive_days,
    coalesce(range_agg(span) filter (where what = 'active'), '{}') as active_days,
    range_agg(span) filter (where what = 'benefited') as benefited_days
  from span_of
  group by person_id
)
select
  d.person_id,
  d.joined_on,
  d.rejoined_on,
  d.left_on,
  p.first_seen_on,
  p.last_active_on,
  coalesce(d.member_days, '{}') as member_days,
  coalesce(d.member_days * d.alive_days, '{}') as present_member_days,
  d.active_days,
  coalesce(d.member_days * d.benefited_days, '{}') as benefited_member_days,
  coalesce(d.active_days * d.benefited_days, '{}') as benefited_present_days
from days_of d
left join person p on p.community_id = $1 and p.person_id = d.person_id
