-- grain: one row a contribution of the threads asked for, with the thread it lies in
-- $1 community_id · $2 thread_key uuid[], repeated or not
-- Each step is a lateral with offset 0: by an index, a few rows at a time, whatever the planner thinks of their number.
with recursive
asked as (
  select distinct thread_key from unnest($2::uuid[]) as thread (thread_key)
),
-- the thread of a contribution: its own, else that of what it answers, else one named by its own key
own_key as (
  select e.content, e.has_answered
  from asked a
  cross join lateral (
    select
      o as content,
      exists (
        select
        from event t
        where t.community_id = $1
          and t.event_key = o.target_key
          and t.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
      ) as has_answered
    from event o
    where o.community_id = $1
      and o.event_key = a.thread_key
      and o.thread_key is null
      and o.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
    offset 0
  ) e
),
root as (
  select e.content, a.thread_key as resolved_key
  from asked a
  cross join lateral (
    select o as content
    from event o
    where o.community_id = $1
      and o.thread_key = a.thread_key
      and o.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
    offset 0
  ) e
  union all
  select k.content, (k.content).event_key from own_key k where not k.has_answered
),
in_thread (content, resolved_key) as (
  select content, resolved_key from root
  union all
  select e.content, t.resolved_key
  from in_thread t
  cross join lateral (
    select down as content
    from event down
    where down.community_id = $1
      and down.target_key = (t.content).event_key
      and down.thread_key is null
      and down.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
    offset 0
  ) e
),
unplaced as (
  select k.content
  from own_key k
  where k.has_answered and not exists (select from in_thread t where (t.content).event_key = (k.content).event_key)
),
-- upwards from a reply that is named as a thread: it may lie in another one that nobody asked for
above (event_key, at_key) as (
  select (u.content).event_key, (u.content).target_key from unplaced u
  union
  select a.event_key, e.target_key
  from above a
  cross join lateral (
    select up.target_key
    from event up
    where up.community_id = $1
      and up.event_key = a.at_key
      and up.thread_key is null
      and up.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
    offset 0
  ) e
),
-- replies that point at each other in a circle reach no thread: each stands alone
member as (
  select content, resolved_key from in_thread
  union all
  select u.content, (u.content).event_key
  from unplaced u
  where not exists (
    select
    from above a
    where a.event_key = (u.content).event_key
      and not exists (
        select
        from event up
        where up.community_id = $1
          and up.event_key = a.at_key
          and up.thread_key is null
          and up.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
      )
  )
)
insert into thread_member (
  event_key, thread_key, target_key, occurred_at, removed_at, person_id, is_bot, kind, opening_rank, is_work, is_thanks, is_acknowledging, is_comment, channel, url,
  word_count, artefact_word_count, document_word_count, inferred_link, is_answered_elsewhere
)
select
  e.event_key,
  m.resolved_key,
  e.target_key,
  e.occurred_at,
  r.removed_at,
  i.person_id,
  coalesce(i.is_bot, false),
  case e.type
    when 'question.asked' then case when q.ruling = 'not_a_question' then 'post' else 'question' end
    when 'answer.posted' then 'answer'
    when 'reply.posted' then 'reply'
    when 'post.published' then 'post'
    when 'announcement.published' then 'announcement'
    when 'document.edited' then 'edit'
    when 'task.completed' then 'task'
  end,
  -- the order at the same instant: what opens comes before what answers
  case e.type
    when 'question.asked' then case when q.ruling = 'not_a_question' then 2 else 1 end
    when 'post.published' then 2
    when 'announcement.published' then 3
    when 'document.edited' then 4
    when 'task.completed' then 5
    else 9
  end,
  coalesce(e.properties -> 'work' = 'true'::jsonb, false),
  e.is_thanks,
  e.is_acknowledging,
  -- what its source calls a comment remarks on a post and answers nothing
  coalesce(e.properties -> 'comment' = 'true'::jsonb, false),
  e.channel,
  e.url,
  e.word_count,
  e.artefact_word_count,
  e.document_word_count,
  e.inferred_link,
  e.type = 'question.asked' and coalesce(q.ruling = 'answered_elsewhere', false)
from member m
cross join lateral (select (m.content).*) e
cross join lateral (
  select min(d.occurred_at) as removed_at
  from event d
  where d.community_id = $1 and d.target_key = (m.content).event_key and d.type = 'content.deleted'
) r
left join identity i on i.community_id = $1 and i.identity_key = e.identity_key
-- what a manager said of a question comes before what its source says
left join question_ruling q on q.community_id = $1 and q.event_key = e.event_key
