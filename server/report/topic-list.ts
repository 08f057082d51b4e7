import type { Pool } from 'pg'
import type { Topic, Topics } from '../../shared/contract/helping.ts'
import type { Measured } from '../../shared/contract/metric.ts'
import { casesWithoutChats } from '../metrics/cases/cases-without-chats.ts'
import { countOfCases } from '../metrics/cases/case-list.ts'
import { type CasePeriod, periodParameters } from '../metrics/cases/read-cases.ts'
import { topicCases } from '../metrics/cases/topic-cases.ts'
import { PERIOD_CTE } from '../metrics/reading.ts'
import { MIN_ANSWERED_IN_TOPIC, MIN_TOPICS } from '../metrics/sample-minima.ts'

type Row = Pick<Topic, 'channel' | 'questions' | 'answered' | 'answers' | 'helpers'> & {
  median_questions: number
  median_answers: number
  topic_count: number
  all_questions: number
  all_answered: number
  all_answers: number
}

export type TopicPoints = { quarters: Topics['quarters']; onOneHelper: Measured }

/** Says nothing of topics beyond what the metrics say. */
export const noTopics = ({ quarters, onOneHelper }: TopicPoints): Topics => ({
  quarters,
  on_one_helper: onOneHelper,
  topic_count: 0,
  named_question_count: 0,
  boundary: null,
  topics: [],
  others: null,
})

/**
 * The `limit` topics of a period in which most was asked, and the others together: rows of the same list as the cases of the
 * metrics of topics. `isWithoutChats` where those leave flat chats out.
 */
export const readTopics = async (
  pool: Pool,
  period: CasePeriod,
  { limit, isWithoutChats }: { limit: number; isWithoutChats: boolean },
  points: TopicPoints,
): Promise<Topics> => {
  const list = listOf(isWithoutChats)
  const { rows } = await pool.query<Row>(
    `with ${PERIOD_CTE},
${list.ctes === undefined ? '' : `${list.ctes},\n`}listed as (
  ${list.sql}
)
select
  channel,
  questions,
  answered,
  answers,
  helpers,
  median_questions,
  median_answers,
  count(*) over ()::int as topic_count,
  (sum(questions) over ())::int as all_questions,
  (sum(answered) over ())::int as all_answered,
  (sum(answers) over ())::int as all_answers
from listed
order by questions desc, answers, channel collate "C"
limit $7`,
    [...periodParameters(period), limit],
  )
  const [first] = rows
  if (first === undefined) return noTopics(points)
  const canSet = first.topic_count >= MIN_TOPICS
  const canTellHelpers = points.onOneHelper.status !== 'withheld'
  const topics = rows.map(
    (row): Topic => ({
      channel: row.channel,
      questions: row.questions,
      answered: row.answered,
      answers: row.answers,
      helpers: row.helpers,
      quarter: canSet ? quarterOf(row) : null,
      hangs_on_one: canTellHelpers && row.answered >= MIN_ANSWERED_IN_TOPIC ? row.helpers === 1 : null,
    }),
  )
  const left = (all: number, of: 'questions' | 'answered' | 'answers') => all - topics.reduce((sum, topic) => sum + topic[of], 0)
  return {
    quarters: points.quarters,
    on_one_helper: points.onOneHelper,
    topic_count: first.topic_count,
    named_question_count: first.all_questions,
    boundary: canSet ? { questions: first.median_questions, answers: first.median_answers } : null,
    topics,
    others:
      first.topic_count === topics.length
        ? null
        : {
            topic_count: first.topic_count - topics.length,
            questions: left(first.all_questions, 'questions'),
            answered: left(first.all_answered, 'answered'),
            answers: left(first.all_answers, 'answers'),
          },
  }
}

const quarterOf = (row: Row) =>
  `${row.questions > row.median_questions ? 'many' : 'few'}-asked-${row.answers > row.median_answers ? 'many' : 'few'}-answered` as const

const listOf = (isWithoutChats: boolean) => {
  if (!isWithoutChats) return topicCases
  const cases = casesWithoutChats(countOfCases(topicCases, { words: 'topics' }))
  return 'set' in cases ? cases.set.list : topicCases
}
