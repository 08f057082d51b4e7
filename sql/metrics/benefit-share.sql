-- benefit-share: How many members get something out of it?
-- generated from server/metrics/benefit/benefit-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading benefit-stock: one row a period: members at its end, and how many of them had a benefit in the 90 days to it
-- grain: one row a period
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
stock as (
-- grain: one row a period
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
-- when each person was a member
spell as (
  select person_id, range_agg(tstzrange(joined_at, left_at)) as spans
  from membership_spell
  where community_id = $1
  group by person_id
),
-- days in a row without a lapse between them are one stretch: few spans to add up instead of one for each day. Where the
-- lapse is over just as the next day begins, two: on that day they are back only from their first activity on
active_day as (
  select
    day_on,
    person_id,
    first_at,
    lag(day_on) over in_order as before_on,
    lead(day_on) over in_order as after_on
  from activity_day
  where community_id = $1
  window in_order as (partition by person_id order by day_on)
),
stretch_edge as (
  select
    person_id,
    day_on,
    first_at,
    before_on is null or before_on + 90 <= day_on as is_begin,
    after_on is null or day_on + 90 <= after_on as is_end
  from active_day
  where before_on is null or after_on is null or before_on + 90 <= day_on or day_on + 90 <= after_on
),
stretch as (
  select
    person_id,
    is_begin,
    first_at,
    (case when is_end then day_on else lead(day_on) over (partition by person_id order by day_on) end) + 90 as to_on
  from stretch_edge
),
joining as (
  select person_id, joined_at, case
      when (joined_at at time zone $6::text)::time between '03:00' and '20:59' then (joined_at at time zone $6::text)::date
      when case
      when ((((joined_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((joined_at at time zone $6::text)::date + 1) then ((joined_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else ((joined_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= joined_at then (joined_at at time zone $6::text)::date + 1
      when case
      when ((((joined_at at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((joined_at at time zone $6::text)::date) then ((joined_at at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else ((joined_at at time zone $6::text)::date)::timestamp at time zone $6::text
    end > joined_at then (joined_at at time zone $6::text)::date - 1
      else (joined_at at time zone $6::text)::date
    end + 90 as to_on
  from membership_spell
  where community_id = $1 and joined_at > '-infinity'
),
alive as (
  select
    person_id,
    range_agg(span) as spans,
    range_agg(span) filter (where active_at is not null) as active_spans,
    min(active_at) as first_seen_at
  from (
    select person_id, first_at as active_at, tstzrange(first_at, case
      when (((to_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (to_on) then (to_on)::timestamp at time zone $6::text - interval '1 hour'
      else (to_on)::timestamp at time zone $6::text
    end) as span
    from stretch
    where is_begin
    union all
    select person_id, null, tstzrange(joined_at, case
      when (((to_on)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (to_on) then (to_on)::timestamp at time zone $6::text - interval '1 hour'
      else (to_on)::timestamp at time zone $6::text
    end)
    from joining
  ) as sign_of_life
  group by person_id
),
member_span as (
  select unnest(spans) as span from spell
),
present_member_span as (
  select unnest(spell.spans * alive.spans) as span
  from spell
  join alive on alive.person_id = spell.person_id
),
-- someone who joined and has done nothing yet has not been seen
present_span as (
  select unnest(active_spans) as span from alive where active_spans is not null
),
change as (
  select lower(span) as at, 1 as members, 0 as seen, 0 as present_members, 0 as present_seen from member_span
  union all
  select upper(span), -1, 0, 0, 0 from member_span where not upper_inf(span)
  union all
  select first_seen_at, 0, 1, 0, 0 from alive where first_seen_at is not null
  union all
  select lower(span), 0, 0, 1, 0 from present_member_span
  union all
  select upper(span), 0, 0, -1, 0 from present_member_span where not upper_inf(span)
  union all
  select lower(span), 0, 0, 0, 1 from present_span
  union all
  select upper(span), 0, 0, 0, -1 from present_span
),
edge_at as (
  select period_no, 'start' as side, least(starts_at, known_by) as at, known_by from period
  union all
  select period_no, 'end', least(ends_at, known_by), known_by from period
),
edge as (
  select
    period_no,
    side,
    at,
    case
      when ((at - interval '1 microsecond') at time zone $6::text)::time between '03:00' and '20:59' then ((at - interval '1 microsecond') at time zone $6::text)::date
      when case
      when (((((at - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((at - interval '1 microsecond') at time zone $6::text)::date + 1) then (((at - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else (((at - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= (at - interval '1 microsecond') then ((at - interval '1 microsecond') at time zone $6::text)::date + 1
      when case
      when (((((at - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((at - interval '1 microsecond') at time zone $6::text)::date) then (((at - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else (((at - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text
    end > (at - interval '1 microsecond') then ((at - interval '1 microsecond') at time zone $6::text)::date - 1
      else ((at - interval '1 microsecond') at time zone $6::text)::date
    end as last_on,
    case
      when ((known_by - interval '1 microsecond') at time zone $6::text)::time between '03:00' and '20:59' then ((known_by - interval '1 microsecond') at time zone $6::text)::date
      when case
      when (((((known_by - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((known_by - interval '1 microsecond') at time zone $6::text)::date + 1) then (((known_by - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else (((known_by - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= (known_by - interval '1 microsecond') then ((known_by - interval '1 microsecond') at time zone $6::text)::date + 1
      when case
      when (((((known_by - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((known_by - interval '1 microsecond') at time zone $6::text)::date) then (((known_by - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else (((known_by - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text
    end > (known_by - interval '1 microsecond') then ((known_by - interval '1 microsecond') at time zone $6::text)::date - 1
      else ((known_by - interval '1 microsecond') at time zone $6::text)::date
    end as known_on
  from edge_at
),
-- one pass over edges and changes in order of time: an edge sees every change before it, none at its own instant
swept as (
  select
    period_no,
    side,
    last_on,
    known_on,
    sum(members) over before_edge as members,
    sum(seen) over before_edge as seen,
    sum(present_members) over before_edge as present_members,
    sum(present_seen) over before_edge as present_seen
  from (
    select
      coalesce(at, '-infinity') as at, 1 as is_change, members, seen, present_members, present_seen,
      null::bigint as period_no, null::text as side, null::date as last_on, null::date as known_on
    from change
    union all
    select at, 0, 0, 0, 0, 0, period_no, side, last_on, known_on
    from edge
  ) as line
  window before_edge as (order by at, is_change rows between unbounded preceding and current row)
)
select
  period_no,
  coalesce(max(members) filter (where side = 'start'), 0)::int as members_at_start,
  coalesce(max(members) filter (where side = 'end'), 0)::int as members_at_end,
  coalesce(max(seen) filter (where side = 'start'), 0)::int as seen_at_start,
  coalesce(max(seen) filter (where side = 'end'), 0)::int as seen_at_end,
  coalesce(max(members - present_members) filter (where side = 'end'), 0)::int as lapsed_members,
  coalesce(max(seen - present_seen) filter (where side = 'end'), 0)::int as lapsed_seen,
  max(greatest(0, last_on + 90 - known_on)) filter (where side = 'end') as provisional_days
from swept
where period_no is not null
group by period_no
),
known as (
  select distinct known_by from period
),
removed_thread as (
  select distinct thread_key from contribution where community_id = $1 and removed_at is not null
),
fact as (
  -- helped: a question of theirs got its first answer by someone else
  select p.known_by, q.person_id, min(c.occurred_at) as at
  from known p
  join contribution q on q.community_id = $1 and q.kind = 'question' and q.person_id is not null and q.occurred_at < p.known_by
    and (q.removed_at is null or q.removed_at >= p.known_by)
    and not q.is_bot
    and not q.is_quarantined
  join contribution c on c.community_id = $1 and c.question_key = q.event_key and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.known_by, q.event_key, q.person_id
  union all
  -- observed: they read an answered thread in which they had not written
  select p.known_by, o.person_id, o.viewed_at
  from known p
  join observation o on o.community_id = $1 and o.viewed_at < p.known_by
    and (o.removed_at is null or o.removed_at >= p.known_by)
    and (
      o.thread_key not in (select thread_key from removed_thread)
      or (
        exists (
          select from contribution c
          where c.community_id = $1
            and c.thread_key = o.thread_key
            and c.occurred_at <= o.viewed_at
            and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
            and c.question_key in (
              select c.event_key from contribution c where c.community_id = $1 and c.thread_key = o.thread_key and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
            )
        )
        and not exists (
          select from contribution c
          where c.community_id = $1
            and c.thread_key = o.thread_key
            and c.person_id = o.person_id
            and c.occurred_at <= o.viewed_at
            and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
        )
      )
    )
  union all
  -- reused a practice of someone else
  select p.known_by, u.person_id, u.used_at
  from known p
  join practice_use u
    on u.community_id = $1
    and u.use = 'reused'
    and u.person_id is not null
    and u.used_at < p.known_by
    and (u.removed_at is null or u.removed_at >= p.known_by)
  join practice k
    on k.community_id = $1
    and k.practice_key = u.practice_key
    and (k.removed_at is null or k.removed_at >= p.known_by)
  union all
  -- confirmed: they reported value
  select p.known_by, v.person_id, v.reported_at
  from known p
  join value_report v
    on v.community_id = $1
    and v.reported_at < p.known_by
    and (v.removed_at is null or v.removed_at >= p.known_by)
  union all
  -- … or accepted an answer to a question of theirs; a moderator may accept too, who has not been helped
  select p.known_by, q.person_id, s.accepted_at
  from known p
  join acceptance s
    on s.community_id = $1
    and s.accepted_at < p.known_by
    and (s.unaccepted_at is null or s.unaccepted_at >= p.known_by)
  join contribution c on c.community_id = $1 and c.event_key = s.answer_key and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  join contribution q on q.community_id = $1 and q.event_key = s.question_key and q.occurred_at < p.known_by
    and (q.removed_at is null or q.removed_at >= p.known_by)
    and not q.is_bot
    and not q.is_quarantined
  where exists (
    select from event e
    join identity i on i.community_id = $1 and i.identity_key = e.identity_key
    where e.community_id = $1
      and e.target_key = s.answer_key
      and e.type = 'answer.accepted'
      and e.occurred_at = s.accepted_at
      and i.person_id = q.person_id
  )
),
benefited as (
  select known_by, person_id, range_agg(daterange(day_on, day_on + 90)) as days
  from (select distinct known_by, person_id, case
      when (at at time zone $6::text)::time between '03:00' and '20:59' then (at at time zone $6::text)::date
      when case
      when ((((at at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((at at time zone $6::text)::date + 1) then ((at at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else ((at at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= at then (at at time zone $6::text)::date + 1
      when case
      when ((((at at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((at at time zone $6::text)::date) then ((at at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else ((at at time zone $6::text)::date)::timestamp at time zone $6::text
    end > at then (at at time zone $6::text)::date - 1
      else (at at time zone $6::text)::date
    end as day_on from fact) as fact_day
  group by known_by, person_id
),
membered as (
  select b.known_by, b.person_id, range_agg(daterange(s.joined_on, case when s.left_at < b.known_by then s.left_on end)) as days
  from benefited b
  join membership_spell s on s.community_id = $1 and s.person_id = b.person_id and s.joined_at < b.known_by
  group by b.known_by, b.person_id
),
active as (
  select b.known_by, b.person_id, range_agg(daterange(a.day_on, a.day_on + 90)) as days
  from benefited b
  join activity_day a on a.community_id = $1 and a.person_id = b.person_id and a.first_at < b.known_by
  group by b.known_by, b.person_id
),
overlap as (
  select b.known_by, true as is_member, unnest(b.days * m.days) as span
  from benefited b
  join membered m on m.known_by = b.known_by and m.person_id = b.person_id
  union all
  select b.known_by, false, unnest(b.days * a.days)
  from benefited b
  join active a on a.known_by = b.known_by and a.person_id = b.person_id
),
change as (
  select known_by, is_member, lower(span) as day_on, 1 as step from overlap
  union all
  select known_by, is_member, upper(span), -1 from overlap where not upper_inf(span)
),
edge as (
  select period_no, known_by, case
      when ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::time between '03:00' and '20:59' then ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date
      when case
      when (((((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1) then (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= (least(ends_at, known_by) - interval '1 microsecond') then ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date + 1
      when case
      when (((((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date) then (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else (((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date)::timestamp at time zone $6::text
    end > (least(ends_at, known_by) - interval '1 microsecond') then ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date - 1
      else ((least(ends_at, known_by) - interval '1 microsecond') at time zone $6::text)::date
    end as last_on from period
),
summed as (
  select
    e.period_no,
    coalesce(sum(c.step) filter (where c.is_member), 0)::int as benefited_members,
    coalesce(sum(c.step) filter (where not c.is_member), 0)::int as benefited_present
  from edge e
  left join change c on c.known_by = e.known_by and c.day_on <= e.last_on
  group by e.period_no
)
select
  s.period_no,
  k.members_at_end,
  s.benefited_members,
  k.seen_at_end - k.lapsed_seen as present_at_end,
  s.benefited_present
from summed s
join stock k on k.period_no = s.period_no
;
