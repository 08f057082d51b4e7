import { ELSEWHERE_RULE, leaveElsewhereOut } from '../answered-elsewhere.ts'
import { defineWithoutTop, topCountOf } from '../define-without-top.ts'
import { measureWaiting } from '../measure-waiting.ts'
import { HOUSE_RULE, MIN_QUESTIONS_FOR_TIMES } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { questionsWithoutTop } from '../cases/without-top-cases.ts'

export const timeToFirstAnswerWithoutTop = defineWithoutTop({
  id: 'time-to-first-answer-without-top',
  family: 'helping',
  title: 'Time to first answer, without the top helpers',
  question: 'How long would those who ask wait if the busiest helpers were gone?',
  unit: 'hours',
  needs: ['questions'],
  sample_minimum: { count: MIN_QUESTIONS_FOR_TIMES, of: 'questions' },
  explanation:
    'Kaplan–Meier median of the hours from each question of the period to its first answer by someone else; questions without one count as waiting until now. Not reached while the curve stays above one half. ' +
    `The 95 % interval is by Greenwood on the log(−log) scale; an end that the data do not reach is left open. Shown from ${MIN_QUESTIONS_FOR_TIMES} questions (${HOUSE_RULE}).` +
    ` ${ELSEWHERE_RULE}`,
  citation: 'Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452. Agrees with survfit(conf.type = "log-log") of R.',
  cases: ({ category }) =>
    shareOf(questionsWithoutTop[topCountOf(category ?? 'top-1')], {
      all: { where: 'is_told', words: 'questions by those who are left, each with the hours it waited for an answer by one of them' },
      those: { where: 'is_answered', words: 'those of them with such an answer so far' },
    }),
  measureLeft: (left) =>
    leaveElsewhereOut(measureWaiting(left, 0.5), { asked: left.question_count + left.elsewhere_count, elsewhere: left.elsewhere_count }),
})
