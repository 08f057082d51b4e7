-- time-to-first-answer-without-top: How long would those who ask wait if the busiest helpers were gone?
-- generated from server/metrics/helping/time-to-first-answer-without-top.ts by npm run render; do not edit
-- $1 community_id uuid · $2 from_on date[] · $3 to_on date[] (exclusive) · $4 is_as_known_then boolean[] · $5 known_by timestamptz · $6 time zone
-- reading without-top-helpers: one row a period: its helping without the contributions of the 1, 2 and 3 people who answered most in it
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
answerer as (
  select p.period_no, c.person_id, count(*) as answers
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.is_answer
    and c.person_id is not null
    and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, c.person_id
),
ranked as (
  select period_no, person_id, row_number() over (partition by period_no order by answers desc, person_id) as top_rank
  from answerer
),
top as materialized (
  select
    p.*,
    coalesce(r.helper_count, 0) as helper_count,
    coalesce(r.top_ids, '{}') as top_ids
  from period p
  left join (
    select
      period_no,
      count(*)::int as helper_count,
      array_agg(person_id order by top_rank) filter (where top_rank <= 3) as top_ids
    from ranked
    group by period_no
  ) as r on r.period_no = p.period_no
),
question as (
  select p.period_no, p.known_by, p.top_ids, c.event_key, c.occurred_at as asked_at, coalesce(array_position(p.top_ids, c.person_id), 9) as asker_rank,
    c.is_answered_elsewhere as is_elsewhere
  from top p
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
answered as (
  select
    p.period_no,
    p.event_key,
    min(c.occurred_at) filter (where coalesce(array_position(p.top_ids, c.person_id), 9) > 1) as at_1,
    min(c.occurred_at) filter (where coalesce(array_position(p.top_ids, c.person_id), 9) > 2) as at_2,
    min(c.occurred_at) filter (where coalesce(array_position(p.top_ids, c.person_id), 9) > 3) as at_3
  from question p
  join contribution c on c.community_id = $1 and c.question_key = p.event_key and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, p.event_key
),
accepted as (
  select p.period_no, p.event_key, max(coalesce(array_position(p.top_ids, c.person_id), 9)) as accepted_rank
  from question p
  join acceptance s
    on s.community_id = $1
    and s.question_key = p.event_key
    and s.accepted_at < p.known_by
    and (s.unaccepted_at is null or s.unaccepted_at >= p.known_by)
  join contribution c on c.community_id = $1 and c.event_key = s.answer_key and c.occurred_at < p.known_by
    and (c.removed_at is null or c.removed_at >= p.known_by)
    and not c.is_bot
    and not c.is_quarantined
  group by p.period_no, p.event_key
),
episode as (
  select
    q.period_no,
    q.known_by,
    q.asked_at,
    q.asker_rank,
    q.is_elsewhere,
    coalesce(s.accepted_rank, 0) as accepted_rank,
    a.at_1,
    a.at_2,
    a.at_3
  from question q
  left join answered a on a.period_no = q.period_no and a.event_key = q.event_key
  left join accepted s on s.period_no = q.period_no and s.event_key = q.event_key
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
ranked_edge as (
  select e.*, coalesce(array_position(p.top_ids, e.helper_id), 9) as helper_rank, coalesce(array_position(p.top_ids, e.asker_id), 9) as asker_rank
  from top p
  join edge e on e.period_no = p.period_no
),
-- held, or each of the many sums below works the seconds out again
timed as materialized (
  select
    period_no,
    -- answered elsewhere is neither answered nor not: out of everything, whoever asked
    case when is_elsewhere then 0 else asker_rank end as asker_rank,
    case when is_elsewhere then asker_rank else 0 end as elsewhere_rank,
    accepted_rank,
    asked_at <= known_by - interval '168 hours' as is_ripe,
    asker_rank = 9 and not is_elsewhere and at_1 is not distinct from at_3 as is_same,
    extract(epoch from known_by - asked_at)::float8 as waiting,
    extract(epoch from at_1 - asked_at)::float8 as seconds_1,
    extract(epoch from at_2 - asked_at)::float8 as seconds_2,
    extract(epoch from at_3 - asked_at)::float8 as seconds_3
  from episode
),
helped as (
  select
    period_no,
    count(*) filter (where asker_rank > 1)::int as question_count_1,
    count(*) filter (where asker_rank > 2)::int as question_count_2,
    count(*) filter (where asker_rank > 3)::int as question_count_3,
    count(*) filter (where elsewhere_rank > 1)::int as elsewhere_count_1,
    count(*) filter (where elsewhere_rank > 2)::int as elsewhere_count_2,
    count(*) filter (where elsewhere_rank > 3)::int as elsewhere_count_3,
    count(*) filter (where asker_rank > 1 and is_ripe)::int as ripe_count_1,
    count(*) filter (where asker_rank > 2 and is_ripe)::int as ripe_count_2,
    count(*) filter (where asker_rank > 3 and is_ripe)::int as ripe_count_3,
    count(*) filter (where asker_rank > 1 and is_ripe and seconds_1 <= 7 * 86400)::int as ripe_answered_count_1,
    count(*) filter (where asker_rank > 2 and is_ripe and seconds_2 <= 7 * 86400)::int as ripe_answered_count_2,
    count(*) filter (where asker_rank > 3 and is_ripe and seconds_3 <= 7 * 86400)::int as ripe_answered_count_3,
    count(*) filter (where asker_rank > 1 and is_ripe and accepted_rank > 1)::int as ripe_accepted_count_1,
    count(*) filter (where asker_rank > 2 and is_ripe and accepted_rank > 2)::int as ripe_accepted_count_2,
    count(*) filter (where asker_rank > 3 and is_ripe and accepted_rank > 3)::int as ripe_accepted_count_3,
    coalesce(json_agg(seconds_1) filter (where is_same and seconds_1 is not null), '[]') as answer_seconds,
    coalesce(json_agg(waiting) filter (where is_same and seconds_1 is null), '[]') as waiting_seconds,
    coalesce(json_agg(seconds_1) filter (where asker_rank > 1 and not is_same and seconds_1 is not null), '[]') as answer_seconds_1,
    coalesce(json_agg(seconds_2) filter (where asker_rank > 2 and not is_same and seconds_2 is not null), '[]') as answer_seconds_2,
    coalesce(json_agg(seconds_3) filter (where asker_rank > 3 and not is_same and seconds_3 is not null), '[]') as answer_seconds_3,
    coalesce(json_agg(waiting) filter (where asker_rank > 1 and not is_same and seconds_1 is null), '[]') as waiting_seconds_1,
    coalesce(json_agg(waiting) filter (where asker_rank > 2 and not is_same and seconds_2 is null), '[]') as waiting_seconds_2,
    coalesce(json_agg(waiting) filter (where asker_rank > 3 and not is_same and seconds_3 is null), '[]') as waiting_seconds_3
    ,max(waiting) filter (where not is_ripe and asker_rank > 0) as oldest_unripe_seconds
  from timed
  group by period_no
),
-- whoever gave only to people left out, or received only from them, is left with nothing
participant as (
  select
    period_no,
    person_rank,
    coalesce(max(partner_rank) filter (where is_giving), 0) as gave_rank,
    coalesce(max(partner_rank) filter (where not is_giving), 0) as received_rank
  from (
    select period_no, helper_id as person_id, helper_rank as person_rank, asker_rank as partner_rank, true as is_giving from ranked_edge
    union all
    select period_no, asker_id, asker_rank, helper_rank, false from ranked_edge
  ) as side
  group by period_no, person_id, person_rank
),
graph as (
  select
    period_no,
    count(*) filter (where person_rank > 1 and greatest(gave_rank, received_rank) > 1)::int as participant_count_1,
    count(*) filter (where person_rank > 2 and greatest(gave_rank, received_rank) > 2)::int as participant_count_2,
    count(*) filter (where person_rank > 3 and greatest(gave_rank, received_rank) > 3)::int as participant_count_3,
    count(*) filter (where person_rank > 1 and least(gave_rank, received_rank) > 1)::int as two_way_count_1,
    count(*) filter (where person_rank > 2 and least(gave_rank, received_rank) > 2)::int as two_way_count_2,
    count(*) filter (where person_rank > 3 and least(gave_rank, received_rank) > 3)::int as two_way_count_3
  from participant
  group by period_no
)
select
  p.period_no,
  p.helper_count,
  h.oldest_unripe_seconds,
  coalesce(h.question_count_1, 0) as question_count_1,
    coalesce(h.question_count_2, 0) as question_count_2,
    coalesce(h.question_count_3, 0) as question_count_3,
    coalesce(h.elsewhere_count_1, 0) as elsewhere_count_1,
    coalesce(h.elsewhere_count_2, 0) as elsewhere_count_2,
    coalesce(h.elsewhere_count_3, 0) as elsewhere_count_3,
    coalesce(h.ripe_count_1, 0) as ripe_count_1,
    coalesce(h.ripe_count_2, 0) as ripe_count_2,
    coalesce(h.ripe_count_3, 0) as ripe_count_3,
    coalesce(h.ripe_answered_count_1, 0) as ripe_answered_count_1,
    coalesce(h.ripe_answered_count_2, 0) as ripe_answered_count_2,
    coalesce(h.ripe_answered_count_3, 0) as ripe_answered_count_3,
    coalesce(h.ripe_accepted_count_1, 0) as ripe_accepted_count_1,
    coalesce(h.ripe_accepted_count_2, 0) as ripe_accepted_count_2,
    coalesce(h.ripe_accepted_count_3, 0) as ripe_accepted_count_3,
  coalesce(h.answer_seconds, '[]') as answer_seconds,
  coalesce(h.waiting_seconds, '[]') as waiting_seconds,
  coalesce(h.answer_seconds_1, '[]') as answer_seconds_1,
    coalesce(h.answer_seconds_2, '[]') as answer_seconds_2,
    coalesce(h.answer_seconds_3, '[]') as answer_seconds_3,
    coalesce(h.waiting_seconds_1, '[]') as waiting_seconds_1,
    coalesce(h.waiting_seconds_2, '[]') as waiting_seconds_2,
    coalesce(h.waiting_seconds_3, '[]') as waiting_seconds_3,
  coalesce(g.participant_count_1, 0) as participant_count_1,
    coalesce(g.participant_count_2, 0) as participant_count_2,
    coalesce(g.participant_count_3, 0) as participant_count_3,
    coalesce(g.two_way_count_1, 0) as two_way_count_1,
    coalesce(g.two_way_count_2, 0) as two_way_count_2,
    coalesce(g.two_way_count_3, 0) as two_way_count_3
from top p
left join helped h on h.period_no = p.period_no
left join graph g on g.period_no = p.period_no
where p.helper_count > 0 or h.period_no is not null or g.period_no is not null
;
