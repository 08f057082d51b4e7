import { formatPercent, MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { foundShare } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { ANSWER_DAYS, episodes } from '../readings/episodes.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { questionCases, RIPE } from '../cases/question-cases.ts'

/** Good when the lower end of the interval reaches this … */
const GOOD_SHARE = 0.8
/** … poor when the upper end lies below this. */
const POOR_SHARE = 0.6

export const answeredShare = defineMetric({
  id: 'answered-share',
  family: 'helping',
  title: `Answered within ${ANSWER_DAYS} days`,
  question: 'When someone asks, does someone answer?',
  unit: 'share',
  direction: 'up',
  reading: episodes,
  categories: null,
  is_per_person: false,
  needs: ['questions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: `questions at least ${ANSWER_DAYS} days old` },
  thresholds: [
    { name: 'good: lower end at least', value: GOOD_SHARE, unit: 'share', source: HOUSE_RULE },
    { name: 'poor: upper end below', value: POOR_SHARE, unit: 'share', source: HOUSE_RULE },
  ],
  explanation:
    `Questions of the period with at least one answer by someone else within ${ANSWER_DAYS} days ÷ questions of the period that are at least ${ANSWER_DAYS} days old, with a Wilson 95 % interval. ` +
    'An asker\'s own follow-up and a bare "thanks" are not answers. Younger questions are left out, because they have not had their time yet. ' +
    `Under ${MIN_CASES_FOR_INTERVAL} questions the count stands alone. Good when the lower end is at least ${formatPercent(GOOD_SHARE)}, poor when the upper end is below ${formatPercent(POOR_SHARE)} (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(questionCases, {
    all: RIPE,
    those: {
      where: 'is_answered_in_time',
      words: `questions at least ${ANSWER_DAYS} days old that someone else answered within ${ANSWER_DAYS} days`,
    },
  }),
  measure: (row) =>
    leaveElsewhereOut(
      foundShare(
        row.ripe_answered_count,
        row.ripe_count,
        row.question_count === 0 ? 'No question was asked.' : `No question of the period is ${ANSWER_DAYS} days old yet.`,
      ),
      { asked: row.question_count, elsewhere: row.elsewhere_count },
    ),
})
