import { MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { defineWithoutTop, topCountOf } from '../define-without-top.ts'
import { foundShare } from '../measured.ts'
import { ANSWER_DAYS } from '../readings/episodes.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { questionsWithoutTop } from '../cases/without-top-cases.ts'

export const answeredShareWithoutTop = defineWithoutTop({
  id: 'answered-share-without-top',
  family: 'helping',
  title: `Answered within ${ANSWER_DAYS} days, without the top helpers`,
  question: 'Would those who ask still be answered if the busiest helpers were gone?',
  unit: 'share',
  needs: ['questions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: `questions at least ${ANSWER_DAYS} days old` },
  explanation:
    `Questions of the period with at least one answer by someone else within ${ANSWER_DAYS} days ÷ questions of the period that are at least ${ANSWER_DAYS} days old, with a Wilson 95 % interval. ` +
    `Under ${MIN_CASES_FOR_INTERVAL} questions the count stands alone (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: ({ category }) =>
    shareOf(questionsWithoutTop[topCountOf(category ?? 'top-1')], {
      all: { where: 'is_ripe', words: `questions by those who are left, at least ${ANSWER_DAYS} days old` },
      those: { where: 'is_answered_in_time', words: `those of them that someone left answered within ${ANSWER_DAYS} days` },
    }),
  measureLeft: (left) =>
    leaveElsewhereOut(
      foundShare(
        left.ripe_answered_count,
        left.ripe_count,
        left.question_count === 0 ? 'Nobody else asked a question.' : `No question left is ${ANSWER_DAYS} days old yet.`,
      ),
      { asked: left.question_count + left.elsewhere_count, elsewhere: left.elsewhere_count },
    ),
})
