import { ANSWER_DAYS } from '../readings/episodes.ts'
import { TOP_COUNTS, type TopCount } from '../readings/without-top-ctes.ts'
import { type CaseList, personKey } from './case-list.ts'

/** The k people who gave most answers in the period; at the same number the smaller id goes first. */
const topCte = (k: TopCount) => `top_helper as (
  select d.person_id
  from period p
  join person_day d
    on d.community_id = $1
    and d.day_on >= p.from_on
    and d.day_on < p.to_on
  group by d.person_id
  having sum(d.answer_count) > 0
  order by sum(d.answer_count) desc, d.person_id
  limit ${k}
)`

const questionList = (k: TopCount): CaseList => ({
  id: `question-without-top-${k}-cases`,
  kind: 'questions',
  grain: 'one row a question asked in the period by someone who is left, with the answers of those who are left',
  tables: ['person_day', 'help_episode', 'contribution', 'acceptance'],
  columns: [
    { id: 'asked_at', title: 'Asked', format: 'time' },
    { id: 'asker_id', title: 'By', format: 'person' },
    { id: 'channel', title: 'Topic', format: 'text' },
    { id: 'first_answered_at', title: 'First answer left', format: 'time' },
    { id: 'waited_hours', title: 'Waited, hours', format: 'hours' },
    { id: 'is_answered', title: 'Answered', format: 'yes_no' },
    { id: 'is_accepted', title: 'Accepted', format: 'yes_no' },
  ],
  sql: `with ${topCte(k)},
question as (
  select p.known_by, q.*, answered.first_left_at, coalesce(accepted.is_left, false) as is_accepted
  from period p
  join help_episode q
    on q.community_id = $1
    and q.asked_at >= p.starts_at
    and q.asked_at < p.ends_at
    and (q.asker_id is null or q.asker_id not in (select person_id from top_helper))
  left join lateral (
    select min(c.occurred_at) as first_left_at
    from contribution c
    where c.community_id = $1
      and c.question_key = q.question_key
      and c.is_counted
      and (c.person_id is null or c.person_id not in (select person_id from top_helper))
  ) as answered on true
  -- one question after the other: all acceptances there are would be read for the few of a period
  left join lateral (
    select true as is_left
    from acceptance s
    join contribution c on c.community_id = $1 and c.event_key = s.answer_key and c.is_counted
    where s.community_id = $1
      and s.question_key = q.question_key
      and s.unaccepted_at is null
      and (c.person_id is null or c.person_id not in (select person_id from top_helper))
    limit 1
  ) as accepted on q.accepted_at is not null
)
select
  question_key::text as key,
  extract(epoch from asked_at) as sort,
  question_key as place_key,
  url,
  asked_at,
  asker_id,
  channel,
  first_left_at as first_answered_at,
  extract(epoch from coalesce(first_left_at, known_by) - asked_at)::float8 / 3600 as waited_hours,
  first_left_at is not null as is_answered,
  is_accepted,
  not is_answered_elsewhere as is_told,
  not is_answered_elsewhere and asked_at <= known_by - interval '${ANSWER_DAYS * 24} hours' as is_ripe,
  coalesce(first_left_at <= asked_at + interval '${ANSWER_DAYS * 24} hours', false) as is_answered_in_time
from question`,
})

const personList = (k: TopCount): CaseList => ({
  id: `help-person-without-top-${k}-cases`,
  kind: 'people',
  grain: 'one row a person who is left and helped, or was helped by, others who are left',
  tables: ['person_day', 'help_edge'],
  columns: [
    { id: 'person_id', title: 'Who', format: 'person' },
    { id: 'gave', title: 'Questions helped with', format: 'count' },
    { id: 'received', title: 'Help received', format: 'count' },
  ],
  sql: `with ${topCte(k)},
edge as (
  select e.helper_id, e.asker_id
  from period p
  join help_edge e
    on e.community_id = $1
    and e.first_at >= p.starts_at
    and e.first_at < p.ends_at
    and e.asker_id <> e.helper_id
  where e.helper_id not in (select person_id from top_helper)
    and e.asker_id not in (select person_id from top_helper)
)
select
  ${personKey('person_id')} as key,
  sum(gave)::numeric as sort,
  null::uuid as place_key,
  null::text as url,
  person_id,
  sum(gave)::int as gave,
  sum(received)::int as received
from (
  select helper_id as person_id, 1 as gave, 0 as received from edge
  union all
  select asker_id, 0, 1 from edge
) as side
group by person_id`,
})

const everyK = (list: (k: TopCount) => CaseList) => Object.fromEntries(TOP_COUNTS.map((k) => [k, list(k)])) as Record<TopCount, CaseList>

/** The questions of a period without those that the top k helpers asked, and without the answers they gave. */
export const questionsWithoutTop = everyK(questionList)

/** Who gave and received help in a period, among those who are not the top k helpers. */
export const helpPeopleWithoutTop = everyK(personList)
