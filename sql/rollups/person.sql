-- grain: one row a person who was ever active or a member, for the people asked for (everyone when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null · $3 time zone
with
asked as (
  select unnest($2::uuid[]) as person_id
  union
  select person_id from presence where $2::uuid[] is null and community_id = $1 and kind = 'active'
  union
  select person_id from membership_spell where $2::uuid[] is null and community_id = $1
),
-- each looked up for itself: a person has few spells, and of their days and contributions only the outermost matter
found as (
  select
    p.person_id,
    first_day.first_at as first_seen_at,
    first_day.day_on as first_seen_on,
    last_day.day_on as last_active_on,
    spell.*,
    contributed.*,
    helped.first_helped_on
  from asked p
  left join lateral (
    select first_at, day_on from activity_day where community_id = $1 and person_id = p.person_id order by day_on limit 1
  ) first_day on true
  left join lateral (
    select day_on from activity_day where community_id = $1 and person_id = p.person_id order by day_on desc limit 1
  ) last_day on true
  cross join lateral (
    select
      count(*) as spell_count,
      min(joined_at) filter (where joined_at > '-infinity') as joined_at,
      min(joined_on) filter (where joined_at > '-infinity') as joined_on,
      coalesce(bool_or(joined_at = '-infinity'), false) as is_since_before,
      min(left_at) as first_left_at,
      min(left_on) as first_left_on,
      case when bool_and(left_at is not null) then max(left_at) end as left_at,
      case when bool_and(left_at is not null) then max(left_on) end as left_on
    from membership_spell
    where community_id = $1 and person_id = p.person_id
  ) spell
  cross join lateral (
    select min(occurred_at) as first_contribution_at, (array_agg(occurred_at order by occurred_at))[2] as second_contribution_at
    from (
      select occurred_at
      from contribution
      where community_id = $1 and person_id = p.person_id and is_counted
      order by occurred_at
      limit 2
    ) as first_two
  ) contributed
  cross join lateral (
    select min(day_on) as first_helped_on
    from benefit_day
    where community_id = $1 and person_id = p.person_id and benefit = 'helped'
  ) helped
)
select
  person_id, first_seen_at, first_seen_on, last_active_on,
  joined_at, joined_on, is_since_before, first_left_at, first_left_on, left_at, left_on,
  first_contribution_at, local_day(first_contribution_at, $3) as first_contribution_on,
  second_contribution_at, local_day(second_contribution_at, $3) as second_contribution_on,
  first_helped_on
from found
-- bots, and people only named, are none
where first_seen_at is not null or spell_count > 0
