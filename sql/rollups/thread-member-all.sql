-- grain: one row a contribution, with the thread it lies in
-- $1 community_id
with recursive
-- the thread of a contribution: its own, else that of what it answers, else one named by its own key
in_thread (event_key, resolved_key) as (
  select h.event_key, h.answered_thread_key
  from hanging h
  where h.answered_thread_key is not null
  union all
  select e.event_key, t.resolved_key
  from in_thread t
  cross join lateral (
    select h.event_key from hanging h where h.target_key = t.event_key and h.answered_thread_key is null offset 0
  ) e
),
removal as (
  select d.target_key, min(d.occurred_at) as removed_at
  from event d
  where d.community_id = $1 and d.type = 'content.deleted' and d.target_key is not null
  group by d.target_key
),
-- replies that point at each other in a circle reach no thread: each stands alone
member as (
  select e.*, coalesce(e.thread_key, t.resolved_key, e.event_key) as resolved_key
  from event e
  left join in_thread t on t.event_key = e.event_key
  where e.community_id = $1
    and e.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
)
insert into thread_member (
  event_key, thread_key, target_key, occurred_at, removed_at, person_id, is_bot, kind, opening_rank, is_work, is_thanks, is_acknowledging, is_comment, channel, url,
  word_count, artefact_word_count, document_word_count, inferred_link, is_answered_elsewhere
)
select
  m.event_key,
  m.resolved_key,
  m.target_key,
  m.occurred_at,
  r.removed_at,
  i.person_id,
  coalesce(i.is_bot, false),
  case m.type
    when 'question.asked' then case when q.ruling = 'not_a_question' then 'post' else 'question' end
    when 'answer.posted' then 'answer'
    when 'reply.posted' then 'reply'
    when 'post.published' then 'post'
    when 'announcement.published' then 'announcement'
    when 'document.edited' then 'edit'
    when 'task.completed' then 'task'
  end,
  -- the order at the same instant: what opens comes before what answers
  case m.type
    when 'question.asked' then case when q.ruling = 'not_a_question' then 2 else 1 end
    when 'post.published' then 2
    when 'announcement.published' then 3
    when 'document.edited' then 4
    when 'task.completed' then 5
    else 9
  end,
  coalesce(m.properties -> 'work' = 'true'::jsonb, false),
  m.is_thanks,
  m.is_acknowledging,
  -- what its source calls a comment remarks on a post and answers nothing
  coalesce(m.properties -> 'comment' = 'true'::jsonb, false),
  m.channel,
  m.url,
  m.word_count,
  m.artefact_word_count,
  m.document_word_count,
  m.inferred_link,
  m.type = 'question.asked' and coalesce(q.ruling = 'answered_elsewhere', false)
from member m
left join removal r on r.target_key = m.event_key
left join identity i on i.community_id = $1 and i.identity_key = m.identity_key
-- what a manager said of a question comes before what its source says
left join question_ruling q on q.community_id = $1 and q.event_key = m.event_key
