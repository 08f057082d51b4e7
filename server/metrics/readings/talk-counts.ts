import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

/** Words of a period, and those that talk about artefacts and procedure, and about documents and building (workgroups.md). */
export type TalkCounts = {
  word_count: number
  artefact_word_count: number
  document_word_count: number
  question_count: number
  /** Questions asked by the person who gave most answers in the period. */
  question_count_of_top_answerer: number
}

export const talkCounts: Reading<TalkCounts> = {
  id: 'talk-counts',
  grain: 'one row a period: words by family, and who asked',
  tables: ['contribution'],
  reach: 'own-period',
  empty: { word_count: 0, artefact_word_count: 0, document_word_count: 0, question_count: 0, question_count_of_top_answerer: 0 },
  sql: `-- grain: one row a period with contributions
with ${PERIOD_CTE},
in_period as (
  select
    p.period_no,
    c.person_id,
    c.kind,
    c.is_answer,
    c.word_count,
    c.artefact_word_count,
    c.document_word_count
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and ${IS_VISIBLE}
),
top_answerer as (
  select distinct on (period_no) period_no, person_id
  from in_period
  where is_answer and person_id is not null
  group by period_no, person_id
  order by period_no, count(*) desc, person_id
)
select
  i.period_no,
  sum(i.word_count)::int as word_count,
  sum(i.artefact_word_count)::int as artefact_word_count,
  sum(i.document_word_count)::int as document_word_count,
  count(*) filter (where i.kind = 'question')::int as question_count,
  count(*) filter (where i.kind = 'question' and i.person_id = t.person_id)::int as question_count_of_top_answerer
from in_period i
left join top_answerer t on t.period_no = i.period_no
group by i.period_no`,
}
