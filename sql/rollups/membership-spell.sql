-- grain: one row a span of membership, for the people asked for (everyone when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null
with
move as (
  select
    i.person_id,
    e.occurred_at,
    e.event_key,
    e.type = 'member.joined' as is_joining,
    lag(e.type = 'member.joined') over in_order as was_joining
  from event e
  join identity i on i.community_id = $1 and i.identity_key = e.identity_key
  where e.community_id = $1
    and e.type in ('member.joined', 'member.left')
    and not i.is_bot
    and ($2::uuid[] is null or i.person_id = any ($2))
  window in_order as (partition by i.person_id order by e.occurred_at, e.type, e.event_key)
),
-- joining twice in a row, or leaving twice, counts once: the first
turn as (
  select
    person_id,
    occurred_at,
    is_joining,
    lead(occurred_at) over in_order as next_at,
    count(*) over in_order - 1 as turns_before
  from move
  where is_joining is distinct from was_joining
  window in_order as (partition by person_id order by occurred_at, (not is_joining), event_key)
)
insert into membership_spell (community_id, person_id, joined_at, left_at, is_rejoin)
select $1, person_id, occurred_at, next_at, turns_before > 0
from turn
-- joined and left in the same instant was no membership
where is_joining and next_at is distinct from occurred_at
union all
-- who leaves without a known joining had been a member since before the data
select $1, person_id, '-infinity', occurred_at, false
from turn
where not is_joining and turns_before = 0
