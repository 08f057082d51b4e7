-- grain: one row a contribution of the threads asked for (all threads when $2 is null)
-- $1 community_id · $2 thread_key uuid[] or null
with recursive
content as (
  select
    e.event_key, e.thread_key, e.target_key, e.occurred_at, e.identity_key, e.channel, e.url, e.is_thanks,
    e.word_count, e.artefact_word_count, e.document_word_count,
    case e.type
      when 'question.asked' then 'question'
      when 'answer.posted' then 'answer'
      when 'reply.posted' then 'reply'
      when 'post.published' then 'post'
      when 'announcement.published' then 'announcement'
      when 'document.edited' then 'edit'
      when 'task.completed' then 'task'
    end as kind,
    coalesce(e.properties -> 'work' = 'true'::jsonb, false) as is_work
  from event e
  where e.community_id = $1
    and e.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')
),
-- the thread of a contribution: its own, else that of what it answers, else one named by its own key
in_thread (event_key, resolved_key) as (
  select c.event_key, coalesce(c.thread_key, c.event_key)
  from content c
  where ($2::uuid[] is null or c.thread_key = any ($2) or (c.thread_key is null and c.event_key = any ($2)))
    and (
      c.thread_key is not null
      or c.target_key is null
      or not exists (select from content t where t.event_key = c.target_key)
    )
  union all
  select c.event_key, t.resolved_key
  from in_thread t
  join content c on c.target_key = t.event_key and c.thread_key is null
),
-- replies that point at each other in a circle reach no thread: each stands alone
member as (
  select event_key, resolved_key from in_thread
  union all
  select c.event_key, c.event_key
  from content c
  where c.thread_key is null
    and ($2::uuid[] is null or c.event_key = any ($2))
    and not exists (select from in_thread t where t.event_key = c.event_key)
),
removal as (
  select e.target_key, min(e.occurred_at) as removed_at
  from event e
  where e.community_id = $1 and e.type = 'content.deleted' and e.target_key is not null
  group by e.target_key
),
-- the order in a thread: by time; at the same instant what opens comes before what answers
ordered as (
  select
    c.*,
    m.resolved_key,
    i.person_id,
    coalesce(i.is_bot, false) as is_bot,
    r.removed_at,
    case c.kind when 'question' then 1 when 'post' then 2 when 'announcement' then 3 when 'edit' then 4 when 'task' then 5 else 9 end as opening_rank
  from member m
  join content c on c.event_key = m.event_key
  left join identity i on i.community_id = $1 and i.identity_key = c.identity_key
  left join removal r on r.target_key = c.event_key
),
placed as (
  select
    o.*,
    -- the start is the first contribution that can open a thread; a reply with an earlier clock does not hide it
    first_value(case when opening_rank < 9 then event_key end) over opening as start_key,
    first_value(
      case
        when opening_rank = 9 then 'unknown'
        when kind in ('edit', 'task') or is_work then 'work'
        else kind
      end
    ) over opening as thread_kind,
    count(*) filter (where kind = 'question') over so_far as question_no
  from ordered o
  window
    opening as (partition by resolved_key order by (opening_rank = 9), occurred_at, opening_rank, event_key),
    so_far as (partition by resolved_key order by occurred_at, opening_rank, event_key)
),
-- the latest question before each contribution in its thread
after_question as (
  select
    p.*,
    first_value(event_key) over latest as latest_question_key
  from placed p
  window latest as (partition by resolved_key, question_no order by occurred_at, opening_rank, event_key)
),
answering as (
  select
    a.*,
    -- a reply to a question itself answers that one, else the latest question in the thread
    coalesce(direct.event_key, case when a.question_no > 0 then a.latest_question_key end) as answered_key,
    coalesce(direct.occurred_at > a.occurred_at, false)
      or (a.kind = 'answer' and a.question_no = 0 and a.thread_kind = 'question') as is_quarantined
  from after_question a
  left join placed direct
    on direct.event_key = a.target_key
    -- a target in another thread than the one named is a contradiction of the source: the thread is believed
    and direct.resolved_key = a.resolved_key
    and direct.kind = 'question'
    and a.kind in ('answer', 'reply')
),
helping as (
  select
    a.*,
    a.kind in ('answer', 'reply')
      and not a.is_thanks
      and not a.is_quarantined
      and question.event_key is not null
      -- answering oneself is not help; two anonymous authors may be one
      and a.person_id is distinct from question.person_id as answers_someone,
    question.event_key is null as is_question_unknown
  from answering a
  left join placed question on question.event_key = a.answered_key
)
insert into contribution (
  community_id, event_key, thread_key, occurred_at, removed_at, person_id, is_bot, kind, thread_kind, is_start, start_key,
  question_key, is_answer, is_quarantined, channel, url, word_count, artefact_word_count, document_word_count
)
select
  $1, event_key, resolved_key, occurred_at, removed_at, person_id, is_bot, kind, thread_kind,
  coalesce(event_key = start_key, false), start_key,
  case when answers_someone then answered_key end,
  answers_someone or (kind = 'answer' and is_question_unknown and not is_quarantined),
  is_quarantined, channel, url, word_count, artefact_word_count, document_word_count
from helping
