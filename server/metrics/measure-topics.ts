import type { Measured } from '../../shared/contract/metric.ts'
import { countOf } from '../../shared/format.ts'
import { foundShare, notApplicable, unknown } from './measured.ts'
import type { Topics } from './readings/topics.ts'
import { MIN_ANSWERED_IN_TOPIC } from './sample-minima.ts'

/** What a topic is, for explanations. */
export const TOPIC_RULE = 'A topic is the channel, board or category in which a question was asked; questions that name none are left out.'

/** Why nothing can be said of topics in a period; null where it has some. */
export const missingTopics = ({ question_count, questions_by_topic }: Topics): Measured | null => {
  if (question_count === 0) return notApplicable('No question was asked.')
  if (questions_by_topic.length > 0) return null
  return unknown(
    question_count === 1
      ? 'The question of the period does not say in which channel it was asked.'
      : `None of the ${countOf(question_count, 'question')} says in which channel it was asked.`,
  )
}

/** Of the topics with enough answered questions, the share with a number of helpers that fits. */
export const measureTopicHelpers = (row: Topics, fits: (helpers: number) => boolean): Measured => {
  const missing = missingTopics(row)
  if (missing) return missing
  const helpers = row.helpers_by_topic.filter((_, i) => (row.answered_by_topic[i] as number) >= MIN_ANSWERED_IN_TOPIC)
  return foundShare(helpers.filter(fits).length, helpers.length, `No topic has ${MIN_ANSWERED_IN_TOPIC} answered questions in the period.`)
}
