import { localDayOf } from '../../rollup/local-day.ts'
import type { CaseList, CaseSet, NumberCases } from './case-list.ts'

/** The rollups that case lists read, over what lies outside flat chats: for numbers that leave those out (inferred-threads.ts). */
const IS_SAID = (key: string) => `exists (
    select from contribution c where c.community_id = $1 and c.event_key = ${key} and c.inferred_link is null
  )`
const IN_PERIOD = `from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and c.is_counted
    and c.inferred_link is null`
const COUNTS = `count(*)::int as contribution_count,
    count(*) filter (where c.is_start)::int as start_count,
    count(*) filter (where c.is_answer)::int as answer_count,
    count(*) filter (where c.kind = 'question')::int as question_count`
const SAID = `said_contribution as not materialized (
  select * from contribution where community_id = $1 and inferred_link is null
),
said_help_episode as not materialized (
  select e.* from help_episode e where e.community_id = $1 and ${IS_SAID('e.question_key')}
),
said_help_edge as not materialized (
  select e.* from help_edge e where e.community_id = $1 and ${IS_SAID('e.question_key')}
),
said_person_day as (
  select c.community_id, ${localDayOf('c.occurred_at', '$6')} as day_on, c.person_id, ${COUNTS}
  ${IN_PERIOD}
  where c.person_id is not null
  group by 1, 2, 3
),
said_contribution_day as (
  select c.community_id, ${localDayOf('c.occurred_at', '$6')} as day_on, count(*) filter (where c.person_id is null)::int as anonymous_count, ${COUNTS}
  ${IN_PERIOD}
  group by 1, 2
)`

const overSaid = (sql: string) =>
  sql.replace(/\b(from|join) (contribution|help_episode|help_edge|person_day|contribution_day)\b/g, '$1 said_$2')

// numerator and denominator have to stay rows of one list
const made = new WeakMap<CaseList, CaseList>()
const listWithoutChats = (list: CaseList): CaseList => {
  const known = made.get(list)
  if (known) return known
  const fresh = { ...list, ctes: list.ctes === undefined ? SAID : `${SAID},\n${overSaid(list.ctes)}`, sql: overSaid(list.sql) }
  made.set(list, fresh)
  return fresh
}
const setWithoutChats = (set: CaseSet): CaseSet => ({ ...set, list: listWithoutChats(set.list) })

/** The cases of a number that leaves flat chats out. */
export const casesWithoutChats = (cases: NumberCases): NumberCases => {
  if ('none' in cases) return cases
  if ('set' in cases) return { ...cases, set: setWithoutChats(cases.set) }
  return { ...cases, numerator: setWithoutChats(cases.numerator), denominator: setWithoutChats(cases.denominator) }
}
