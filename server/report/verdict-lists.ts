import type { VerdictView } from '../../shared/verdict-views.ts'
import { isPerson } from '../diagnosis/views.ts'
import { type CaseList, personKey } from '../metrics/cases/case-list.ts'
import { ANSWER_DAYS } from '../metrics/readings/episodes.ts'
import { WINDOW_FEED_REACH } from './verdict-feed.ts'

/** All anonymous authors count as one person. */
const SOMEBODY = "'00000000-0000-0000-0000-000000000000'"

/**
 * The end of what is known, as a value and not as a join: only so is the order of an index kept. The statement has to have
 * `period` with its one row.
 */
const KNOWN_BY = '(select known_by from period)'

/** Known at the end of the window, and not taken back by then. */
const wasThere = (row: string): string =>
  `${row}.occurred_at < ${KNOWN_BY} and (${row}.removed_at is null or ${row}.removed_at >= ${KNOWN_BY})`

/** The contributions that a verdict counts in a view; of all that is known at the end of the window, as everywhere. */
export const isSeenIn = (view: VerdictView, row = 'c'): string =>
  `${wasThere(row)} and not ${row}.is_quarantined and ${isPerson(view, row)}`

/** What makes the author of a start the host of its thread. */
export const isHostIn = (view: VerdictView, row = 'start'): string => `${wasThere(row)} and ${isPerson(view, row)}`

/** Those of the window itself; of which community, each statement says. */
export const isInWindow = (row = 'c'): string =>
  `${row}.occurred_at >= (select starts_at from period) and ${row}.occurred_at < (select ends_at from period)`

/** In a view, whose contributions count otherwise than as found: by person, which an index finds. */
const COUNTED_OTHERWISE: Record<Exclude<VerdictView, 'as_found'>, string> = {
  with_bots: 'c.is_bot and c.person_id in (select i.person_id from identity i where i.community_id = $1 and i.is_bot)',
  without_facilitators: `c.person_id in (
    select i.person_id
    from facilitator f
    join identity i on i.community_id = $1 and i.identity_key = f.identity_key
    where f.community_id = $1
  )`,
}

/**
 * From `period` to `asked_thread` and `joined_thread` (thread_key): of which threads the rollup cannot tell whether two people
 * took part by the end of the window, and in which of them they did. It can tell where nothing was taken back since, and nobody
 * wrote who counts otherwise in this view.
 */
const joinedThreads = (view: VerdictView): string => `asked_thread as materialized (
  select c.thread_key
  from contribution c
  where c.community_id = $1 and c.removed_at >= ${KNOWN_BY} and c.occurred_at < ${KNOWN_BY}${
    view === 'as_found'
      ? ''
      : `
  union
  select c.thread_key
  from contribution c
  where c.community_id = $1 and c.occurred_at < ${KNOWN_BY} and ${COUNTED_OTHERWISE[view]}
    and c.thread_key in (
      select c.thread_key from contribution c where c.community_id = $1 and ${isInWindow()} and c.kind in ('post', 'reply') and c.thread_kind <> 'work'
    )`
  }
),
joined_thread as materialized (
  select c.thread_key
  from (select distinct thread_key from asked_thread) t
  join contribution c on c.community_id = $1 and c.thread_key = t.thread_key
  where ${isSeenIn(view)}
  group by c.thread_key
  having count(distinct coalesce(c.person_id, ${SOMEBODY})) >= 2
)`

const IS_JOINED = `case
      when c.thread_key in (select thread_key from asked_thread) then c.thread_key in (select thread_key from joined_thread)
      else c.second_person_at < ${KNOWN_BY}
    end`

/** The contributions of a window, one by one, as known at its end. First match of the content mix wins, as everywhere. */
const contributionsIn = (view: VerdictView): CaseList => ({
  id: `window-contributions-${view}`,
  kind: 'contributions',
  grain: 'one row a contribution of the window, as known at its end',
  tables: ['contribution', 'facilitator', 'identity'],
  columns: [
    { id: 'occurred_at', title: 'When', format: 'time' },
    { id: 'person_id', title: 'By', format: 'person' },
    { id: 'kind', title: 'Kind', format: 'text' },
    { id: 'category', title: 'Counts as', format: 'text' },
    { id: 'channel', title: 'Topic', format: 'text' },
    { id: 'is_start', title: 'Starts a thread', format: 'yes_no' },
    { id: 'is_answer', title: 'Answers someone', format: 'yes_no' },
  ],
  time: 'occurred_at',
  ctes: joinedThreads(view),
  sql: `select
  c.event_key::text as key,
  extract(epoch from c.occurred_at) as sort,
  c.event_key as place_key,
  c.url,
  c.occurred_at,
  c.person_id,
  c.kind,
  case
    when c.kind in ('edit', 'task') or c.thread_kind = 'work' then 'work'
    when c.kind = 'announcement' then 'news'
    when c.kind in ('question', 'answer') or c.is_answer then 'help'
    when ${IS_JOINED} then 'discussion'
    when c.is_start then 'broadcast'
    else 'other'
  end as category,
  c.channel,
  c.is_start,
  c.is_answer,
  c.thread_key,
  c.start_key,
  c.word_count,
  c.artefact_word_count,
  c.document_word_count
from contribution c
where c.community_id = $1 and ${isInWindow()} and ${isSeenIn(view)}`,
  late: {
    joins: `left join (
  select start.event_key, start.person_id
  from contribution start
  where start.community_id = $1 and start.event_key in (select start_key from page) and ${isHostIn(view)}
) as host on host.event_key = page.start_key`,
    columns: [{ id: 'host_id', title: 'In a thread of', format: 'person', sql: 'host.person_id' }],
  },
})

/** The same with the words of work that each was counted for, as they stand in the lists of words. */
export const withWords = (list: CaseList): CaseList => ({
  ...list,
  late: {
    joins: list.late?.joins ?? '',
    columns: [
      { id: 'word_count', title: 'Words', format: 'count', sql: 'page.word_count' },
      {
        id: 'work_words',
        title: 'Of work',
        format: 'text',
        sql: `(
  select string_agg(word.key || case when word.value = '1' then '' else ' ×' || word.value end, ', ' order by word.key collate "C")
  from jsonb_each(e.work_words) as family
  cross join lateral jsonb_each_text(family.value) as word
)`,
      },
      ...(list.late?.columns ?? []),
    ],
  },
})

/** The questions of a window and what had become of each at its end. */
const questionsIn = (view: VerdictView): CaseList => ({
  id: `window-questions-${view}`,
  kind: 'questions',
  grain: 'one row a question asked in the window, as known at its end',
  tables: ['contribution', 'facilitator', 'identity'],
  columns: [
    { id: 'occurred_at', title: 'Asked', format: 'time' },
    { id: 'person_id', title: 'By', format: 'person' },
    { id: 'channel', title: 'Topic', format: 'text' },
    { id: 'first_answered_at', title: 'First answer', format: 'time' },
    { id: 'waited_hours', title: 'Waited, hours', format: 'hours' },
    { id: 'answer_count', title: 'Answers', format: 'count' },
  ],
  time: 'occurred_at',
  sql: `select
  q.event_key::text as key,
  extract(epoch from q.occurred_at) as sort,
  q.event_key as place_key,
  q.url,
  q.occurred_at,
  q.person_id,
  q.channel,
  a.first_answered_at,
  -- a question still open has waited until the end of the window
  extract(epoch from coalesce(a.first_answered_at, ${KNOWN_BY}) - q.occurred_at)::float8 / 3600 as waited_hours,
  a.answer_count,
  -- hours: an interval of days is as long as the time zone of the session makes it
  not q.is_answered_elsewhere and q.occurred_at <= ${KNOWN_BY} - interval '${ANSWER_DAYS * 24} hours' as is_ripe,
  coalesce(a.first_answered_at <= q.occurred_at + interval '${ANSWER_DAYS * 24} hours', false) as is_answered_in_time
from contribution q
cross join lateral (
  select min(c.occurred_at) as first_answered_at, count(*)::int as answer_count
  from contribution c
  where c.community_id = $1 and c.question_key = q.event_key and ${isSeenIn(view)}
) as a
where q.community_id = $1 and ${isInWindow('q')} and q.kind = 'question' and ${isSeenIn(view, 'q')}`,
})

/** Who contributed in a window, as known at its end; those who are anonymous cannot be told apart and are not in it. */
const peopleIn = (view: VerdictView): CaseList => ({
  id: `window-people-${view}`,
  kind: 'people',
  grain: 'one row a person known who contributed in the window, as known at its end',
  tables: ['contribution', 'facilitator', 'identity'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'contributions', title: 'Contributions', format: 'count' },
    { id: 'starts', title: 'Thread starts', format: 'count' },
    { id: 'answers', title: 'Answers', format: 'count' },
    { id: 'questions', title: 'Questions', format: 'count' },
  ],
  sql: `select
  ${personKey('c.person_id')} as key,
  count(*)::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  c.person_id,
  count(*)::int as contributions,
  count(*) filter (where c.is_start)::int as starts,
  count(*) filter (where c.is_answer)::int as answers,
  count(*) filter (where c.kind = 'question')::int as questions
from contribution c
where c.community_id = $1 and ${isInWindow()} and c.person_id is not null and ${isSeenIn(view)}
group by c.person_id`,
})

/** The days of a window, and which of them lie after everything that the feed is known to cover. */
const days: CaseList = {
  id: 'window-days',
  kind: 'days',
  grain: 'one row a local day of the window',
  tables: ['event', 'event_day', 'source'],
  columns: [
    { id: 'day_on', title: 'Day', format: 'day' },
    { id: 'events', title: 'Events of any kind', format: 'count' },
  ],
  ctes: WINDOW_FEED_REACH,
  sql: `select
  to_char(d.day_on, 'YYYY-MM-DD') as key,
  (d.day_on - date '1970-01-01')::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  d.day_on,
  coalesce(e.events, 0) as events,
  -- nothing heard at all leaves every day open
  coalesce(d.day_on > r.covered_until, true) as is_uncovered
from period p
cross join reach r
cross join lateral generate_series(p.from_on::timestamp, p.to_on::timestamp - interval '1 day', interval '1 day') as series (day_at)
cross join lateral (select series.day_at::date as day_on) as d
left join heard e on e.day_on = d.day_on`,
}

export type WindowLists = { contributions: CaseList; questions: CaseList; people: CaseList; days: CaseList }

/** What the tests of a verdict count, in one view. */
export const windowLists = (view: VerdictView): WindowLists => ({
  contributions: contributionsIn(view),
  questions: questionsIn(view),
  people: peopleIn(view),
  days,
})
