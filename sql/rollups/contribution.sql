-- grain: one row a contribution of the threads whose members are at hand
-- $1 community_id
with
answered as (
  select
    m.*,
    direct.person_id as direct_asker_id,
    direct.occurred_at as direct_asked_at,
    -- a target in another thread than the one named is a contradiction of the source: the thread is believed
    direct.event_key is not null and direct.thread_key = m.thread_key and m.kind in ('answer', 'reply') as is_direct
  from thread_member m
  -- by key alone: by thread as well, a merge would compare every reply of a thread with every question in it
  left join (
    select event_key, thread_key, occurred_at, person_id from thread_member where kind = 'question'
  ) as direct on direct.event_key = m.target_key
),
placed as (
  select
    a.*,
    -- the start is the first contribution that can open a thread; a reply with an earlier clock does not hide it
    first_value(case when opening_rank < 9 then event_key end) over opening as start_key,
    first_value(
      case
        when opening_rank = 9 then 'unknown'
        when kind in ('edit', 'task') or is_work then 'work'
        else kind
      end
    ) over opening as thread_kind,
    first_value(case when opening_rank < 9 and not is_bot and removed_at is null then person_id end) over opening as host_id,
    count(*) filter (where kind = 'question') over so_far as question_no
  from answered a
  window
    opening as (partition by thread_key order by (opening_rank = 9), occurred_at, opening_rank, event_key),
    so_far as (partition by thread_key order by occurred_at, opening_rank, event_key)
),
-- the latest question before each contribution in its thread
after_question as (
  select
    p.*,
    case when question_no > 0 then first_value(event_key) over latest end as latest_key,
    case when question_no > 0 then first_value(person_id) over latest end as latest_asker_id
  from placed p
  window latest as (partition by thread_key, question_no order by occurred_at, opening_rank, event_key)
),
answering as (
  select
    a.*,
    -- a reply to a question itself answers that one, else the latest question in the thread
    case when is_direct then target_key else latest_key end as answered_key,
    case when is_direct then direct_asker_id else latest_asker_id end as asker_id,
    (is_direct and direct_asked_at > occurred_at)
      or (kind = 'answer' and question_no = 0 and thread_kind = 'question') as is_quarantined
  from after_question a
),
helping as (
  select
    a.*,
    a.kind in ('answer', 'reply')
      and not a.is_thanks
      and not a.is_comment
      and not a.is_quarantined
      and a.answered_key is not null
      -- answering oneself is not help; two anonymous authors may be one
      and a.person_id is distinct from a.asker_id as answers_someone,
    -- two anonymous authors may be two
    a.kind in ('answer', 'reply')
      and a.is_acknowledging
      and not a.is_quarantined
      and a.answered_key is not null
      and a.person_id = a.asker_id as is_acknowledgement,
    -- by a person, neither quarantined nor taken back: what is counted of all that is known now
    not a.is_bot and not a.is_quarantined and a.removed_at is null as is_counted,
    -- all anonymous authors count as one person
    coalesce(a.person_id, '00000000-0000-0000-0000-000000000000') as somebody
  from answering a
),
first_person as (
  select
    h.*,
    first_value(case when is_counted then somebody end) over (partition by thread_key order by (not is_counted), occurred_at) as first_somebody
  from helping h
),
peopled as (
  select
    f.*,
    min(occurred_at) filter (where is_counted and somebody <> first_somebody) over (partition by thread_key) as second_person_at,
    answers_someone or (kind = 'answer' and answered_key is null and not is_quarantined) as is_answer,
    coalesce(event_key = start_key, false) as is_start
  from first_person f
)
insert into contribution_new (
  community_id, event_key, thread_key, occurred_at, removed_at, person_id, is_bot, kind, thread_kind, is_start, start_key,
  question_key, is_answer, is_quarantined, channel, url, word_count, artefact_word_count, document_word_count,
  category, host_id, is_counted, second_person_at, inferred_link, acknowledges_key, is_answered_elsewhere
)
select
  $1, event_key, thread_key, occurred_at, removed_at, person_id, is_bot, kind, thread_kind, is_start, start_key,
  case when answers_someone then answered_key end,
  is_answer, is_quarantined, channel, url, word_count, artefact_word_count, document_word_count,
  -- first match wins (content mix)
  case
    when kind in ('edit', 'task') or thread_kind = 'work' then 'work'
    when kind = 'announcement' then 'news'
    when kind in ('question', 'answer') or is_answer then 'help'
    when second_person_at is not null then 'discussion'
    when is_start then 'broadcast'
    else 'other'
  end,
  host_id, is_counted, second_person_at, inferred_link,
  case when is_acknowledgement then answered_key end,
  is_answered_elsewhere
from peopled
