-- grain: one row a local day on which practices were shared, or the number of those touched within the year changed
-- $1 community_id
with
fact as (
  select p.shared_on as day_on, 1 as shared, 0 as touched
  from practice p
  where p.community_id = $1 and p.removed_at is null
  union all
  select s.from_on, 0, 1
  from practice_stretch s
  where s.community_id = $1
  union all
  select s.to_on, 0, -1
  from practice_stretch s
  where s.community_id = $1
)
select $1::uuid as community_id, day_on, sum(shared)::int as shared_count, sum(touched)::int as touched_change
from fact
group by day_on
having sum(shared) <> 0 or sum(touched) <> 0
