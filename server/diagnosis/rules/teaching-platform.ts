import { checkTopAnswerer } from '../answer-check.ts'
import { distributionOf } from '../distribution.ts'
import { checkEnoughData } from '../little-data.ts'
import { checkMixShare } from '../mix-check.ts'
import type { Rule } from '../rule.ts'
import { mostOrMuch } from '../say-count.ts'

/** Verdict 5: members ask, and one person answers. */
export const teachingPlatform: Rule = {
  id: 'teaching-platform',
  verdict: 'teaching_platform',
  title: 'Teaching platform',
  absence: 'Not a teaching platform',
  test: (facts) => [
    checkMixShare(facts, {
      metric: 'content-mix:help',
      label: 'Share of help',
      alternative: 0,
      k: facts.mix.help,
      comparison: 'at_least',
      percent: facts.house.thresholds.teaching_help,
      says: (share, verb) => `${share} ${verb} help`,
      part: ['question or answer', 'questions or answers'],
    }),
    checkTopAnswerer(facts, 'at_least', facts.house.thresholds.teaching_top_answerer),
    checkMixShare(facts, {
      metric: 'questions-by-others',
      label: "Other people's questions",
      alternative: 0,
      k: facts.questions_by_others,
      comparison: 'at_least',
      percent: facts.house.thresholds.teaching_questions_by_others,
      says: (share, verb) => `${share} ${verb} questions by people other than the one who answers most`,
      part: ['question by others', 'questions by others'],
      rest: ['contribution that is no such question', 'contributions that are no such questions'],
    }),
    ...checkEnoughData(facts),
  ],
  sentence: ({ people }) =>
    `It reads as a teaching platform: members ask, and one person gives ${mostOrMuch(distributionOf(people.answers_by_person).top, people.answer_count)} of the answers.`,
}
