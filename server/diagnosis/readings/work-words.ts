import type { ClientBase, Pool } from 'pg'
import { COUNTED_WORDS_LIMIT, type CountedWords } from '../../../shared/contract/work-words.ts'
import type { WordFamily } from '../../../shared/work-words.ts'
import { addDays } from '../../../shared/period.ts'
import type { VerdictView } from '../../../shared/verdict-views.ts'
import { PERIOD_CTE } from '../../metrics/reading.ts'
import { isPerson } from '../views.ts'

export type WordsAsked = {
  communityId: string
  timeZone: string
  /** Local days, both included. */
  from_on: string
  to_on: string
  /** Nothing later is used, nor anything after the window. */
  knownBy: Date
  /** Whose contributions count; those of the verdict when left out. */
  view?: VerdictView
}

const counted = (view: VerdictView): string => `from period p
join contribution c
  on c.community_id = $1
  and c.occurred_at >= p.starts_at
  and c.occurred_at < p.ends_at
  and c.occurred_at < p.known_by
  and (c.removed_at is null or c.removed_at >= p.known_by)
  and not c.is_quarantined
  and ${isPerson(view, 'c')}`

const wordsSql = (view: VerdictView): string => `-- grain: one row a word of work counted in the window
with ${PERIOD_CTE}
select listed.key as family, word.key as word, sum(word.value::int)::float8 as count
${counted(view)}
join event e on e.community_id = $1 and e.event_key = c.event_key
cross join lateral jsonb_each(e.work_words) as listed
cross join lateral jsonb_each_text(listed.value) as word
group by listed.key, word.key
order by count desc, word.key collate "C", listed.key collate "C"`

const totalsSql = (view: VerdictView): string => `-- grain: one row, the words of the window
with ${PERIOD_CTE}
select
  coalesce(sum(c.word_count), 0)::float8 as word_count,
  coalesce(sum(c.artefact_word_count + c.document_word_count), 0)::float8 as work_word_count
${counted(view)}`

/** The words of work that were counted in a window, as they stand in the lists they were counted by: the evidence of its talk. */
export const loadWorkWords = async (db: Pool | ClientBase, asked: WordsAsked): Promise<CountedWords> => {
  const { communityId, timeZone, from_on, to_on, knownBy, view = 'as_found' } = asked
  const params = [communityId, [from_on], [addDays(to_on, 1)], [true], knownBy, timeZone]
  const { rows } = await db.query<{ family: WordFamily; word: string; count: number }>(wordsSql(view), params)
  const totals = await db.query<{ word_count: number; work_word_count: number }>(totalsSql(view), params)
  const { word_count = 0, work_word_count = 0 } = totals.rows[0] ?? {}
  const by_family = { artefact: 0, procedure: 0, document: 0, build: 0 }
  let listed = 0
  for (const { family, count } of rows) {
    by_family[family] += count
    listed += count
  }
  return {
    words: rows.slice(0, COUNTED_WORDS_LIMIT).map(({ word, family, count }) => ({ word, family, count })),
    different_words: rows.length,
    by_family,
    words_not_kept: work_word_count - listed,
    word_count,
  }
}
