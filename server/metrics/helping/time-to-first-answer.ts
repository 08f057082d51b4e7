import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { measureWaiting } from '../measure-waiting.ts'
import { defineMetric } from '../metric.ts'
import { episodes } from '../readings/episodes.ts'
import { HOUSE_RULE, MIN_QUESTIONS_FOR_TIMES } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { questionCases } from '../cases/question-cases.ts'

/** Good up to this … */
const GOOD_HOURS = 24
/** … poor above this. */
const POOR_HOURS = 72

export const timeToFirstAnswer = defineMetric({
  id: 'time-to-first-answer',
  family: 'helping',
  title: 'Time to first answer',
  question: 'How long does someone who asks wait for an answer?',
  unit: 'hours',
  direction: 'down',
  reading: episodes,
  categories: null,
  is_per_person: false,
  needs: ['questions'],
  sample_minimum: { count: MIN_QUESTIONS_FOR_TIMES, of: 'questions' },
  thresholds: [
    { name: 'good: at most', value: GOOD_HOURS, unit: 'hours', source: HOUSE_RULE },
    { name: 'poor: above', value: POOR_HOURS, unit: 'hours', source: HOUSE_RULE },
  ],
  explanation:
    'Kaplan–Meier median of the hours from each question of the period to its first answer by someone else. Questions still open count as waiting until now; leaving them out would make the wait look shorter than it is. ' +
    'Not reached while the curve stays above one half. The 95 % interval is by Greenwood on the log(−log) scale; an end that the data do not reach is left open. ' +
    `Shown from ${MIN_QUESTIONS_FOR_TIMES} questions. Good up to ${GOOD_HOURS} hours, poor above ${POOR_HOURS} (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452. Agrees with survfit(conf.type = "log-log") of R.',
  cases: shareOf(questionCases, {
    all: { where: 'is_told', words: 'questions asked, each with the hours it waited' },
    those: { where: 'is_answered', words: 'questions with an answer by someone else so far' },
  }),
  measure: (row) => leaveElsewhereOut(measureWaiting(row, 0.5), { asked: row.question_count, elsewhere: row.elsewhere_count }),
})
