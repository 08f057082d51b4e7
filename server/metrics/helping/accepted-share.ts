import { MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { foundShare } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { ANSWER_DAYS, episodes } from '../readings/episodes.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { questionCases, RIPE } from '../cases/question-cases.ts'

export const acceptedShare = defineMetric({
  id: 'accepted-share',
  family: 'helping',
  title: 'Accepted answers',
  question: 'When someone asks, is the problem solved?',
  unit: 'share',
  direction: 'up',
  reading: episodes,
  categories: null,
  is_per_person: false,
  needs: ['questions', 'accepted_answers'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: `questions at least ${ANSWER_DAYS} days old` },
  thresholds: [],
  explanation:
    `Questions of the period with an answer that stands accepted, by the asker or a moderator ÷ questions of the period that are at least ${ANSWER_DAYS} days old, with a Wilson 95 % interval. ` +
    `An answer that somebody confirmed elsewhere, by a button or a mail, may be sent as accepted too. What an asker says on being asked whether it helped (value.reported) is not in it: only some are asked, and of those some reply, so that it stands apart, as a share of those who replied. ` +
    `Many askers never mark an answer, so it is a floor of what was solved. Under ${MIN_CASES_FOR_INTERVAL} questions the count stands alone (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(questionCases, {
    all: RIPE,
    those: { where: 'is_accepted', words: `questions at least ${ANSWER_DAYS} days old with an answer that stands accepted` },
  }),
  measure: (row) =>
    leaveElsewhereOut(
      foundShare(
        row.ripe_accepted_count,
        row.ripe_count,
        row.question_count === 0 ? 'No question was asked.' : `No question of the period is ${ANSWER_DAYS} days old yet.`,
      ),
      { asked: row.question_count, elsewhere: row.elsewhere_count },
    ),
})
