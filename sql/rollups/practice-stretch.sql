-- grain: one row a practice and stretch of local days in which it counts as touched, of those asked for (all when $2 is null)
-- $1 community_id · $2 practice keys uuid[] or null · $3 days for which a touch counts
with
touched as (
  select p.practice_key, p.shared_on as day_on
  from practice p
  where p.community_id = $1 and p.removed_at is null and ($2::uuid[] is null or p.practice_key = any ($2))
  union
  select u.practice_key, u.used_on
  from practice_use u
  where u.community_id = $1 and u.is_counted and ($2::uuid[] is null or u.practice_key = any ($2))
),
beginning as (
  select
    practice_key,
    day_on,
    coalesce(day_on > lag(day_on) over (partition by practice_key order by day_on) + $3::int, true) as is_first
  from touched
),
numbered as (
  select practice_key, day_on, count(*) filter (where is_first) over (partition by practice_key order by day_on) as stretch_no
  from beginning
)
select $1::uuid as community_id, practice_key, min(day_on) as from_on, max(day_on) + $3::int as to_on
from numbered
group by practice_key, stretch_no
