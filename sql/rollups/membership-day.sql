-- grain: one row a local day and change of a count on it, over the people asked for (everyone when $2 is null): what their
-- days in person_days now amount to, less what they amounted to in person_days_before
-- $1 community_id · $2 person_id uuid[] or null
with
now_days as (
  person_days()
),
-- most people have the same days as before, or a few more at the end: only where they differ there is anything to count
differing as (
  select
    b.joined_on as old_joined_on, n.joined_on as new_joined_on,
    b.rejoined_on as old_rejoined_on, n.rejoined_on as new_rejoined_on,
    b.left_on as old_left_on, n.left_on as new_left_on,
    b.first_seen_on as old_first_seen_on, n.first_seen_on as new_first_seen_on,
    b.last_active_on as old_last_active_on, n.last_active_on as new_last_active_on,
    coalesce(b.member_days, '{}') as old_member, coalesce(n.member_days, '{}') as new_member,
    coalesce(b.present_member_days, '{}') as old_present_member, coalesce(n.present_member_days, '{}') as new_present_member,
    coalesce(b.active_days, '{}') as old_active, coalesce(n.active_days, '{}') as new_active,
    coalesce(b.benefited_member_days, '{}') as old_benefited_member, coalesce(n.benefited_member_days, '{}') as new_benefited_member,
    coalesce(b.benefited_present_days, '{}') as old_benefited_present, coalesce(n.benefited_present_days, '{}') as new_benefited_present
  from now_days n
  full join person_days_before b on b.person_id = n.person_id
  where n is distinct from b
),
step_of as (
  select flow.what, day_on, flow.step
  from differing
  cross join lateral (
    values
      ('joined_count', new_joined_on, 1), ('joined_count', old_joined_on, -1),
      ('rejoined_count', new_rejoined_on, 1), ('rejoined_count', old_rejoined_on, -1),
      ('left_count', new_left_on, 1), ('left_count', old_left_on, -1),
      ('first_seen_count', array[new_first_seen_on], 1), ('first_seen_count', array[old_first_seen_on], -1),
      ('last_active_count', array[new_last_active_on], 1), ('last_active_count', array[old_last_active_on], -1)
  ) as flow (what, days, step)
  cross join lateral unnest(flow.days) as day_on
  where day_on is not null
  union all
  -- a stock steps up where days begin that are new, and down where they end
  select stock.what, edge.day_on, edge.step
  from differing
  cross join lateral (
    values
      ('member_change', new_member - old_member, 1), ('member_change', old_member - new_member, -1),
      ('present_member_change', new_present_member - old_present_member, 1),
      ('present_member_change', old_present_member - new_present_member, -1),
      ('present_seen_change', new_active - old_active, 1), ('present_seen_change', old_active - new_active, -1),
      ('benefited_member_change', new_benefited_member - old_benefited_member, 1),
      ('benefited_member_change', old_benefited_member - new_benefited_member, -1),
      ('benefited_present_change', new_benefited_present - old_benefited_present, 1),
      ('benefited_present_change', old_benefited_present - new_benefited_present, -1)
  ) as stock (what, days, step)
  cross join lateral unnest(stock.days) as span
  cross join lateral (values (lower(span), stock.step), (upper(span), -stock.step)) as edge (day_on, step)
  where edge.day_on is not null
)
select
  day_on,
  coalesce(sum(step) filter (where what = 'joined_count'), 0)::int as joined_count,
  coalesce(sum(step) filter (where what = 'rejoined_count'), 0)::int as rejoined_count,
  coalesce(sum(step) filter (where what = 'left_count'), 0)::int as left_count,
  coalesce(sum(step) filter (where what = 'first_seen_count'), 0)::int as first_seen_count,
  coalesce(sum(step) filter (where what = 'last_active_count'), 0)::int as last_active_count,
  coalesce(sum(step) filter (where what = 'member_change'), 0)::int as member_change,
  coalesce(sum(step) filter (where what = 'present_member_change'), 0)::int as present_member_change,
  coalesce(sum(step) filter (where what = 'present_seen_change'), 0)::int as present_seen_change,
  coalesce(sum(step) filter (where what = 'benefited_member_change'), 0)::int as benefited_member_change,
  coalesce(sum(step) filter (where what = 'benefited_present_change'), 0)::int as benefited_present_change
from step_of
group by day_on
