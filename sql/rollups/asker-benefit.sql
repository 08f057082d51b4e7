-- grain: one row a question whose asker was helped, and one an answer that its asker accepted, of the threads asked for (all when $2 is null)
-- $1 community_id · $2 thread keys uuid[] or null · $3 time zone
with
question as (
  select c.event_key
  from contribution c
  where c.community_id = $1 and c.kind = 'question' and c.thread_key = any ($2::uuid[])
),
standing as (
  select q.thread_key, s.answer_key, q.person_id, s.accepted_at
  from acceptance s
  join contribution a
    on a.community_id = $1 and a.event_key = s.answer_key and a.removed_at is null and not a.is_bot and not a.is_quarantined
  join contribution q
    on q.community_id = $1 and q.event_key = s.question_key and q.removed_at is null and not q.is_bot and not q.is_quarantined
  where s.community_id = $1
    and s.unaccepted_at is null
    and ($2::uuid[] is null or s.question_key = any (array(select event_key from question)))
)
select
  $1::uuid as community_id,
  h.thread_key,
  h.question_key as event_key,
  'helped' as benefit,
  h.asker_id as person_id,
  local_day(h.first_answered_at, $3) as day_on
from help_episode h
where h.community_id = $1
  and h.asker_id is not null
  and h.first_answered_at is not null
  and ($2::uuid[] is null or h.question_key = any (array(select event_key from question)))
union all
select
  $1::uuid,
  s.thread_key,
  s.answer_key,
  'confirmed',
  s.person_id,
  local_day(s.accepted_at, $3)
from standing s
-- a moderator may accept too, who has not been helped
where exists (
  select from event e
  join identity i on i.community_id = $1 and i.identity_key = e.identity_key
  where e.community_id = $1
    and e.target_key = s.answer_key
    and e.type = 'answer.accepted'
    and e.occurred_at = s.accepted_at
    and i.person_id = s.person_id
)
