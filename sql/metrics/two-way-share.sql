-- two-way-share: Do those who are helped also help?
-- generated from server/metrics/reciprocity/two-way-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading help-exchange: one row a period: its help graph, counted
-- grain: one row a period with help or questions
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
answer as (
  select p.period_no, p.starts_at, p.known_by, c.person_id as helper_id, c.question_key
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.question_key is not null
    and c.person_id is not null
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, p.starts_at, p.known_by, c.person_id, c.question_key
),
-- leave out a helper who had answered the same question in an earlier period
first_answer as (
  select p.*
  from answer p
  where not exists (
    select from contribution c
    where c.community_id = $1
      and c.question_key = p.question_key
      and c.person_id = p.helper_id
      and c.occurred_at < p.starts_at
      and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  )
),
edge as (
  select p.period_no, p.helper_id, c.person_id as asker_id, count(*)::int as weight
  from first_answer p
  join contribution c
    on c.community_id = $1
    and c.event_key = p.question_key
    and c.person_id is not null
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  where c.person_id <> p.helper_id
  group by p.period_no, p.helper_id, c.person_id
),
asker as (
  select p.period_no, c.person_id
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.kind = 'question'
    and c.person_id is not null
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, c.person_id
),
tie as (
  select
    e.period_no,
    count(*)::int as edge_count,
    count(back.weight)::int as mutual_edge_count,
    sum(e.weight)::int as weight,
    coalesce(sum(least(e.weight, back.weight)) filter (where back.weight is not null), 0)::int as mutual_weight
  from edge e
  left join edge back
    on back.period_no = e.period_no
    and back.helper_id = e.asker_id
    and back.asker_id = e.helper_id
  group by e.period_no
),
participant as (
  select period_no, person_id, bool_or(has_given) as has_given, bool_or(has_received) as has_received, bool_or(has_asked) as has_asked
  from (
    select period_no, helper_id as person_id, true as has_given, false as has_received, false as has_asked from edge
    union all
    select period_no, asker_id, false, true, false from edge
    union all
    select period_no, person_id, false, false, true from asker
  ) as part
  group by period_no, person_id
),
people as (
  select
    period_no,
    count(*) filter (where has_given or has_received)::int as node_count,
    count(*) filter (where has_given and has_received)::int as two_way_count,
    count(*) filter (where has_asked)::int as asker_count,
    count(*) filter (where has_asked and has_given)::int as asker_helper_count,
    count(*) filter (where has_asked or has_given)::int as asker_or_helper_count
  from participant
  group by period_no
)
select
  p.period_no,
  p.node_count,
  coalesce(t.edge_count, 0) as edge_count,
  coalesce(t.mutual_edge_count, 0) as mutual_edge_count,
  coalesce(t.weight, 0) as weight,
  coalesce(t.mutual_weight, 0) as mutual_weight,
  p.two_way_count,
  p.asker_count,
  p.asker_helper_count,
  p.asker_or_helper_count
from people p
left join tie t on t.period_no = p.period_no
;
