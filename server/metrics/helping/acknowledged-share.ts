import { MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { shareOf } from '../cases/case-list.ts'
import { questionCases, RIPE } from '../cases/question-cases.ts'
import { foundShare, unknown } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { acknowledgements } from '../readings/acknowledgements.ts'
import { ANSWER_DAYS } from '../readings/episodes.ts'
import { HOUSE_RULE } from '../sample-minima.ts'

export const acknowledgedShare = defineMetric({
  id: 'acknowledged-share',
  family: 'helping',
  title: 'Thanked for',
  question: 'When someone is helped, do they say thanks?',
  unit: 'share',
  direction: 'up',
  reading: acknowledgements,
  categories: null,
  is_per_person: false,
  needs: ['questions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: `questions at least ${ANSWER_DAYS} days old` },
  thresholds: [],
  explanation:
    `Questions of the period whose asker thanked, or said that it worked, after somebody else had answered ÷ questions of the period that are at least ${ANSWER_DAYS} days old, with a Wilson 95 % interval. ` +
    'Thanks are a message of the asker in the thread that thanks alone, or begins or ends with thanks or with word that it worked, and asks nothing; thanks in advance do not count. They are recognised from the text in English, German, French, Spanish and Portuguese. ' +
    'It is no confirmation: people thank out of courtesy, and who marks an answer as accepted often says nothing, so it stands beside the accepted answers and is never counted together with them. ' +
    `Where no text was received it is not available. Under ${MIN_CASES_FOR_INTERVAL} questions the count stands alone (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(questionCases, {
    all: RIPE,
    those: { where: 'is_acknowledged', words: `questions at least ${ANSWER_DAYS} days old whose asker thanked after an answer` },
  }),
  measure: (row) =>
    row.question_count > 0 && row.worded_count === 0
      ? unknown('Not available: no text of the questions was received, so nothing shows who thanked.')
      : leaveElsewhereOut(
          foundShare(
            row.ripe_acknowledged_count,
            row.ripe_count,
            row.question_count === 0 ? 'No question was asked.' : `No question of the period is ${ANSWER_DAYS} days old yet.`,
          ),
          { asked: row.question_count, elsewhere: row.elsewhere_count },
        ),
})
