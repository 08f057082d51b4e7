-- newcomer-activation-share: Do people who join write something soon?
-- generated from server/metrics/newcomers/newcomer-activation-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading newcomer-starts: one row a period: its joiners and those who first wrote in it, and what they did next
-- grain: one row a period in which somebody joined, or wrote for the first time
with local_period as (
  select
    span.period_no,
    span.from_on,
    span.to_on,
    span.is_as_known_then,
    case
      when (((span.from_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (span.from_on) then (span.from_on)::timestamp at time zone $6::text - interval '1 hour'
      else (span.from_on)::timestamp at time zone $6::text
    end as starts_at,
    case
      when (((span.to_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (span.to_on) then (span.to_on)::timestamp at time zone $6::text - interval '1 hour'
      else (span.to_on)::timestamp at time zone $6::text
    end as ends_at
  from unnest($2::date[], $3::date[], $4::boolean[]) with ordinality
    as span (from_on, to_on, is_as_known_then, period_no)
),
period as (
  select
    period_no,
    from_on,
    to_on,
    starts_at,
    ends_at,
    case when is_as_known_then then least($5::timestamptz, ends_at) else $5::timestamptz end as known_by
  from local_period
),
earliest as (
  select min(day_on) as day_on, min(first_at) as first_at
  from activity_day
  where community_id = $1
),
known as (
  select p.*, case
      when (p.known_by at time zone $6::text)::time between '03:00' and '20:59' then (p.known_by at time zone $6::text)::date
      when case
      when ((((p.known_by at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((p.known_by at time zone $6::text)::date + 1) then ((p.known_by at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else ((p.known_by at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= p.known_by then (p.known_by at time zone $6::text)::date + 1
      when case
      when ((((p.known_by at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((p.known_by at time zone $6::text)::date) then ((p.known_by at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else ((p.known_by at time zone $6::text)::date)::timestamp at time zone $6::text
    end > p.known_by then (p.known_by at time zone $6::text)::date - 1
      else (p.known_by at time zone $6::text)::date
    end - 1 as whole_on, case when a.first_at < p.known_by then a.day_on end as begins_on
  from period p
  cross join earliest a
),
joined as (
  select p.period_no, s.joined_on, wrote.first_on
  from known p
  join membership_spell s
    on s.community_id = $1 and s.joined_on >= p.from_on and s.joined_on < p.to_on and s.joined_at < p.known_by
  cross join lateral (
    select case
      when (min(c.occurred_at) at time zone $6::text)::time between '03:00' and '20:59' then (min(c.occurred_at) at time zone $6::text)::date
      when case
      when ((((min(c.occurred_at) at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((min(c.occurred_at) at time zone $6::text)::date + 1) then ((min(c.occurred_at) at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else ((min(c.occurred_at) at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= min(c.occurred_at) then (min(c.occurred_at) at time zone $6::text)::date + 1
      when case
      when ((((min(c.occurred_at) at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((min(c.occurred_at) at time zone $6::text)::date) then ((min(c.occurred_at) at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else ((min(c.occurred_at) at time zone $6::text)::date)::timestamp at time zone $6::text
    end > min(c.occurred_at) then (min(c.occurred_at) at time zone $6::text)::date - 1
      else (min(c.occurred_at) at time zone $6::text)::date
    end as first_on
    from contribution c
    where c.community_id = $1 and c.person_id = s.person_id and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  ) wrote
  where not exists (
    select from membership_spell e where e.community_id = $1 and e.person_id = s.person_id and e.joined_at < s.joined_at
  )
),
wrote_in as (
  select distinct p.period_no, p.starts_at, p.known_by, c.person_id
  from known p
  join contribution c
    on c.community_id = $1 and c.occurred_at >= p.starts_at and c.occurred_at < p.ends_at and c.person_id is not null and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
),
began as (
  select
    p.period_no,
    case
      when (wrote.times[1] at time zone $6::text)::time between '03:00' and '20:59' then (wrote.times[1] at time zone $6::text)::date
      when case
      when ((((wrote.times[1] at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((wrote.times[1] at time zone $6::text)::date + 1) then ((wrote.times[1] at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else ((wrote.times[1] at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= wrote.times[1] then (wrote.times[1] at time zone $6::text)::date + 1
      when case
      when ((((wrote.times[1] at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((wrote.times[1] at time zone $6::text)::date) then ((wrote.times[1] at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else ((wrote.times[1] at time zone $6::text)::date)::timestamp at time zone $6::text
    end > wrote.times[1] then (wrote.times[1] at time zone $6::text)::date - 1
      else (wrote.times[1] at time zone $6::text)::date
    end as first_on,
    case
      when (wrote.times[2] at time zone $6::text)::time between '03:00' and '20:59' then (wrote.times[2] at time zone $6::text)::date
      when case
      when ((((wrote.times[2] at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((wrote.times[2] at time zone $6::text)::date + 1) then ((wrote.times[2] at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else ((wrote.times[2] at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= wrote.times[2] then (wrote.times[2] at time zone $6::text)::date + 1
      when case
      when ((((wrote.times[2] at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((wrote.times[2] at time zone $6::text)::date) then ((wrote.times[2] at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else ((wrote.times[2] at time zone $6::text)::date)::timestamp at time zone $6::text
    end > wrote.times[2] then (wrote.times[2] at time zone $6::text)::date - 1
      else (wrote.times[2] at time zone $6::text)::date
    end as second_on
  from wrote_in p
  cross join lateral (
    select array_agg(occurred_at order by occurred_at) as times
    from (
      select c.occurred_at
      from contribution c
      where c.community_id = $1 and c.person_id = p.person_id and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
      order by c.occurred_at
      limit 2
    ) as first_two
  ) wrote
  where wrote.times[1] >= p.starts_at
),
joined_aged as (
  select
    j.period_no,
    coalesce(j.first_on < j.joined_on, false) as is_experienced,
    coalesce(j.joined_on < k.begins_on, false) as is_predating,
    k.whole_on - j.joined_on - 30 as days_since_ripe,
    coalesce(j.first_on <= j.joined_on + 30, false) as is_active
  from joined j
  join known k on k.period_no = j.period_no
),
began_aged as (
  select
    b.period_no,
    k.whole_on - b.first_on - 30 as days_since_ripe,
    coalesce(b.second_on <= b.first_on + 30, false) as is_again
  from began b
  join known k on k.period_no = b.period_no
),
of_joined as (
  select
    period_no,
    count(*)::int as joined_count,
    count(*) filter (where is_experienced)::int as experienced_count,
    count(*) filter (where is_predating and not is_experienced)::int as predating_count,
    count(*) filter (where is_new and days_since_ripe >= 0)::int as ripe_joined_count,
    count(*) filter (where is_new and days_since_ripe >= 0 and is_active)::int as ripe_joined_active_count,
    min(-days_since_ripe) filter (where is_new and days_since_ripe < 0) as days_until_ripe
  from (select *, not is_experienced and not is_predating as is_new from joined_aged) as either
  group by period_no
),
of_began as (
  select
    period_no,
    count(*)::int as first_count,
    count(*) filter (where days_since_ripe >= 0)::int as ripe_first_count,
    count(*) filter (where days_since_ripe >= 0 and is_again)::int as ripe_first_again_count,
    min(-days_since_ripe) filter (where days_since_ripe < 0) as days_until_ripe
  from began_aged
  group by period_no
)
select
  period_no,
  coalesce(j.joined_count, 0) as joined_count,
  coalesce(j.experienced_count, 0) as experienced_count,
  coalesce(j.predating_count, 0) as predating_count,
  coalesce(j.ripe_joined_count, 0) as ripe_joined_count,
  coalesce(j.ripe_joined_active_count, 0) as ripe_joined_active_count,
  coalesce(b.first_count, 0) as first_count,
  coalesce(b.ripe_first_count, 0) as ripe_first_count,
  coalesce(b.ripe_first_again_count, 0) as ripe_first_again_count,
  least(j.days_until_ripe, b.days_until_ripe) as days_until_ripe
from of_joined j
full join of_began b using (period_no)
;
