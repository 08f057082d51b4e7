-- grain: one row a person and stretch of local days on which they count as active, for the people asked for (everyone when $2
-- is null), made of the unbroken stretches: the same days, each counting for longer
-- $1 community_id · $2 person_id uuid[] or null
select person_id, lower(stretch) as from_on, upper(stretch) as to_on
from (
  select person_id, unnest(range_agg(daterange(from_on, to_on - stretch_days() + lapse_days()))) as stretch
  from presence
  where community_id = $1 and kind = 'unbroken' and ($2::uuid[] is null or person_id = any ($2))
  group by person_id
) as stretch_of
