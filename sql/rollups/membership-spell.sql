-- grain: one row a span of membership, for the people asked for (everyone when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null · $3 time zone
with
move as (
  select
    i.person_id,
    i.source,
    e.occurred_at,
    e.event_key,
    e.type = 'member.joined' as is_joining,
    lag(e.type = 'member.joined') over in_order as was_joining
  from identity i
  join event e on e.community_id = $1 and e.identity_key = i.identity_key
  where i.community_id = $1
    and e.type in ('member.joined', 'member.left')
    and not i.is_bot
    and ($2::uuid[] is null or i.person_id = any ($2))
  window in_order as (partition by i.person_id, i.source order by e.occurred_at, e.type, e.event_key)
),
-- joining twice in a row, or leaving twice, counts once: the first
turn as (
  select
    person_id,
    source,
    occurred_at,
    is_joining,
    lead(occurred_at) over in_order as next_at,
    count(*) over in_order - 1 as turns_before
  from move
  where is_joining is distinct from was_joining
  window in_order as (partition by person_id, source order by occurred_at, (not is_joining), event_key)
),
stay as (
  select person_id, occurred_at as joined_at, next_at as left_at
  from turn
  -- joined and left in the same instant was no membership
  where is_joining and next_at is distinct from occurred_at
  union all
  -- who leaves without a known joining had been a member since before the data
  select person_id, '-infinity', occurred_at
  from turn
  where not is_joining and turns_before = 0
),
-- somebody in several places has left when they have left the last of them
overlap as (
  select
    person_id,
    joined_at,
    left_at,
    max(coalesce(left_at, 'infinity')) over (
      partition by person_id order by joined_at, left_at rows between unbounded preceding and 1 preceding
    ) as covered_until
  from stay
),
numbered as (
  select *, count(*) filter (where covered_until is null or joined_at > covered_until) over (
    partition by person_id order by joined_at, left_at rows unbounded preceding
  ) as spell_no
  from overlap
),
spell as (
  select person_id, min(joined_at) as joined_at, nullif(max(coalesce(left_at, 'infinity')), 'infinity') as left_at
  from numbered
  group by person_id, spell_no
)
select
  person_id,
  joined_at,
  left_at,
  row_number() over (partition by person_id order by joined_at) > 1 as is_rejoin,
  case when joined_at = '-infinity' then '-infinity' else local_day(joined_at, $3) end as joined_on,
  local_day(left_at, $3) as left_on
from spell
