import type { ClientBase, Pool } from 'pg'
import { EVIDENCE_CATEGORIES, type EvidenceThread } from '../../shared/contract/verdict-evidence.ts'
import type { VerdictView } from '../../shared/verdict-views.ts'
import { type CasePeriod, periodParameters } from '../metrics/cases/read-cases.ts'
import { PERIOD_CTE } from '../metrics/reading.ts'
import { isHostIn, windowLists } from './verdict-lists.ts'

export type WindowThread = Omit<EvidenceThread, 'opened_by' | 'opened_at'> & { host_id: string | null; opened_at: Date | null }
/** What all threads of a window hold together. */
export type ThreadTotals = { threads: number; contributions: number; words: number; categories: EvidenceThread['categories'] }

type Counts = EvidenceThread['categories'] & { contributions: number; words: number }
type Row = Counts & { thread_no: number | null; threads: number } & Omit<WindowThread, 'categories' | 'contributions'>

const CATEGORY_SUMS = EVIDENCE_CATEGORIES.map((name) => `count(*) filter (where category = '${name}')::int as ${name}`).join(',\n    ')

/** The largest threads of a window by contributions in it, as known at its end, and what all of them hold; equals by key. */
export const readWindowThreads = async (
  db: Pool | ClientBase,
  view: VerdictView,
  period: CasePeriod,
  limit: number,
): Promise<{ threads: WindowThread[]; totals: ThreadTotals }> => {
  const list = windowLists(view).contributions
  const { rows } = await db.query<Row>(
    `with ${PERIOD_CTE},
${list.ctes},
listed as (
  ${list.sql}
),
thread as materialized (
  select
    thread_key,
    -- the same for all of them
    (array_agg(start_key))[1] as start_key,
    count(*)::int as contributions,
    -- all anonymous authors are one
    (count(distinct person_id) + max((person_id is null)::int))::int as people,
    sum(word_count)::int as words,
    ${CATEGORY_SUMS}
  from listed
  group by thread_key
),
largest as (
  select *, row_number() over (order by contributions desc, thread_key) as thread_no
  from thread
  order by contributions desc, thread_key
  limit $7
)
select
  t.thread_no::int,
  md5(t.thread_key::text) as key,
  e.source,
  e.source_event_id as id,
  coalesce(opening.url, e.url) as url,
  opening.channel,
  coalesce(opening.thread_kind, 'unknown') as kind,
  host.person_id as host_id,
  opening.occurred_at as opened_at,
  0 as threads,
  t.people,
  t.contributions,
  t.words,
  ${EVIDENCE_CATEGORIES.map((name) => `t.${name}`).join(', ')}
from largest t
left join contribution opening on opening.community_id = $1 and opening.event_key = t.start_key
left join event e on e.community_id = $1 and e.event_key = t.start_key
left join contribution host on host.community_id = $1 and host.event_key = t.start_key and ${isHostIn(view, 'host')}
union all
select
  null, '', null, null, null, null, '', null, null,
  count(*)::int,
  0,
  coalesce(sum(contributions), 0)::int,
  coalesce(sum(words), 0)::int,
  ${EVIDENCE_CATEGORIES.map((name) => `coalesce(sum(${name}), 0)::int`).join(', ')}
from thread
order by thread_no`,
    [...periodParameters(period), limit],
  )
  const all = rows.find((row) => row.thread_no === null) as Row
  const categoriesOf = (row: Row) =>
    Object.fromEntries(EVIDENCE_CATEGORIES.map((name) => [name, row[name]])) as EvidenceThread['categories']
  return {
    threads: rows
      .filter((row) => row.thread_no !== null)
      .map((row) => ({
        key: row.key,
        source: row.source,
        id: row.id,
        url: row.url,
        channel: row.channel,
        kind: row.kind,
        host_id: row.host_id,
        opened_at: row.opened_at,
        contributions: row.contributions,
        people: row.people,
        categories: categoriesOf(row),
      })),
    totals: { threads: all.threads, contributions: all.contributions, words: all.words, categories: categoriesOf(all) },
  }
}
