-- giant-component-share: Are the active people one group, held together by help?
-- generated from server/metrics/structure/giant-component-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading help-structure: one row a period: who was active in it, and who is tied to whom by help
-- grain: one row a period with anybody active
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
active as (
  select distinct p.period_no, c.person_id
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.person_id is not null
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
),
tie as (
  select distinct period_no, least(helper_id, asker_id) as one_id, greatest(helper_id, asker_id) as other_id
  from edge
),
numbered as (
  select person_id, (row_number() over (order by person_id) - 1)::int as person_no
  from person
  where community_id = $1
),
graph as (
  select t.period_no, array_agg(a.person_no) as tie_from, array_agg(b.person_no) as tie_to
  from tie t
  join numbered a on a.person_id = t.one_id
  join numbered b on b.person_id = t.other_id
  group by t.period_no
),
node as (
  select period_no, person_id
  from (
    select period_no, person_id from active
    union all
    select period_no, one_id from tie
    union all
    select period_no, other_id from tie
  ) as someone
  group by period_no, person_id
),
size as (
  select period_no, count(*)::int as node_count
  from node
  group by period_no
)
select
  s.period_no,
  s.node_count,
  coalesce(g.tie_from, '{}') as tie_from,
  coalesce(g.tie_to, '{}') as tie_to
from size s
left join graph g on g.period_no = s.period_no
;
