import { IS_VISIBLE, PERIOD_CTE, type Reading } from '../reading.ts'

/** Contributions, thread starts and answers of one period, by person. Arrays are aligned: element i is the same person; people in falling order of contributions. */
export type PersonCounts = {
  contribution_count: number
  anonymous_count: number
  start_count: number
  answer_count: number
  person_ids: string[]
  contributions_by_person: number[]
  starts_by_person: number[]
  answers_by_person: number[]
}

/** An answer is one given to someone else: Convention "answering yourself is not help" (measurement.md). */
export const personCounts: Reading<PersonCounts> = {
  id: 'person-counts',
  grain: 'one row a period: its contributions, starts and answers, and each by person',
  tables: ['contribution'],
  reach: 'own-period',
  empty: {
    contribution_count: 0,
    anonymous_count: 0,
    start_count: 0,
    answer_count: 0,
    person_ids: [],
    contributions_by_person: [],
    starts_by_person: [],
    answers_by_person: [],
  },
  sql: `-- grain: one row a period with contributions
with ${PERIOD_CTE},
by_person as (
  select
    p.period_no,
    c.person_id,
    count(*)::int as contributions,
    count(*) filter (where c.is_start)::int as starts,
    count(*) filter (where c.is_answer)::int as answers
  from period p
  join contribution c
    on c.community_id = $1
    and c.occurred_at >= p.starts_at
    and c.occurred_at < p.ends_at
    and ${IS_VISIBLE}
  group by p.period_no, c.person_id
)
select
  period_no,
  sum(contributions)::int as contribution_count,
  coalesce(sum(contributions) filter (where person_id is null), 0)::int as anonymous_count,
  sum(starts)::int as start_count,
  sum(answers)::int as answer_count,
  coalesce(array_agg(person_id order by contributions desc, person_id) filter (where person_id is not null), '{}') as person_ids,
  coalesce(array_agg(contributions order by contributions desc, person_id) filter (where person_id is not null), '{}') as contributions_by_person,
  coalesce(array_agg(starts order by contributions desc, person_id) filter (where person_id is not null), '{}') as starts_by_person,
  coalesce(array_agg(answers order by contributions desc, person_id) filter (where person_id is not null), '{}') as answers_by_person
from by_person
group by period_no`,
}
