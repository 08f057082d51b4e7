-- topic-quadrant: Where is much asked and little answered?
-- generated from server/metrics/helping/topic-quadrant.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading topics: one row a period: the questions asked in it by the channel they were asked in, and who answered them
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
  select p.period_no, p.known_by, c.event_key as question_key, c.channel
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
answer as (
  select p.period_no, p.channel, p.question_key, c.person_id
  from question p
  join contribution c on c.community_id = $1 and c.question_key = p.question_key and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  where p.channel is not null
),
answered as (
  select
    period_no,
    channel,
    count(distinct question_key)::int as answered,
    count(*)::int as answers,
    (count(distinct person_id) + max((person_id is null)::int))::int as helpers
  from answer
  group by period_no, channel
),
asked as (
  select period_no, channel, count(*)::int as questions from question where channel is not null group by period_no, channel
),
topic as (
  select q.*, coalesce(a.answered, 0) as answered, coalesce(a.answers, 0) as answers, coalesce(a.helpers, 0) as helpers
  from asked q
  left join answered a on a.period_no = q.period_no and a.channel = q.channel
)
select
  q.period_no,
  q.question_count,
  coalesce(t.questions_by_topic, '[]') as questions_by_topic,
  coalesce(t.answered_by_topic, '[]') as answered_by_topic,
  coalesce(t.answers_by_topic, '[]') as answers_by_topic,
  coalesce(t.helpers_by_topic, '[]') as helpers_by_topic
from (select period_no, count(*)::int as question_count from question group by period_no) as q
left join (
  select
    period_no,
    json_agg(questions order by channel collate "C") as questions_by_topic,
    json_agg(answered order by channel collate "C") as answered_by_topic,
    json_agg(answers order by channel collate "C") as answers_by_topic,
    json_agg(helpers order by channel collate "C") as helpers_by_topic
  from topic
  group by period_no
) as t on t.period_no = q.period_no
;
