-- grain: one row a local day on which any count differs from 0, over the people asked for (everyone when $2 is null)
-- $1 community_id · $2 person_id uuid[] or null
with
spell as (
  select * from membership_spell where community_id = $1 and ($2::uuid[] is null or person_id = any ($2))
),
present as (
  select * from presence where community_id = $1 and ($2::uuid[] is null or person_id = any ($2))
),
seen as (
  select first_seen_on, last_active_on
  from person
  where community_id = $1 and ($2::uuid[] is null or person_id = any ($2)) and first_seen_on is not null
),
-- days on which each is a member, shows a sign of life (joining is one, too), was active, has had a benefit
days_of as (
  select
    person_id,
    range_agg(span) filter (where what = 'member') as member_days,
    range_agg(span) filter (where what in ('active', 'joining')) as alive_days,
    range_agg(span) filter (where what = 'active') as active_days,
    range_agg(span) filter (where what = 'benefited') as benefited_days
  from (
    -- who joined and left on one day was no member at the end of any
    select person_id, 'member' as what, daterange(joined_on, left_on) as span from spell
    union all
    select person_id, 'joining', daterange(joined_on, joined_on + lapse_days()) from spell where joined_on > '-infinity'
    union all
    select person_id, kind, daterange(from_on, to_on) from present where kind in ('active', 'benefited')
  ) as span_of
  group by person_id
),
overlap as (
  select 'present_member' as stock, unnest(member_days * alive_days) as span from days_of
  union all
  select 'present_seen', unnest(active_days) from days_of
  union all
  select 'benefited_member', unnest(member_days * benefited_days) from days_of
  union all
  select 'benefited_present', unnest(active_days * benefited_days) from days_of
),
change as (
  select
    joined_on as day_on,
    (joined_on > '-infinity')::int as joined,
    is_rejoin::int as rejoined,
    0 as gone,
    0 as first_seen,
    1 as member,
    0 as last_active,
    null as stock,
    0 as step
  from spell
  union all
  select left_on, 0, 0, 1, 0, -1, 0, null, 0 from spell where left_on is not null
  union all
  select first_seen_on, 0, 0, 0, 1, 0, 0, null, 0 from seen
  union all
  select last_active_on, 0, 0, 0, 0, 0, 1, null, 0 from seen
  union all
  select lower(span), 0, 0, 0, 0, 0, 0, stock, 1 from overlap
  union all
  select upper(span), 0, 0, 0, 0, 0, 0, stock, -1 from overlap where not upper_inf(span)
),
summed as (
  select
    day_on,
    sum(joined)::int as joined_count,
    sum(rejoined)::int as rejoined_count,
    sum(gone)::int as left_count,
    sum(first_seen)::int as first_seen_count,
    sum(member)::int as member_change,
    sum(last_active)::int as last_active_count,
    coalesce(sum(step) filter (where stock = 'present_member'), 0)::int as present_member_change,
    coalesce(sum(step) filter (where stock = 'present_seen'), 0)::int as present_seen_change,
    coalesce(sum(step) filter (where stock = 'benefited_member'), 0)::int as benefited_member_change,
    coalesce(sum(step) filter (where stock = 'benefited_present'), 0)::int as benefited_present_change
  from change
  group by day_on
)
select *
from summed
where (joined_count, rejoined_count, left_count, first_seen_count, last_active_count, member_change, present_member_change,
       present_seen_change, benefited_member_change, benefited_present_change) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
