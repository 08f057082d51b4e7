-- observers-share: How many members read what others were answered?
-- generated from server/metrics/observing/observers-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading observing: one row a period: people who read answered threads they had not written in, and the members at its end
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
removed_thread as (
  select distinct thread_key from contribution where community_id = $1 and removed_at is not null
),
observed as (
  select distinct p.period_no, o.person_id
  from period p
  join observation o
    on o.community_id = $1
    and o.day_on >= p.from_on
    and o.day_on < p.to_on
    and o.viewed_at < p.known_by
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
),
member_observer as (
  select o.period_no, count(*)::int as observer_count, count(*) filter (where exists (
    select from membership_spell s
    where s.community_id = $1
      and s.person_id = o.person_id
      and s.joined_at < least(p.ends_at, p.known_by)
      and (s.left_at is null or s.left_at >= least(p.ends_at, p.known_by))
  ))::int as member_observer_count
  from observed o
  join period p on p.period_no = o.period_no
  group by o.period_no
),
first_seen as (
  select person_id, min(first_at) as first_at from activity_day where community_id = $1 group by person_id
)
select
  p.period_no,
  coalesce(m.observer_count, 0) as observer_count,
  coalesce(m.member_observer_count, 0) as member_observer_count,
  (
    select count(distinct s.person_id)
    from membership_spell s
    where s.community_id = $1
      and s.joined_at < least(p.ends_at, p.known_by)
      and (s.left_at is null or s.left_at >= least(p.ends_at, p.known_by))
  )::int as members_at_end,
  (select count(*) from first_seen f where f.first_at < least(p.ends_at, p.known_by))::int as seen_at_end
from period p
left join member_observer m on m.period_no = p.period_no
;
