import { formatPercent } from '../../../shared/format.ts'
import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { measureWaiting } from '../measure-waiting.ts'
import { defineMetric } from '../metric.ts'
import { episodes } from '../readings/episodes.ts'
import { HOUSE_RULE, MIN_QUESTIONS_FOR_TIMES } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { questionCases } from '../cases/question-cases.ts'

const SHARE_ANSWERED = 0.9

export const timeToFirstAnswerP90 = defineMetric({
  id: 'time-to-first-answer-p90',
  family: 'helping',
  title: `Time until ${formatPercent(SHARE_ANSWERED)} are answered`,
  question: 'How long do those wait who wait long?',
  unit: 'hours',
  direction: 'down',
  reading: episodes,
  categories: null,
  is_per_person: false,
  needs: ['questions'],
  sample_minimum: { count: MIN_QUESTIONS_FOR_TIMES, of: 'questions' },
  thresholds: [],
  explanation:
    `The hours after which ${formatPercent(SHARE_ANSWERED)} of the questions of the period have a first answer by someone else, by Kaplan–Meier: questions still open count as waiting until now. ` +
    `Not reached where more than ${formatPercent(1 - SHARE_ANSWERED)} find no answer at all. The 95 % interval is by Greenwood on the log(−log) scale; an end that the data do not reach is left open. Shown from ${MIN_QUESTIONS_FOR_TIMES} questions (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452. Agrees with survfit(conf.type = "log-log") of R.',
  cases: shareOf(questionCases, {
    all: { where: 'is_told', words: 'questions asked, each with the hours it waited' },
    those: { where: 'is_answered', words: 'questions with an answer by someone else so far' },
  }),
  measure: (row) => leaveElsewhereOut(measureWaiting(row, SHARE_ANSWERED), { asked: row.question_count, elsewhere: row.elsewhere_count }),
})
