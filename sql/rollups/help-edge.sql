-- grain: one row a named helper and counted question among the contributions at hand, at the helper's first answer
-- $1 community_id
with
answer as (
  select question_key, person_id, min(occurred_at) as first_at, count(*)::int as answer_count
  from contribution_new
  where community_id = $1 and is_counted and question_key is not null and person_id is not null
  group by question_key, person_id
)
insert into help_edge_new (community_id, question_key, helper_id, asker_id, asked_at, first_at, answer_count)
select $1, a.question_key, a.person_id, q.asker_id, q.asked_at, a.first_at, a.answer_count
from answer a
join help_episode_new q on q.community_id = $1 and q.question_key = a.question_key
