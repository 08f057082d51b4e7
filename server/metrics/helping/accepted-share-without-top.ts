import { MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { defineWithoutTop, topCountOf } from '../define-without-top.ts'
import { foundShare } from '../measured.ts'
import { ANSWER_DAYS } from '../readings/episodes.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { questionsWithoutTop } from '../cases/without-top-cases.ts'

export const acceptedShareWithoutTop = defineWithoutTop({
  id: 'accepted-share-without-top',
  family: 'helping',
  title: 'Accepted answers, without the top helpers',
  question: 'Would problems still be solved if the busiest helpers were gone?',
  unit: 'share',
  needs: ['questions', 'accepted_answers'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: `questions at least ${ANSWER_DAYS} days old` },
  explanation:
    `Questions of the period with an answer that stands accepted, by the asker or a moderator ÷ questions of the period that are at least ${ANSWER_DAYS} days old, with a Wilson 95 % interval. ` +
    `Many askers never mark an answer, and most mark one only, so it is a floor of what was solved. Under ${MIN_CASES_FOR_INTERVAL} questions the count stands alone (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: ({ category }) =>
    shareOf(questionsWithoutTop[topCountOf(category ?? 'top-1')], {
      all: { where: 'is_ripe', words: `questions by those who are left, at least ${ANSWER_DAYS} days old` },
      those: { where: 'is_accepted', words: 'those of them with an accepted answer by someone left' },
    }),
  measureLeft: (left) =>
    leaveElsewhereOut(
      foundShare(
        left.ripe_accepted_count,
        left.ripe_count,
        left.question_count === 0 ? 'Nobody else asked a question.' : `No question left is ${ANSWER_DAYS} days old yet.`,
      ),
      { asked: left.question_count + left.elsewhere_count, elsewhere: left.elsewhere_count },
    ),
})
