import type { Measured } from '../../../shared/contract/metric.ts'
import { countOf } from '../../../shared/format.ts'
import { countOfCases } from '../cases/case-list.ts'
import { topicCases } from '../cases/topic-cases.ts'
import { found, tooFew } from '../measured.ts'
import { missingTopics, TOPIC_RULE } from '../measure-topics.ts'
import { defineMetric } from '../metric.ts'
import { topics } from '../readings/topics.ts'
import { HOUSE_RULE, MIN_TOPICS } from '../sample-minima.ts'

/** Each quarter as [more questions than the median topic, more answers than the median topic]. */
const QUARTERS = {
  'many-asked-many-answered': [true, true],
  'many-asked-few-answered': [true, false],
  'few-asked-many-answered': [false, true],
  'few-asked-few-answered': [false, false],
} as const
type Quarter = keyof typeof QUARTERS
const NAMES = Object.keys(QUARTERS) as Quarter[]

const WORDS: Record<Quarter, string> = {
  'many-asked-many-answered': 'topics with more questions and more answers than the median topic',
  'many-asked-few-answered': 'topics with more questions than the median topic, and no more answers',
  'few-asked-many-answered': 'topics with more answers than the median topic, and no more questions',
  'few-asked-few-answered': 'topics with no more questions and no more answers than the median topic',
}

/** The middle one of a list, or halfway between the middle two. */
const median = (counts: readonly number[]): number => {
  const sorted = counts.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2
}

export const topicQuadrant = defineMetric({
  id: 'topic-quadrant',
  family: 'helping',
  title: 'Topics asked and answered',
  question: 'Where is much asked and little answered?',
  unit: 'count',
  direction: 'none',
  reading: topics,
  categories: NAMES,
  is_per_person: false,
  needs: ['questions'],
  sample_minimum: { count: MIN_TOPICS, of: 'topics with questions in the period' },
  thresholds: [],
  explanation:
    'Topics of the period by how many questions were asked in them and how many answers these got: many is more than the median topic of the period, few is as many or fewer, each by itself ' +
    `(${HOUSE_RULE}; topics that stand on the median count as few). The four counts add up to all topics with a question. ${TOPIC_RULE} ` +
    'Answers are those by someone else, whenever they came, so the latest period has had less time for them. ' +
    `Much asked and little answered is where help is missing; the cases name the topics. Shown from ${MIN_TOPICS} topics (${HOUSE_RULE}).`,
  citation: 'Barnraise house rule.',
  cases: ({ category }) => {
    if (category === null) return countOfCases(topicCases, { words: 'topics with questions in the period' })
    const [isMuchAsked, isMuchAnswered] = QUARTERS[category as Quarter]
    return countOfCases(topicCases, {
      where: `(questions > median_questions) = ${isMuchAsked} and (answers > median_answers) = ${isMuchAnswered}`,
      words: WORDS[category as Quarter],
    })
  },
  measure: (row): Record<Quarter, Measured> => {
    const all = row.questions_by_topic.length
    const asked = median(row.questions_by_topic)
    const answered = median(row.answers_by_topic)
    const measureQuarter = (quarter: Quarter): Measured => {
      const missing = missingTopics(row)
      if (missing) return missing
      if (all < MIN_TOPICS) return tooFew(`${countOf(all, 'topic')}; it takes ${MIN_TOPICS}.`, { denominator: all, n: all })
      const [isMuchAsked, isMuchAnswered] = QUARTERS[quarter]
      const count = row.questions_by_topic.filter(
        (questions, i) => questions > asked === isMuchAsked && (row.answers_by_topic[i] as number) > answered === isMuchAnswered,
      ).length
      return found(count, { numerator: count, denominator: all, n: all })
    }
    return Object.fromEntries(NAMES.map((quarter) => [quarter, measureQuarter(quarter)])) as Record<Quarter, Measured>
  },
})
