import { formatPercent, MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { shareOf } from '../cases/case-list.ts'
import { peerQuestionCases } from '../cases/peer-question-cases.ts'
import { RIPE } from '../cases/question-cases.ts'
import { foundShare, unknown } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { ANSWER_DAYS } from '../readings/episodes.ts'
import { peerAnswers } from '../readings/peer-answers.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE } from '../sample-minima.ts'

export const answeredByPeersShare = defineMetric({
  id: 'answered-by-peers-share',
  family: 'helping',
  title: `Answered by peers within ${ANSWER_DAYS} days`,
  question: 'When someone asks, does a member answer who is not paid or asked to?',
  unit: 'share',
  direction: 'up',
  reading: peerAnswers,
  categories: null,
  is_per_person: true,
  needs: ['questions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: `questions at least ${ANSWER_DAYS} days old` },
  thresholds: [],
  explanation:
    `Questions of the period with at least one answer within ${ANSWER_DAYS} days by someone else who is no facilitator ÷ questions of the period that are at least ${ANSWER_DAYS} days old, with a Wilson 95 % interval. ` +
    'Facilitators are the people named by the managers of the community, with all their accounts; who is named now counts as one at all times. Until somebody is named there is no number. ' +
    'An anonymous answer may be a facilitator’s, so it does not count; a question that a facilitator asks does. A question that a facilitator and a peer answered is answered by a peer. ' +
    `Under ${MIN_CASES_FOR_INTERVAL} questions the count stands alone; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the period’s contributions are anonymous (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(peerQuestionCases, {
    all: RIPE,
    those: {
      where: 'is_answered_by_peer',
      words: `questions at least ${ANSWER_DAYS} days old that someone known who is no facilitator answered within ${ANSWER_DAYS} days`,
    },
  }),
  measure: (row) => {
    if (row.question_count > 0 && row.facilitator_count === 0)
      return unknown('Nobody is named a facilitator of this community; its managers can name them.')
    return leaveElsewhereOut(
      foundShare(
        row.ripe_answered_by_peers_count,
        row.ripe_count,
        row.question_count === 0 ? 'No question was asked.' : `No question of the period is ${ANSWER_DAYS} days old yet.`,
      ),
      { asked: row.question_count, elsewhere: row.elsewhere_count },
    )
  },
})
