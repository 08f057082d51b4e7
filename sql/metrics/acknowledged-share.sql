-- acknowledged-share: When someone is helped, do they say thanks?
-- generated from server/metrics/helping/acknowledged-share.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading acknowledgements: one row a period: the questions asked in it, and those whose asker thanked for an answer
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
asked as (
  select p.period_no, p.known_by, c.event_key, c.occurred_at as asked_at, c.word_count, c.is_answered_elsewhere as is_elsewhere
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
thanked as (
  select p.period_no, p.event_key, max(c.occurred_at) as last_thanked_at
  from asked p
  join contribution c
    on c.community_id = $1
    and c.acknowledges_key = p.event_key
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, p.event_key
),
question as (
  select
    p.*,
    -- thanks before anybody answered thank for nothing yet
    t.last_thanked_at is not null
      and exists (
        select from contribution c
        where c.community_id = $1
          and c.question_key = p.event_key
          and c.occurred_at < t.last_thanked_at
          and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
      ) as is_acknowledged
  from asked p
  left join thanked t on t.period_no = p.period_no and t.event_key = p.event_key
)
select
  q.period_no,
  count(*)::int as question_count,
  count(*) filter (where q.is_elsewhere)::int as elsewhere_count,
  count(*) filter (where q.word_count > 0)::int as worded_count,
  count(*) filter (where not q.is_elsewhere and q.asked_at <= q.known_by - interval '168 hours')::int as ripe_count,
  count(*) filter (where not q.is_elsewhere and q.asked_at <= q.known_by - interval '168 hours' and q.is_acknowledged)::int as ripe_acknowledged_count,
  (extract(epoch from max(q.known_by - q.asked_at) filter (where not (not q.is_elsewhere and q.asked_at <= q.known_by - interval '168 hours') and not q.is_elsewhere)))::float8 as oldest_unripe_seconds
from question q
group by q.period_no
;
