import type { MetricDescription } from '../../shared/contract/metric.ts'
import { activePeople } from './activity/active-people.ts'
import { contributions } from './activity/contributions.ts'
import { absenceFactorOfAnswers } from './concentration/absence-factor-of-answers.ts'
import { absenceFactorOfStarts } from './concentration/absence-factor-of-starts.ts'
import { absenceFactor } from './concentration/absence-factor.ts'
import { concentrationHhiOfAnswers } from './concentration/concentration-hhi-of-answers.ts'
import { concentrationHhiOfStarts } from './concentration/concentration-hhi-of-starts.ts'
import { concentrationHhi } from './concentration/concentration-hhi.ts'
import { effectiveVoicesN2OfAnswers } from './concentration/effective-voices-n2-of-answers.ts'
import { effectiveVoicesN2OfStarts } from './concentration/effective-voices-n2-of-starts.ts'
import { effectiveVoicesN2 } from './concentration/effective-voices-n2.ts'
import { effectiveVoicesOfAnswers } from './concentration/effective-voices-of-answers.ts'
import { effectiveVoicesOfStarts } from './concentration/effective-voices-of-starts.ts'
import { effectiveVoices } from './concentration/effective-voices.ts'
import { giniOfAnswers } from './concentration/gini-of-answers.ts'
import { giniOfStarts } from './concentration/gini-of-starts.ts'
import { gini } from './concentration/gini.ts'
import { hostShare } from './concentration/host-share.ts'
import { topShareOfAnswers } from './concentration/top-share-of-answers.ts'
import { topShareOfStarts } from './concentration/top-share-of-starts.ts'
import { topShare } from './concentration/top-share.ts'
import { describeCases } from './cases/describe-cases.ts'
import { contentMix } from './content-mix/content-mix.ts'
import { acceptedShareWithoutTop } from './helping/accepted-share-without-top.ts'
import { acknowledgedShare } from './helping/acknowledged-share.ts'
import { acceptedShare } from './helping/accepted-share.ts'
import { answeredByPeersShare } from './helping/answered-by-peers-share.ts'
import { answeredShareWithoutTop } from './helping/answered-share-without-top.ts'
import { answeredShare } from './helping/answered-share.ts'
import { helpersWithoutTop } from './helping/helpers-without-top.ts'
import { helpers } from './helping/helpers.ts'
import { questions } from './helping/questions.ts'
import { timeToFirstAnswerP90 } from './helping/time-to-first-answer-p90.ts'
import { timeToFirstAnswerWithoutTop } from './helping/time-to-first-answer-without-top.ts'
import { timeToFirstAnswer } from './helping/time-to-first-answer.ts'
import { topicQuadrant } from './helping/topic-quadrant.ts'
import { topicsOnOneHelper } from './helping/topics-on-one-helper.ts'
import { topicsWithTwoHelpers } from './helping/topics-with-two-helpers.ts'
import { firstSeen } from './membership/first-seen.ts'
import { growthRate } from './membership/growth-rate.ts'
import { joins } from './membership/joins.ts'
import { lapseThreshold } from './membership/lapse-threshold.ts'
import { lapsedMembers } from './membership/lapsed-members.ts'
import { leaveRate } from './membership/leave-rate.ts'
import { leavers } from './membership/leavers.ts'
import { members } from './membership/members.ts'
import { netGrowth } from './membership/net-growth.ts'
import { rejoins } from './membership/rejoins.ts'
import { newcomerActivationShare } from './newcomers/newcomer-activation-share.ts'
import { newcomerSecondContributionShare } from './newcomers/newcomer-second-contribution-share.ts'
import { newcomersAnsweredShare } from './newcomers/newcomers-answered-share.ts'
import { retentionMedian } from './retention/retention-median.ts'
import { retentionOfHelpedJoiners } from './retention/retention-of-helped-joiners.ts'
import { retentionOfUnhelpedJoiners } from './retention/retention-of-unhelped-joiners.ts'
import { retention } from './retention/retention.ts'
import { benefitShare } from './benefit/benefit-share.ts'
import { askersWhoHelpShare } from './reciprocity/askers-who-help-share.ts'
import { directReciprocity } from './reciprocity/direct-reciprocity.ts'
import { reciprocityRho } from './reciprocity/reciprocity-rho.ts'
import { twoWayShareWithoutTop } from './reciprocity/two-way-share-without-top.ts'
import { twoWayShare } from './reciprocity/two-way-share.ts'
import { weightedReciprocity } from './reciprocity/weighted-reciprocity.ts'
import { observersShare } from './observing/observers-share.ts'
import { observingLag } from './observing/observing-lag.ts'
import { practicesReused } from './practices/practices-reused.ts'
import { practicesShared } from './practices/practices-shared.ts'
import { practicesUntouchedShare } from './practices/practices-untouched-share.ts'
import { practicesViewed } from './practices/practices-viewed.ts'
import { degreeCentralisation } from './structure/degree-centralisation.ts'
import { giantComponentShare } from './structure/giant-component-share.ts'
import { helpDensity } from './structure/help-density.ts'
import type { AnyMetric } from './metric.ts'
import { exampleOf } from './worked-examples.ts'

/** Every metric there is, in the order in which pages and documents list them. A test holds it against the folders. */
export const metrics: readonly AnyMetric[] = [
  members,
  joins,
  leavers,
  netGrowth,
  growthRate,
  leaveRate,
  lapsedMembers,
  lapseThreshold,
  rejoins,
  firstSeen,
  retention,
  retentionMedian,
  retentionOfHelpedJoiners,
  retentionOfUnhelpedJoiners,
  newcomerActivationShare,
  newcomerSecondContributionShare,
  newcomersAnsweredShare,
  contributions,
  activePeople,
  contentMix,
  topShare,
  topShareOfStarts,
  topShareOfAnswers,
  hostShare,
  effectiveVoices,
  effectiveVoicesOfStarts,
  effectiveVoicesOfAnswers,
  effectiveVoicesN2,
  effectiveVoicesN2OfStarts,
  effectiveVoicesN2OfAnswers,
  concentrationHhi,
  concentrationHhiOfStarts,
  concentrationHhiOfAnswers,
  gini,
  giniOfStarts,
  giniOfAnswers,
  absenceFactor,
  absenceFactorOfStarts,
  absenceFactorOfAnswers,
  questions,
  answeredShare,
  answeredShareWithoutTop,
  answeredByPeersShare,
  acceptedShare,
  acceptedShareWithoutTop,
  acknowledgedShare,
  timeToFirstAnswer,
  timeToFirstAnswerWithoutTop,
  timeToFirstAnswerP90,
  helpers,
  helpersWithoutTop,
  topicsWithTwoHelpers,
  topicsOnOneHelper,
  topicQuadrant,
  twoWayShare,
  twoWayShareWithoutTop,
  askersWhoHelpShare,
  directReciprocity,
  reciprocityRho,
  weightedReciprocity,
  observersShare,
  observingLag,
  practicesShared,
  practicesViewed,
  practicesReused,
  practicesUntouchedShare,
  giantComponentShare,
  helpDensity,
  degreeCentralisation,
  benefitShare,
]

/** What the API and the pages say about a metric: all of its file but the query and the arithmetic. */
export const describeMetric = (metric: AnyMetric): MetricDescription => ({
  id: metric.id,
  family: metric.family,
  title: metric.title,
  question: metric.question,
  unit: metric.unit,
  direction: metric.direction,
  categories: metric.categories ? [...metric.categories] : null,
  reads: [...metric.reading.tables],
  needs: [...metric.needs],
  sample_minimum: metric.sample_minimum,
  thresholds: [...metric.thresholds],
  explanation: metric.explanation,
  citation: metric.citation,
  cases: describeCases(metric.cases),
  example: exampleOf(metric.id),
})
