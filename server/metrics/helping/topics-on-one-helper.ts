import { formatPercent, MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { shareOf } from '../cases/case-list.ts'
import { topicCases } from '../cases/topic-cases.ts'
import { measureTopicHelpers, TOPIC_RULE } from '../measure-topics.ts'
import { defineMetric } from '../metric.ts'
import { topics } from '../readings/topics.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_ANSWERED_IN_TOPIC } from '../sample-minima.ts'

export const topicsOnOneHelper = defineMetric({
  id: 'topics-on-one-helper',
  family: 'helping',
  title: 'Topics that hang on one helper',
  question: 'Which topics would fall silent if one person left?',
  unit: 'share',
  direction: 'down',
  reading: topics,
  categories: null,
  is_per_person: true,
  needs: ['questions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: `topics with at least ${MIN_ANSWERED_IN_TOPIC} answered questions` },
  thresholds: [],
  explanation:
    `Topics in which all answers came from the same person ÷ topics with at least ${MIN_ANSWERED_IN_TOPIC} answered questions (${HOUSE_RULE}: with fewer, one helper may be chance), with a Wilson 95 % interval. ` +
    `${TOPIC_RULE} Counted are the questions asked in the period and all their answers by someone else, whenever they came; all anonymous people count as one. ` +
    `Under ${MIN_CASES_FOR_INTERVAL} topics the count stands alone; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the period’s contributions are anonymous (${HOUSE_RULE}).`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(topicCases, {
    all: { where: `answered >= ${MIN_ANSWERED_IN_TOPIC}`, words: `topics with at least ${MIN_ANSWERED_IN_TOPIC} answered questions` },
    those: {
      where: 'helpers = 1',
      words: `topics with at least ${MIN_ANSWERED_IN_TOPIC} answered questions in which one person gave all answers`,
    },
  }),
  measure: (row) => measureTopicHelpers(row, (helpers) => helpers === 1),
})
