import type { VerdictView } from '../../../shared/verdict-views.ts'
import { PERIOD_CTE, type Reading } from '../../metrics/reading.ts'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { isPerson } from '../views.ts'

/** Counts of one person in one thread, in the order of CELL_COUNTS. */
export const CELL_COUNTS = ['contributions', 'work', 'news', 'help', 'open_starts', 'starts', 'answers', 'questions'] as const
/** Counts of one thread that belong to no person, in the order of THREAD_COUNTS. */
export const THREAD_COUNTS = ['cells', 'words', 'artefact_words', 'document_words', 'ripe', 'ripe_answered'] as const

/**
 * A window by thread and person. Lists of threads are aligned, in the order of their keys; lists of cells too, thread by
 * thread and within each by person, so that `cells` says how many belong to each thread. All anonymous authors are one: null.
 */
export type CellRow = {
  thread_keys: string[]
  /** Who started it; null for unknown, anonymous, left out, or taken back. */
  host_ids: (string | null)[]
  /** Two people or more took part by the window's end; all anonymous ones are one. */
  is_joined: boolean[]
  thread_counts: Record<(typeof THREAD_COUNTS)[number], number[]>
  person_ids: (string | null)[]
  cell_counts: Record<(typeof CELL_COUNTS)[number], number[]>
}

const noneOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>

const visible = (view: VerdictView, alias: string) => `${alias}.occurred_at < p.known_by
    and (${alias}.removed_at is null or ${alias}.removed_at >= p.known_by)
    and not ${alias}.is_quarantined
    and ${isPerson(view, alias)}`

/**
 * Threads whose people have to be counted one by one. As found, that is only where something still stood at a window's end
 * that was taken back later: elsewhere the rollup says when the second person came. In any other view it is all of them.
 */
const recounted = (view: VerdictView): string =>
  view === 'as_found'
    ? `select distinct period_no, known_by, thread_key
  from in_window
  where is_open
    and thread_key in (
      select c.thread_key
      from contribution c
      where c.community_id = $1
        and c.removed_at >= (select min(known_by) from period)
        and c.occurred_at < (select max(known_by) from period)
    )`
    : 'select distinct period_no, known_by, thread_key from in_window where is_open'

const sqlOf = (view: VerdictView): string => `-- grain: one row a window with contributions
with ${PERIOD_CTE},
in_window as (
  select
    p.period_no,
    p.known_by,
    c.*,
    c.kind in ('edit', 'task') or c.thread_kind = 'work' as is_work,
    c.kind = 'announcement' and c.thread_kind <> 'work' as is_news,
    c.kind in ('post', 'reply') and not c.is_answer and c.thread_kind <> 'work' as is_open
  from period p
  cross join lateral (
    select
      event_key, thread_key, start_key, person_id, occurred_at, kind, thread_kind, is_start, is_answer, question_key, second_person_at,
      word_count, artefact_word_count, document_word_count
    from contribution c
    where c.community_id = $1
      and c.occurred_at >= p.starts_at
      and c.occurred_at < p.ends_at
      and ${visible(view, 'c')}
  ) c
),
cell as (
  select
    period_no,
    known_by,
    thread_key,
    start_key,
    person_id,
    count(*) as contributions,
    count(*) filter (where is_work) as work,
    count(*) filter (where is_news) as news,
    count(*) filter (where not is_work and not is_news and not is_open) as help,
    count(*) filter (where is_open and is_start) as open_starts,
    count(*) filter (where is_start) as starts,
    count(*) filter (where is_answer) as answers,
    count(*) filter (where kind = 'question') as questions,
    sum(word_count) as words,
    sum(artefact_word_count) as artefact_words,
    sum(document_word_count) as document_words,
    bool_or(second_person_at < known_by) as is_joined,
    bool_or(is_start) as is_by_host
  from in_window
  group by period_no, known_by, thread_key, start_key, person_id
),
cells as (
  select
    period_no,
    json_agg(person_id order by thread_key, person_id) as person_ids,
    ${CELL_COUNTS.map((name) => `json_agg(${name} order by thread_key, person_id) as ${name}`).join(',\n    ')}
  from cell
  group by period_no
),
-- an answer stands later than its question, or it is quarantined: those by then to questions of the window all lie in it
first_answer as (
  select period_no, question_key, min(occurred_at) as answered_at
  from in_window
  where question_key is not null
  group by period_no, question_key
),
question as (
  select
    q.period_no,
    q.thread_key,
    -- hours: an interval of days is as long as the time zone of the session makes it
    count(*) as ripe,
    count(*) filter (where a.answered_at - q.occurred_at <= interval '${ANSWER_DAYS * 24} hours') as ripe_answered
  from in_window q
  left join first_answer a on a.period_no = q.period_no and a.question_key = q.event_key
  where q.kind = 'question' and q.occurred_at <= q.known_by - interval '${ANSWER_DAYS * 24} hours'
  group by q.period_no, q.thread_key
),
recounted as (
  ${recounted(view)}
),
people_then as (
  select p.period_no, p.thread_key, count(distinct coalesce(c.person_id, '00000000-0000-0000-0000-000000000000')) as people
  from recounted p
  join contribution c on c.community_id = $1 and c.thread_key = p.thread_key and ${visible(view, 'c')}
  group by p.period_no, p.thread_key
),
thread as (
  select
    period_no,
    known_by,
    thread_key,
    start_key,
    bool_or(is_joined) as is_joined,
    bool_or(is_by_host) as is_started,
    (array_agg(person_id) filter (where is_by_host))[1] as starter_id,
    count(*) as cells,
    sum(words) as words,
    sum(artefact_words) as artefact_words,
    sum(document_words) as document_words
  from cell
  group by period_no, known_by, thread_key, start_key
),
hosted as (
  select
    p.period_no,
    p.thread_key,
    coalesce(p.starter_id, start.person_id) as host_id,
    coalesce(t.people >= 2, p.is_joined, false) as is_joined,
    p.cells,
    p.words,
    p.artefact_words,
    p.document_words,
    coalesce(q.ripe, 0) as ripe,
    coalesce(q.ripe_answered, 0) as ripe_answered
  from thread p
  left join people_then t on t.period_no = p.period_no and t.thread_key = p.thread_key
  left join question q on q.period_no = p.period_no and q.thread_key = p.thread_key
  left join contribution start
    on start.community_id = $1
    -- a start in the window is at hand
    and start.event_key = case when not p.is_started then p.start_key end
    and start.occurred_at < p.known_by
    and (start.removed_at is null or start.removed_at >= p.known_by)
    and ${isPerson(view, 'start')}
),
threads as (
  select
    period_no,
    json_agg(thread_key order by thread_key) as thread_keys,
    json_agg(host_id order by thread_key) as host_ids,
    json_agg(is_joined order by thread_key) as is_joined,
    ${THREAD_COUNTS.map((name) => `json_agg(${name} order by thread_key) as ${name}`).join(',\n    ')}
  from hosted
  group by period_no
)
select
  t.period_no,
  t.thread_keys,
  t.host_ids,
  t.is_joined,
  json_build_object(${THREAD_COUNTS.map((name) => `'${name}', t.${name}`).join(', ')}) as thread_counts,
  c.person_ids,
  json_build_object(${CELL_COUNTS.map((name) => `'${name}', c.${name}`).join(', ')}) as cell_counts
from threads t
join cells c on c.period_no = t.period_no`

/** Read for the verdict's windows, as known at their ends, by whichever view. */
export const windowCells = (view: VerdictView): Reading<CellRow> => ({
  id: 'window-cells',
  grain: 'one row a period: its contributions by thread and person',
  tables: ['contribution'],
  reach: 'own-period',
  empty: {
    thread_keys: [],
    host_ids: [],
    is_joined: [],
    thread_counts: noneOf(THREAD_COUNTS),
    person_ids: [],
    cell_counts: noneOf(CELL_COUNTS),
  },
  sql: sqlOf(view),
})
