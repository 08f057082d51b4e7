-- grain: one row a length of silence that ended in a return, over the people asked for (everyone when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null
with
silence as (
  -- each day of activity counts on for stretch_days(): the last one lies so many days before the end
  select lead(from_on) over (partition by person_id order by from_on) - (to_on - stretch_days()) as silent_days
  from presence
  where community_id = $1 and kind = 'unbroken' and ($2::uuid[] is null or person_id = any ($2))
)
select silent_days, count(*)::int as returned_count
from silence
where silent_days is not null
group by silent_days
