import { type CaseList, personKey } from './case-list.ts'

/** Who contributed in a period and how much; all who are anonymous stand in one row without a person. */
export const personCases: CaseList = {
  id: 'person-cases',
  kind: 'people',
  grain: 'one row a person with contributions in the period, and one for all that are anonymous',
  tables: ['contribution_day', 'person_day'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'contributions', title: 'Contributions', format: 'count' },
    { id: 'starts', title: 'Thread starts', format: 'count' },
    { id: 'answers', title: 'Answers', format: 'count' },
    { id: 'questions', title: 'Questions', format: 'count' },
  ],
  sql: `with known as (
  select
    d.person_id,
    sum(d.contribution_count)::int as contributions,
    sum(d.start_count)::int as starts,
    sum(d.answer_count)::int as answers,
    sum(d.question_count)::int as questions
  from period p
  join person_day d
    on d.community_id = $1
    and d.day_on >= p.from_on
    and d.day_on < p.to_on
  group by d.person_id
),
everyone as (
  select
    sum(d.contribution_count)::int as contributions,
    sum(d.start_count)::int as starts,
    sum(d.answer_count)::int as answers,
    sum(d.question_count)::int as questions
  from period p
  join contribution_day d
    on d.community_id = $1
    and d.day_on >= p.from_on
    and d.day_on < p.to_on
),
counted as (
  select person_id, contributions, starts, answers, questions from known
  union all
  select
    null,
    e.contributions - coalesce(k.contributions, 0),
    e.starts - coalesce(k.starts, 0),
    e.answers - coalesce(k.answers, 0),
    e.questions - coalesce(k.questions, 0)
  from everyone e
  cross join (
    select
      sum(contributions) as contributions,
      sum(starts) as starts,
      sum(answers) as answers,
      sum(questions) as questions
    from known
  ) as k
  where e.contributions > coalesce(k.contributions, 0)
)
select
  coalesce(${personKey('person_id')}, 'anonymous') as key,
  contributions::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  person_id,
  contributions::int,
  starts::int,
  answers::int,
  questions::int,
  -- the first of each: by the number made, then by the person's id, as everywhere
  row_number() over (order by person_id is null, contributions desc, person_id) as place_by_contributions,
  row_number() over (order by person_id is null, starts desc, person_id) as place_by_starts,
  row_number() over (order by person_id is null, answers desc, person_id) as place_by_answers
from counted`,
}
