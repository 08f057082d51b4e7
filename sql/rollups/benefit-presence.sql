-- grain: one row a person and stretch of local days on which a benefit counts, for the people asked for (everyone when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null
select person_id, lower(stretch) as from_on, upper(stretch) as to_on
from (
  select person_id, unnest(range_agg(daterange(day_on, day_on + lapse_days()))) as stretch
  from benefit_day
  where community_id = $1 and ($2::uuid[] is null or person_id = any ($2))
  group by person_id
) as stretch_of
