-- grain: one row a person and stretch of local days on which each day in day_table() counts for stretch_days(), for the people
-- asked for (everyone when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null
with
neighbour as (
  select
    person_id,
    day_on,
    lag(day_on) over in_order as before_on,
    lead(day_on) over in_order as after_on
  from day_table()
  where community_id = $1 and ($2::uuid[] is null or person_id = any ($2))
  window in_order as (partition by person_id order by day_on)
),
-- of all days only those at which a stretch begins or ends: few
edge as (
  select
    person_id,
    day_on,
    before_on is null or before_on + stretch_days() < day_on as is_begin,
    after_on is null or day_on + stretch_days() < after_on as is_end
  from neighbour
  where before_on is null or after_on is null or before_on + stretch_days() < day_on or day_on + stretch_days() < after_on
),
paired as (
  select *, lead(day_on) over (partition by person_id order by day_on, is_begin desc) as next_edge_on
  from edge
)
select person_id, day_on as from_on, (case when is_end then day_on else next_edge_on end) + stretch_days() as to_on
from paired
where is_begin
