-- grain: one row a counted question among the contributions at hand: the help episode, as known now
-- $1 community_id
with
answer as (
  select question_key, event_key, occurred_at, person_id
  from contribution_new
  where community_id = $1 and is_counted and question_key is not null
),
answered as (
  select
    question_key,
    count(*)::int as answer_count,
    -- all anonymous helpers are one
    count(distinct coalesce(person_id, '00000000-0000-0000-0000-000000000000'))::int as helper_count
  from answer
  group by question_key
),
first_answer as (
  select distinct on (question_key) question_key, event_key, occurred_at, person_id
  from answer
  order by question_key, occurred_at, event_key
),
accepted as (
  select s.question_key, min(s.accepted_at) as accepted_at
  from acceptance_new s
  join contribution_new c on c.community_id = $1 and c.event_key = s.answer_key and c.is_counted
  where s.community_id = $1 and s.unaccepted_at is null
  group by s.question_key
),
-- thanks before anybody answered thank for nothing yet
acknowledged as (
  select c.acknowledges_key as question_key, min(c.occurred_at) as acknowledged_at
  from contribution_new c
  join first_answer f on f.question_key = c.acknowledges_key
  where c.community_id = $1 and c.is_counted and c.occurred_at > f.occurred_at
  group by c.acknowledges_key
)
insert into help_episode_new (
  community_id, question_key, thread_key, asked_at, asker_id, channel, url, first_answered_at, first_answer_key, first_helper_id,
  answer_count, helper_count, accepted_at, acknowledged_at, is_answered_elsewhere
)
select
  $1, q.event_key, q.thread_key, q.occurred_at, q.person_id, q.channel, q.url, f.occurred_at, f.event_key, f.person_id,
  coalesce(a.answer_count, 0), coalesce(a.helper_count, 0), s.accepted_at, k.acknowledged_at,
  q.is_answered_elsewhere
from contribution_new q
left join answered a on a.question_key = q.event_key
left join first_answer f on f.question_key = q.event_key
left join accepted s on s.question_key = q.event_key
left join acknowledged k on k.question_key = q.event_key
where q.community_id = $1 and q.kind = 'question' and q.is_counted
