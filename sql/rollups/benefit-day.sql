-- grain: one row a person, local day and kind of benefit
-- $1 community_id
with
fact as (
  select b.person_id, b.day_on, b.benefit
  from asker_benefit b
  where b.community_id = $1
  union all
  select o.person_id, o.day_on, 'observed'
  from observation o
  where o.community_id = $1 and o.is_counted
  union all
  select u.person_id, u.used_on, 'reused'
  from practice_use u
  where u.community_id = $1 and u.is_counted and u.use = 'reused' and u.person_id is not null
  union all
  select v.person_id, v.reported_on, 'confirmed'
  from value_report v
  where v.community_id = $1 and v.removed_at is null
)
select $1::uuid as community_id, person_id, day_on, benefit, count(*)::int as fact_count
from fact
group by person_id, day_on, benefit
