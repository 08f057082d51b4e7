import type { VerdictView } from '../../../shared/verdict-views.ts'
import { PERIOD_CTE, type Reading } from '../../metrics/reading.ts'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { isPerson } from '../views.ts'

/** What a contribution is, as bits of its `flags`; the lowest two say its category as far as it can be told without its thread. */
export const CATEGORY_BITS = 3
export const WORK = 0
export const NEWS = 1
export const HELP = 2
/** A post or a reply: discussion, broadcast or other, as its thread has it. */
export const OPEN = 3
export const IS_START = 4
export const IS_ANSWER = 8
export const IS_QUESTION = 16
/** A question old enough to have been answered. */
export const IS_RIPE = 32
/** A second person had come into its thread by then. */
export const IS_JOINED = 64
/** Whether a second person had come has to be counted. */
export const IS_RECOUNTED = 128

/**
 * The contributions of a window, in no order: lists, aligned, because as rows they would take several times as long. Grouping
 * them here instead of in the database does so again.
 */
export type ContributionLists = {
  known_by: Date | null
  thread_keys: string[]
  /** Null: anonymous. */
  person_ids: (string | null)[]
  flags: number[]
  words: number[]
  artefact_words: number[]
  document_words: number[]
  /** Of a question its own key, of an answer that of the question, and their times in microseconds; null for all others. */
  question_keys: (string | null)[]
  times: (number | null)[]
}

/** SQL: a contribution counts as known then, in a view; `p` has known_by. */
export const isVisible = (view: VerdictView, alias: string): string => `${alias}.occurred_at < p.known_by
    and (${alias}.removed_at is null or ${alias}.removed_at >= p.known_by)
    and not ${alias}.is_quarantined
    and ${isPerson(view, alias)}`

/**
 * As found, the people of a thread have to be counted only where something still stood at a window's end that was taken back
 * later: elsewhere the rollup says when the second person came. In any other view it is all of them.
 */
const isRecounted = (view: VerdictView): string =>
  view === 'as_found'
    ? `c.thread_key in (
        select t.thread_key
        from contribution t
        where t.community_id = $1
          and t.removed_at >= (select min(known_by) from period)
          and t.occurred_at < (select max(known_by) from period)
      )`
    : 'true'

const sqlOf = (view: VerdictView): string => `-- grain: one row a window with contributions
with ${PERIOD_CTE},
in_window as (
  select
    p.period_no,
    p.known_by,
    c.*,
    case
      when c.kind in ('edit', 'task') or c.thread_kind = 'work' then ${WORK}
      when c.kind = 'announcement' then ${NEWS}
      when c.kind in ('question', 'answer') or c.is_answer then ${HELP}
      else ${OPEN}
    end as category_no,
    c.kind = 'question' as is_question
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and ${isVisible(view, 'c')}
)
select
  period_no,
  max(known_by) as known_by,
  json_agg(thread_key) as thread_keys,
  json_agg(person_id) as person_ids,
  json_agg(
    category_no
    + case when is_start then ${IS_START} else 0 end
    + case when is_answer then ${IS_ANSWER} else 0 end
    + case when is_question then ${IS_QUESTION} else 0 end
    -- hours: an interval of days is as long as the time zone of the session makes it
    + case when is_question and not is_answered_elsewhere and occurred_at <= known_by - interval '${ANSWER_DAYS * 24} hours' then ${IS_RIPE} else 0 end
    + case when second_person_at < known_by then ${IS_JOINED} else 0 end
    + case when category_no = ${OPEN} and ${isRecounted(view)} then ${IS_RECOUNTED} else 0 end
  ) as flags,
  json_agg(word_count) as words,
  json_agg(artefact_word_count) as artefact_words,
  json_agg(document_word_count) as document_words,
  json_agg(case when is_question then event_key else question_key end) as question_keys,
  json_agg(case when is_question or question_key is not null then (extract(epoch from occurred_at) * 1000000)::bigint end) as times
from in_window c
group by period_no`

/** Read for the verdict's windows, as known at their ends, by whichever view. */
export const windowContributions = (view: VerdictView): Reading<ContributionLists> => ({
  id: 'window-contributions',
  grain: 'one row a period: its contributions, each in an item of every list',
  tables: ['contribution'],
  reach: 'own-period',
  empty: {
    known_by: null,
    thread_keys: [],
    person_ids: [],
    flags: [],
    words: [],
    artefact_words: [],
    document_words: [],
    question_keys: [],
    times: [],
  },
  sql: sqlOf(view),
})
