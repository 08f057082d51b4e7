-- grain: one row a person who has observed, of those asked for (all when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null · $3 those of them whose observations are as they were, person_id uuid[]
with
someone as (
  select distinct b.person_id
  from benefit_day b
  where b.community_id = $1 and b.benefit = 'observed' and $2::uuid[] is null
  union all
  select unnest($2::uuid[])
  except all
  select unnest($3::uuid[])
),
-- their first day, and on it the first view: no index by person and time is needed for that
first_view as (
  select s.person_id, b.day_on, o.viewed_at
  from someone s
  join lateral (
    select b.day_on
    from benefit_day b
    where b.community_id = $1 and b.person_id = s.person_id and b.benefit = 'observed'
    order by b.day_on
    limit 1
  ) b on true
  join lateral (
    select min(o.viewed_at) as viewed_at
    from observation o
    where o.community_id = $1 and o.day_on = b.day_on and o.person_id = s.person_id and o.is_counted
  ) o on true
  union all
  select o.person_id, o.first_viewed_on, o.first_viewed_at
  from observer o
  where o.community_id = $1 and o.person_id = any ($3::uuid[])
)
select
  $1::uuid as community_id,
  f.person_id,
  f.viewed_at as first_viewed_at,
  f.day_on as first_viewed_on,
  c.occurred_at as first_contribution_at
from first_view f
left join lateral (
  select c.occurred_at
  from contribution c
  where c.community_id = $1
    and c.person_id = f.person_id
    and c.removed_at is null
    and not c.is_bot
    and not c.is_quarantined
  order by c.occurred_at
  limit 1
) c on true
