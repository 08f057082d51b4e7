-- grain: one row a contribution of the threads whose members are at hand
-- $1 community_id
with
placed as (
  select
    m.*,
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
  from thread_member m
  window
    opening as (partition by thread_key order by (opening_rank = 9), occurred_at, opening_rank, event_key),
    so_far as (partition by thread_key order by occurred_at, opening_rank, event_key)
),
question as (
  select
    event_key,
    thread_key,
    occurred_at,
    person_id,
    row_number() over (partition by thread_key order by occurred_at, event_key) as question_no
  from thread_member
  where kind = 'question'
),
answering as (
  select
    p.*,
    -- a reply to a question itself answers that one, else the latest question in the thread
    coalesce(direct.event_key, latest.event_key) as answered_key,
    case when direct.event_key is null then latest.person_id else direct.person_id end as asker_id,
    coalesce(direct.occurred_at > p.occurred_at, false)
      or (p.kind = 'answer' and p.question_no = 0 and p.thread_kind = 'question') as is_quarantined
  from placed p
  left join question latest on latest.thread_key = p.thread_key and latest.question_no = p.question_no
  left join question direct
    on direct.event_key = p.target_key
    -- a target in another thread than the one named is a contradiction of the source: the thread is believed
    and direct.thread_key = p.thread_key
    and p.kind in ('answer', 'reply')
),
helping as (
  select
    a.*,
    a.kind in ('answer', 'reply')
      and not a.is_thanks
      and not a.is_quarantined
      and a.answered_key is not null
      -- answering oneself is not help; two anonymous authors may be one
      and a.person_id is distinct from a.asker_id as answers_someone,
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
  category, host_id, is_counted, second_person_at
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
  host_id, is_counted, second_person_at
from peopled
