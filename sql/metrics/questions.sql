-- questions: How often do people ask?
-- generated from server/metrics/helping/questions.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading episodes: one row a period: the questions asked in it and what became of them
-- grain: one row a period with questions
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
question as (
  select p.period_no, p.known_by, c.event_key, c.occurred_at as asked_at, c.is_answered_elsewhere as is_elsewhere
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'question'
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
),
first_answer as (
  select p.period_no, p.event_key, min(c.occurred_at) as answered_at
  from question p
  join contribution c
    on c.community_id = $1
    and c.question_key = p.event_key
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, p.event_key
),
accepted as (
  select distinct p.period_no, p.event_key
  from question p
  join acceptance s
    on s.community_id = $1
    and s.question_key = p.event_key
    and s.accepted_at < p.known_by
    and (s.unaccepted_at is null or s.unaccepted_at >= p.known_by)
  join contribution c
    on c.community_id = $1
    and c.event_key = s.answer_key
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
),
episode as (
  select
    q.period_no,
    q.is_elsewhere,
    -- hours: an interval of days is as long as the time zone of the session makes it
    not q.is_elsewhere and q.asked_at <= q.known_by - interval '168 hours' as is_ripe,
    extract(epoch from a.answered_at - q.asked_at)::float8 as answer_seconds,
    extract(epoch from q.known_by - q.asked_at)::float8 as waiting_seconds,
    accepted.event_key is not null as is_accepted
  from question q
  left join first_answer a on a.period_no = q.period_no and a.event_key = q.event_key
  left join accepted on accepted.period_no = q.period_no and accepted.event_key = q.event_key
)
select
  period_no,
  count(*)::int as question_count,
  count(*) filter (where is_elsewhere)::int as elsewhere_count,
  count(*) filter (where is_ripe)::int as ripe_count,
  count(*) filter (where is_ripe and answer_seconds <= 7 * 86400)::int as ripe_answered_count,
  count(*) filter (where is_ripe and is_accepted)::int as ripe_accepted_count,
  array_to_json(coalesce(array_agg(answer_seconds order by answer_seconds) filter (where answer_seconds is not null and not is_elsewhere), '{}')) as answer_seconds,
  array_to_json(coalesce(array_agg(waiting_seconds order by waiting_seconds) filter (where answer_seconds is null and not is_elsewhere), '{}')) as waiting_seconds,
  max(waiting_seconds) filter (where not is_ripe and not is_elsewhere) as oldest_unripe_seconds
from episode
group by period_no
;
