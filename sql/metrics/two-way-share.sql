-- two-way-share: Do those who are helped also help?
-- generated from server/metrics/reciprocity/two-way-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading help-graph: one row a period: the edges of help given in it, and who asked in it
-- grain: one row a period
with local_period as (
  select
    span.period_no,
    span.from_on,
    span.to_on,
    span.is_as_known_then,
    case
      when ((span.from_on::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = span.from_on then span.from_on::timestamp at time zone $6::text - interval '1 hour'
      else span.from_on::timestamp at time zone $6::text
    end as starts_at,
    case
      when ((span.to_on::timestamp at time zone $6::text - interval '1 hour') at time zone $6::text)::date = span.to_on then span.to_on::timestamp at time zone $6::text - interval '1 hour'
      else span.to_on::timestamp at time zone $6::text
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
  select p.period_no, array_agg(distinct c.person_id order by c.person_id) as people
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
  group by p.period_no
),
graph as (
  select
    period_no,
    array_agg(helper_id order by helper_id, asker_id) as helper_ids,
    array_agg(asker_id order by helper_id, asker_id) as asker_ids,
    array_agg(weight order by helper_id, asker_id) as weights
  from edge
  group by period_no
)
select
  p.period_no,
  coalesce(g.helper_ids, '{}') as helper_ids,
  coalesce(g.asker_ids, '{}') as asker_ids,
  coalesce(g.weights, '{}') as weights,
  coalesce(a.people, '{}') as people_who_asked
from period p
left join graph g on g.period_no = p.period_no
left join asker a on a.period_no = p.period_no
where g.period_no is not null or a.period_no is not null
;
