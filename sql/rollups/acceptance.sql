-- grain: one row a span in which an answer stood accepted, for answers among the contributions at hand
-- $1 community_id
with
decision as (
  select
    c.event_key as answer_key,
    c.question_key,
    e.occurred_at,
    e.event_key,
    e.type = 'answer.accepted' as is_accepted,
    lag(e.type = 'answer.accepted') over in_order as was_accepted
  from contribution_new c
  join event e on e.community_id = $1 and e.target_key = c.event_key
  where c.community_id = $1
    and c.question_key is not null
    and e.type in ('answer.accepted', 'answer.unaccepted')
  -- at the same instant taking back comes last: the cautious reading
  window in_order as (partition by c.event_key order by e.occurred_at, e.type, e.event_key)
),
turn as (
  select
    answer_key,
    question_key,
    occurred_at,
    is_accepted,
    lead(occurred_at) over (partition by answer_key order by occurred_at, is_accepted desc, event_key) as next_at
  from decision
  where is_accepted is distinct from coalesce(was_accepted, false)
)
insert into acceptance_new (community_id, answer_key, question_key, accepted_at, unaccepted_at)
select $1, answer_key, question_key, occurred_at, next_at
from turn
-- accepted and taken back in the same instant was never accepted
where is_accepted and next_at is distinct from occurred_at
