import type { ClientBase, Pool } from 'pg'
import { readPeriods, type ReadParams } from '../../metrics/measure-periods.ts'
import { DAY_PERIOD_CTE, PERIOD_CTE } from '../../metrics/reading.ts'
import { type ContentMixCounts, contentMixCounts } from '../../metrics/readings/content-mix-counts.ts'
import { ANSWER_DAYS, type Episodes, episodes } from '../../metrics/readings/episodes.ts'
import { type HostCounts, hostCounts } from '../../metrics/readings/host-counts.ts'
import { type PersonCounts, personCounts } from '../../metrics/readings/person-counts.ts'
import { type TalkCounts, talkCounts } from '../../metrics/readings/talk-counts.ts'
import { newsAuthor } from './news-author.ts'

/** What is counted in a window, as known at its end. */
export type WindowCounts = {
  mix: ContentMixCounts
  people: PersonCounts
  hosts: HostCounts
  episodes: Pick<Episodes, 'question_count' | 'ripe_count' | 'ripe_answered_count'>
  talk: TalkCounts
  news_by_top_author: number | null
}

/** From contributions, whatever the rollups hold. */
export const readWindowCounts = async (db: Pool | ClientBase, params: ReadParams): Promise<WindowCounts[]> => {
  // one after another: a client runs one statement at a time
  const mixes = await readPeriods(db, contentMixCounts, params)
  const people = await readPeriods(db, personCounts, params)
  const hosts = await readPeriods(db, hostCounts, params)
  const helps = await readPeriods(db, episodes, params)
  const talks = await readPeriods(db, talkCounts, params)
  const news = await readPeriods(db, newsAuthor, params)
  return params.periods.map((_, i) => {
    const at = <Row>(rows: Row[]) => rows[i] as Row
    const { question_count, ripe_count, ripe_answered_count } = at(helps)
    return {
      mix: at(mixes),
      people: at(people),
      hosts: at(hosts),
      episodes: { question_count, ripe_count, ripe_answered_count },
      talk: at(talks),
      news_by_top_author: at(news).news_by_top_author,
    }
  })
}

const COUNTS = [
  'contribution_count',
  'anonymous_count',
  'start_count',
  'answer_count',
  'question_count',
  'word_count',
  'artefact_word_count',
  'document_word_count',
] as const
const CATEGORIES = ['help', 'discussion', 'broadcast', 'news', 'work', 'other'] as const
type Totals = Record<(typeof COUNTS)[number] | (typeof CATEGORIES)[number], number>

const TOTALS = `-- grain: one row a window with contributions
with ${DAY_PERIOD_CTE},
part as (
  select
    p.period_no,
    ${COUNTS.map((name) => `d.${name}`).join(', ')},
    ${CATEGORIES.map((name) => `d.${name}_count as ${name}`).join(', ')}
  from period p
  join contribution_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  union all
  select
    p.period_no,
    d.sign,
    case when d.person_id is null then d.sign else 0 end,
    case when d.is_start then d.sign else 0 end,
    case when d.is_answer then d.sign else 0 end,
    case when d.kind = 'question' then d.sign else 0 end,
    d.sign * d.word_count,
    d.sign * d.artefact_word_count,
    d.sign * d.document_word_count,
    ${CATEGORIES.map((name) => `case when d.category = '${name}' then d.sign else 0 end`).join(',\n    ')}
  from period p
  join window_difference d on d.to_on = p.to_on
)
select
  period_no,
  ${[...COUNTS, ...CATEGORIES].map((name) => `sum(${name})::int as ${name}`).join(',\n  ')}
from part
group by period_no
having sum(contribution_count) > 0`

type People = { ids: string[]; contributions: number[]; starts: number[]; answers: number[]; questions: number[]; top_news: number }

// json, because a driver takes lists apart letter by letter
const PEOPLE = `-- grain: one row a window with contributions by people known
with ${DAY_PERIOD_CTE},
part as (
  select p.period_no, d.person_id, d.contribution_count, d.start_count, d.answer_count, d.question_count, d.news_count
  from period p
  join person_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  union all
  select
    p.period_no,
    d.person_id,
    d.sign,
    case when d.is_start then d.sign else 0 end,
    case when d.is_answer then d.sign else 0 end,
    case when d.kind = 'question' then d.sign else 0 end,
    case when d.is_news then d.sign else 0 end
  from period p
  join window_difference d on d.to_on = p.to_on and d.person_id is not null
),
by_person as (
  select
    period_no,
    person_id,
    sum(contribution_count) as contributions,
    sum(start_count) as starts,
    sum(answer_count) as answers,
    sum(question_count) as questions,
    sum(news_count) as news
  from part
  group by period_no, person_id
  having sum(contribution_count) > 0
),
ordered as (
  select * from by_person order by period_no, contributions desc, person_id
)
select
  period_no,
  json_agg(person_id) as ids,
  json_agg(contributions) as contributions,
  json_agg(starts) as starts,
  json_agg(answers) as answers,
  json_agg(questions) as questions,
  max(news)::int as top_news
from ordered
group by period_no`

type Hosts = { ids: string[]; contributions: number[] }

const HOSTS = `-- grain: one row a window with contributions in threads of people known
with ${DAY_PERIOD_CTE},
part as (
  select p.period_no, d.host_id, d.contribution_count
  from period p
  join host_day d on d.community_id = $1 and d.day_on >= p.from_on and d.day_on < p.to_on
  union all
  select p.period_no, d.host_id, d.sign
  from period p
  join window_difference d on d.to_on = p.to_on and d.host_id is not null
),
by_host as (
  select period_no, host_id, sum(contribution_count) as contributions
  from part
  group by period_no, host_id
  having sum(contribution_count) > 0
),
ordered as (
  select * from by_host order by period_no, contributions desc, host_id
)
select period_no, json_agg(host_id) as ids, json_agg(contributions) as contributions
from ordered
group by period_no`

const EPISODES = `-- grain: one row a window with questions
with ${PERIOD_CTE},
episode as (
  select p.period_no, p.known_by, 1 as sign, e.asked_at, e.first_answered_at
  from period p
  join help_episode e on e.community_id = $1 and e.asked_at >= p.starts_at and e.asked_at < p.ends_at
  union all
  select p.period_no, p.known_by, d.sign, d.asked_at, d.first_answered_at
  from period p
  join window_episode_difference d on d.to_on = p.to_on
)
select
  period_no,
  sum(sign)::int as question_count,
  coalesce(sum(sign) filter (where is_ripe), 0)::int as ripe_count,
  coalesce(sum(sign) filter (where is_ripe and first_answered_at < known_by and waited <= interval '${ANSWER_DAYS * 24} hours'), 0)::int
    as ripe_answered_count
from episode
cross join lateral (
  select asked_at <= known_by - interval '${ANSWER_DAYS * 24} hours' as is_ripe, first_answered_at - asked_at as waited
) as age
group by period_no
having sum(sign) > 0`

/** The same from rollups that hold all there is, and what differed at the windows' ends: see `readWindowDifferences`. */
export const readWindowCountsNow = async (client: ClientBase, params: ReadParams): Promise<WindowCounts[]> => {
  const read = async <Row>(sql: string): Promise<(Row | undefined)[]> => {
    const found = await client.query<Row & { period_no: number }>(sql, periodParams(params))
    const rows: (Row | undefined)[] = params.periods.map(() => undefined)
    for (const row of found.rows) rows[row.period_no - 1] = row
    return rows
  }
  const totals = await read<Totals>(TOTALS)
  const people = await read<People>(PEOPLE)
  const hosts = await read<Hosts>(HOSTS)
  const helps = await read<WindowCounts['episodes']>(EPISODES)
  return params.periods.map((_, i) => assemble(totals[i], people[i], hosts[i], helps[i]))
}

/** The parameters of PERIOD_CTE. */
export const periodParams = ({ communityId, timeZone, knownBy, periods }: ReadParams): unknown[] => [
  communityId,
  periods.map((period) => period.from_on),
  periods.map((period) => period.to_on),
  periods.map((period) => period.is_as_known_then),
  knownBy,
  timeZone,
]

const assemble = (
  totals: Totals | undefined,
  people: People | undefined,
  hosts: Hosts | undefined,
  helps: WindowCounts['episodes'] | undefined,
): WindowCounts => ({
  mix: totals ? (Object.fromEntries(CATEGORIES.map((name) => [name, totals[name]])) as ContentMixCounts) : contentMixCounts.empty,
  people: {
    contribution_count: totals?.contribution_count ?? 0,
    anonymous_count: totals?.anonymous_count ?? 0,
    start_count: totals?.start_count ?? 0,
    answer_count: totals?.answer_count ?? 0,
    person_ids: people?.ids ?? [],
    contributions_by_person: people?.contributions ?? [],
    starts_by_person: people?.starts ?? [],
    answers_by_person: people?.answers ?? [],
  },
  hosts: {
    contribution_count: totals?.contribution_count ?? 0,
    contributions_by_host: hosts?.contributions ?? [],
    host_ids: hosts?.ids ?? [],
  },
  episodes: helps
    ? { question_count: helps.question_count, ripe_count: helps.ripe_count, ripe_answered_count: helps.ripe_answered_count }
    : { question_count: 0, ripe_count: 0, ripe_answered_count: 0 },
  talk: {
    word_count: totals?.word_count ?? 0,
    artefact_word_count: totals?.artefact_word_count ?? 0,
    document_word_count: totals?.document_word_count ?? 0,
    question_count: totals?.question_count ?? 0,
    question_count_of_top_answerer: people ? questionsOfTopAnswerer(people) : 0,
  },
  news_by_top_author: people?.top_news || null,
})

/** Of equals the one with the smallest id. */
const questionsOfTopAnswerer = ({ ids, answers, questions }: People): number => {
  let top = -1
  for (const [i, count] of answers.entries()) {
    const most = top === -1 ? 0 : (answers[top] as number)
    if (count > most || (count === most && top !== -1 && (ids[i] as string) < (ids[top] as string))) top = i
  }
  return top === -1 ? 0 : (questions[top] as number)
}
