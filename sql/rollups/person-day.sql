-- grain: one row a local day and person with counted contributions among those at hand; each counts as often as its sign says
-- $1 community_id · $2 time zone
insert into person_day_new (community_id, day_on, person_id, contribution_count, start_count, answer_count, question_count, news_count)
select
  $1,
  local_day(c.occurred_at, $2),
  c.person_id,
  sum(sign),
  coalesce(sum(sign) filter (where is_start), 0),
  coalesce(sum(sign) filter (where is_answer), 0),
  coalesce(sum(sign) filter (where kind = 'question'), 0),
  coalesce(sum(sign) filter (where kind = 'announcement' and thread_kind <> 'work'), 0)
from contribution_signed c
where c.community_id = $1 and c.is_counted and c.person_id is not null
group by 2, 3
