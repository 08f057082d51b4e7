import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { checkAnsweringVoices, checkTopAnswerer, withholdIfAnonymous } from '../answer-check.ts'
import { checkCount } from '../count-check.ts'
import { distributionOf } from '../distribution.ts'
import { checkEnoughData } from '../little-data.ts'
import { checkMixShare } from '../mix-check.ts'
import type { Check, Rule } from '../rule.ts'
import { sayCount, wasOrWere } from '../say-count.ts'
import { checkShare } from '../share-check.ts'
import { THRESHOLDS } from '../thresholds.ts'
import type { WindowFacts } from '../window-facts.ts'

/** Verdict 7: members hold their knowledge in common and use it to solve each other's problems. */
export const community: Rule = {
  id: 'community',
  verdict: 'community',
  title: 'Community',
  absence: 'Not yet a community',
  deciding: ['answered-share', 'top-share-of-answers', 'helpers'],
  test: (facts) => [
    checkMixShare(facts, {
      metric: 'content-mix:help+discussion',
      label: 'Share of help and discussion',
      alternative: 0,
      k: facts.mix.help + facts.mix.discussion,
      comparison: 'at_least',
      percent: facts.house.thresholds.community_talk,
      says: (share, verb) => `${share} ${verb} help or discussion`,
      part: ['contribution of help or discussion', 'contributions of help or discussion'],
    }),
    checkMixShare(facts, {
      metric: 'content-mix:help',
      label: 'Share of help',
      alternative: 0,
      k: facts.mix.help,
      comparison: 'at_least',
      percent: facts.house.thresholds.community_help,
      says: (share, verb) => `${share} ${verb} help`,
      part: ['question or answer', 'questions or answers'],
    }),
    checkAnswered(facts),
    withholdIfAnonymous(facts, checkTopAnswerer(facts, 'below', facts.house.thresholds.community_top_answerer)),
    withholdIfAnonymous(facts, checkAnsweringVoices(facts, facts.house.thresholds.community_voices)),
    checkHelpers(facts),
    ...checkEnoughData(facts),
  ],
  sentence: ({ people }) =>
    distributionOf(people.answers_by_person).people >= THRESHOLDS.community_helpers.value
      ? 'It is a community: members ask, and many of them answer each other.'
      : 'It is a community by its own thresholds: members ask, and some of them answer.',
}

/** Of the questions that have had seven days: those answered by someone else within seven. No such question, no pass. */
const checkAnswered = (facts: WindowFacts, { episodes } = facts): Check =>
  checkShare({
    metric: 'answered-share',
    label: `Questions answered within ${ANSWER_DAYS} days`,
    alternative: 0,
    k: episodes.ripe_answered_count,
    n: episodes.ripe_count,
    comparison: 'at_least',
    percent: facts.house.thresholds.community_answered,
    is_conversion: true,
    noun: ['question', 'questions'],
    says: (share) => `${share} ${wasOrWere(episodes.ripe_answered_count)} answered within ${ANSWER_DAYS} days`,
    without:
      episodes.question_count === 0
        ? 'Nobody asked a question, so none could be answered'
        : `No question is ${ANSWER_DAYS} days old yet, so how many are answered cannot be told`,
    part: [`question answered within ${ANSWER_DAYS} days`, `questions answered within ${ANSWER_DAYS} days`],
    rest: ['question left unanswered', 'questions left unanswered'],
  })

const checkHelpers = (facts: WindowFacts): Check => {
  const helpers = distributionOf(facts.people.answers_by_person).people
  return checkCount({
    metric: 'helpers',
    label: 'People who answered somebody',
    alternative: 0,
    unit: 'people',
    observed: helpers,
    comparison: 'at_least',
    threshold: facts.house.thresholds.community_helpers,
    says: () => `${helpers === 0 ? 'Nobody' : sayCount(helpers, ['person', 'people'])} answered somebody else`,
    noun: ['person who answers', 'people who answer'],
  })
}
