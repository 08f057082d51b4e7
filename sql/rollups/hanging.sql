-- grain: one row a contribution that names no thread and answers another contribution
-- $1 community_id
insert into hanging (event_key, target_key, answered_thread_key)
select
  e.event_key,
  e.target_key,
  -- null: what it answers names no thread either, and answers another contribution
  case
    when t.thread_key is not null then t.thread_key
    when t.target_key is null or above.event_key is null then t.event_key
  end
from event e
join event t
  on t.community_id = $1
  and t.event_key = e.target_key
  and t.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
left join event above
  on above.community_id = $1
  and above.event_key = t.target_key
  and above.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
where e.community_id = $1
  and e.thread_key is null
  and e.target_key is not null
  and e.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
