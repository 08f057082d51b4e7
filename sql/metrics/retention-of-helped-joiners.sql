-- retention-of-helped-joiners: Do joiners who get an answer early on stay?
-- generated from server/metrics/retention/retention-of-helped-joiners.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading helped-joiners: one row a calendar month: those who began in the 12 months up to its end and were there after 30 days, helped or not, and when they were gone
-- grain: one row a calendar month in whose 12 months somebody began
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
month as (
  select
    p.period_no,
    (p.to_on - interval '12 months')::date as since_on,
    p.to_on,
    p.known_by,
    case
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
    end - 1 as whole_on,
    extract(epoch from case
      when (((case
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
    end + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = (case
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
    end + 1) then (case
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
    end + 1)::timestamp at time zone $6::text - interval '1 hour'
      else (case
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
    end + 1)::timestamp at time zone $6::text
    end - p.known_by)::float8 as until_next_day,
    case when a.first_at < p.known_by then a.day_on end as begins_on,
    exists (
      select from membership_spell s where s.community_id = $1 and s.joined_at > '-infinity' and s.joined_at < p.known_by
    ) as is_join_known
  from period p
  cross join earliest a
  where extract(day from p.from_on) = 1 and p.to_on = (p.from_on + interval '1 month')::date
),
started as (
  -- the first spell of a person, unless they had been a member since before the data
  select m.*, s.person_id, s.joined_on as started_on
  from month m
  join membership_spell s
    on s.community_id = $1 and s.joined_on >= m.since_on and s.joined_on < m.to_on and s.joined_at < m.known_by
  where not exists (
    select from membership_spell e where e.community_id = $1 and e.person_id = s.person_id and e.joined_at < s.joined_at
  )
  union all
  select m.*, a.person_id, a.day_on
  from month m
  join activity_day a
    on a.community_id = $1 and a.day_on >= m.since_on and a.day_on < m.to_on and a.first_at < m.known_by
  where not m.is_join_known
    and not exists (
      select from activity_day e where e.community_id = $1 and e.person_id = a.person_id and e.day_on < a.day_on
    )
),
starter as (
  select s.*, spell.left_on, greatest(s.started_on, spell.joined_on, active.day_on) as sign_on,
    exists (
      select
      from contribution q
      join contribution c on c.community_id = $1 and c.question_key = q.event_key and c.occurred_at < s.known_by
    and (c.removed_at is null or c.removed_at >= s.known_by)
    and not c.is_bot
    and not c.is_quarantined
      where q.community_id = $1
        and q.person_id = s.person_id
        and q.kind = 'question'
        and q.occurred_at < s.known_by
    and (q.removed_at is null or q.removed_at >= s.known_by)
    and not q.is_bot
    and not q.is_quarantined
        and case
      when (c.occurred_at at time zone $6::text)::time between '03:00' and '20:59' then (c.occurred_at at time zone $6::text)::date
      when case
      when ((((c.occurred_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((c.occurred_at at time zone $6::text)::date + 1) then ((c.occurred_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text - interval '1 hour'
      else ((c.occurred_at at time zone $6::text)::date + 1)::timestamp at time zone $6::text
    end <= c.occurred_at then (c.occurred_at at time zone $6::text)::date + 1
      when case
      when ((((c.occurred_at at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = ((c.occurred_at at time zone $6::text)::date) then ((c.occurred_at at time zone $6::text)::date)::timestamp at time zone $6::text - interval '1 hour'
      else ((c.occurred_at at time zone $6::text)::date)::timestamp at time zone $6::text
    end > c.occurred_at then (c.occurred_at at time zone $6::text)::date - 1
      else (c.occurred_at at time zone $6::text)::date
    end <= s.started_on + 30
    ) as is_helped
  from started s
  left join lateral (
    select l.joined_on, case when l.left_at < s.known_by then l.left_on end as left_on
    from membership_spell l
    where l.community_id = $1 and l.person_id = s.person_id and l.joined_at < s.known_by
      -- somebody since before the data is known to have been a member only from leaving on
      and (l.joined_at > '-infinity' or l.left_at < s.known_by)
    order by l.joined_at desc
    limit 1
  ) spell on true
  left join lateral (
    select max(a.day_on) as day_on
    from activity_day a
    where a.community_id = $1 and a.person_id = s.person_id and a.first_at < s.known_by
  ) active on true
),
outcome as materialized (
  select
    s.*,
    s.whole_on - case when s.begins_on is null then 0 else 90 end as followed_on,
    case
      -- who is known by being seen may have left before that
      when left_on >= started_on and (begins_on is null or sign_on >= left_on - 90) then left_on
      when begins_on is not null and (left_on >= started_on or sign_on <= whole_on - 90) then sign_on
    end as gone_on
  from starter s
),
-- once: what uses it would else work each expression out again wherever it stands
aged as materialized (
  select
    o.*,
    least(gone_on, followed_on) - started_on as exit_day,
    coalesce(gone_on <= followed_on, false) as is_gone,
    followed_on < started_on as is_too_young,
    case when begins_on > started_on then begins_on - started_on end as entry_day
  from outcome o
),
judged as (
  select
    period_no as part,
    is_helped,
    entry_day is not null as is_predating,
    coalesce(entry_day is null and not is_gone and exit_day < 30, false) as is_too_young,
    entry_day is null and is_gone and exit_day <= 30 as is_gone_before,
    is_gone and exit_day <= 180 as is_gone,
    least(greatest(exit_day, case when to_on > followed_on - 179 then 0 else 180 end), 181) as day
  from aged
),
counted as materialized (
  select
    part,
    case
      when is_predating then 'predating'
      when is_too_young then 'too young'
      when is_gone_before then 'gone before'
      when is_helped then 'helped'
      else 'unhelped'
    end as what,
    case when not is_predating and not is_too_young and not is_gone_before then day end as day,
    count(*) filter (where is_gone) as gone,
    count(*) filter (where not is_gone) as followed,
    count(*) as people
  from judged
  group by 1, 2, 3
),
rolled as (
  select part as period_no, what, day, gone, followed, people from counted
)
select
  r.period_no,
  coalesce(sum(r.people) filter (where r.what in ('gone before', 'helped', 'unhelped')), 0)::int as landmark_count,
  coalesce(sum(r.people) filter (where r.what = 'gone before'), 0)::int as gone_before_count,
  coalesce(sum(r.people) filter (where r.what = 'too young'), 0)::int as too_young_count,
  coalesce(sum(r.people) filter (where r.what = 'predating'), 0)::int as predating_count,
  (not m.is_join_known)::int as is_first_seen,
  (m.begins_on is not null)::int as is_lapse_known,
  m.until_next_day,
  coalesce(array_agg(r.day order by r.day) filter (where r.what = 'helped'), '{}') as helped_exit_days,
  coalesce(array_agg(r.gone::int order by r.day) filter (where r.what = 'helped'), '{}') as helped_gone_counts,
  coalesce(array_agg(r.followed::int order by r.day) filter (where r.what = 'helped'), '{}') as helped_followed_counts,
  coalesce(array_agg(r.day order by r.day) filter (where r.what = 'unhelped'), '{}') as unhelped_exit_days,
  coalesce(array_agg(r.gone::int order by r.day) filter (where r.what = 'unhelped'), '{}') as unhelped_gone_counts,
  coalesce(array_agg(r.followed::int order by r.day) filter (where r.what = 'unhelped'), '{}') as unhelped_followed_counts
from rolled r
join month m on m.period_no = r.period_no
group by r.period_no, m.is_join_known, m.begins_on, m.until_next_day
;
