import type { ClientBase } from 'pg'
import { PERIOD_CTE } from '../../metrics/reading.ts'

/**
 * A window that ends in the past holds what was known at its end; rollups hold what is known now. The two differ only in
 * threads that lived on: something in them was written, or taken back, at the window's end or later. What differs there is
 * put in two temporary tables, each row with the last day of its window (exclusive) and +1 for what was known then, −1 for
 * what is known now; rollups and these together are what was known then.
 */
const TABLES = `create temporary table window_difference (
  to_on date not null,
  sign integer not null,
  person_id uuid,
  host_id uuid,
  kind text not null,
  is_start boolean not null,
  is_answer boolean not null,
  is_news boolean not null,
  category text not null,
  word_count integer not null,
  artefact_word_count integer not null,
  document_word_count integer not null
) on commit drop;
create temporary table window_episode_difference (
  to_on date not null,
  sign integer not null,
  asked_at timestamptz not null,
  first_answered_at timestamptz
) on commit drop;
create temporary table window_thread (
  to_on date not null,
  starts_at timestamptz not null,
  known_by timestamptz not null,
  thread_key uuid not null
) on commit drop`

// how many of the ends a time has reached says between which of them it lies, so that one pass finds the threads
const THREADS = `with ${PERIOD_CTE},
span_end as (
  select array_agg(distinct known_by order by known_by) as times, min(starts_at) as first_at from period
),
lived_on as (
  select c.thread_key, min(c.occurred_at) as first_at, max(greatest(c.occurred_at, c.removed_at)) as last_at
  from contribution c
  where c.community_id = $1 and c.occurred_at >= (select first_at from span_end)
  group by c.thread_key
  having width_bucket(min(c.occurred_at), (select times from span_end))
    < width_bucket(max(greatest(c.occurred_at, c.removed_at)), (select times from span_end))
)
insert into window_thread (to_on, starts_at, known_by, thread_key)
select p.to_on, p.starts_at, p.known_by, t.thread_key
from lived_on t
join period p on t.first_at < p.known_by and t.last_at >= p.known_by`

const MEMBER = `member as (
  select
    w.to_on,
    w.starts_at,
    w.known_by,
    c.*,
    not c.is_bot and not c.is_quarantined and (c.removed_at is null or c.removed_at >= w.known_by) as was_counted
  from window_thread w
  join contribution c on c.community_id = $1 and c.thread_key = w.thread_key and c.occurred_at < w.known_by
)`

const CONTRIBUTIONS = `with ${MEMBER},
people as (
  select to_on, thread_key, count(distinct coalesce(person_id, '00000000-0000-0000-0000-000000000000')) as people
  from member
  where was_counted
  group by to_on, thread_key
),
both_times as (
  select
    m.*,
    case
      when m.kind in ('edit', 'task') or m.thread_kind = 'work' then 'work'
      when m.kind = 'announcement' then 'news'
      when m.kind in ('question', 'answer') or m.is_answer then 'help'
      when t.people >= 2 then 'discussion'
      when m.is_start then 'broadcast'
      else 'other'
    end as category_then,
    start.person_id as host_then
  from member m
  left join people t on t.to_on = m.to_on and t.thread_key = m.thread_key
  left join contribution start
    on start.community_id = $1
    and start.event_key = m.start_key
    and start.occurred_at < m.known_by
    and (start.removed_at is null or start.removed_at >= m.known_by)
    and not start.is_bot
  where m.occurred_at >= m.starts_at
),
differing as (
  select * from both_times where (was_counted, category_then, host_then) is distinct from (is_counted, category, host_id)
)
insert into window_difference (
  to_on, sign, person_id, host_id, kind, is_start, is_answer, is_news, category, word_count, artefact_word_count, document_word_count
)
select
  to_on, 1, person_id, host_then, kind, is_start, is_answer, kind = 'announcement' and thread_kind <> 'work', category_then,
  word_count, artefact_word_count, document_word_count
from differing
where was_counted
union all
select
  to_on, -1, person_id, host_id, kind, is_start, is_answer, kind = 'announcement' and thread_kind <> 'work', category,
  word_count, artefact_word_count, document_word_count
from differing
where is_counted`

const EPISODES = `with ${MEMBER},
question as (
  select to_on, known_by, event_key, occurred_at, was_counted
  from member
  where kind = 'question' and occurred_at >= starts_at
),
answered_then as (
  select to_on, question_key, min(occurred_at) as first_answered_at
  from member
  where was_counted and question_key is not null
  group by to_on, question_key
),
both_times as (
  select q.to_on, q.occurred_at, q.was_counted, a.first_answered_at as answered_then, e.asked_at, e.first_answered_at
  from question q
  left join answered_then a on a.to_on = q.to_on and a.question_key = q.event_key
  left join help_episode e on e.community_id = $1 and e.question_key = q.event_key
  where q.was_counted is distinct from (e.asked_at is not null) or a.first_answered_at is distinct from e.first_answered_at
)
insert into window_episode_difference (to_on, sign, asked_at, first_answered_at)
select to_on, 1, occurred_at, answered_then from both_times where was_counted
union all
select to_on, -1, asked_at, first_answered_at from both_times where asked_at is not null`

/** Fills the temporary tables for these windows; they go with the transaction. `params` are those of PERIOD_CTE. */
export const readWindowDifferences = async (client: ClientBase, params: readonly unknown[]): Promise<void> => {
  await client.query(`drop table if exists window_difference, window_episode_difference, window_thread; ${TABLES}`)
  await client.query(THREADS, [...params])
  await client.query('analyze window_thread')
  await client.query(CONTRIBUTIONS, [params[0]])
  await client.query(EPISODES, [params[0]])
  await client.query('analyze window_difference, window_episode_difference')
}
