import { defineWithoutTop, topCountOf } from '../define-without-top.ts'
import { foundCount } from '../measured.ts'
import { countOfCases } from '../cases/case-list.ts'
import { personCases } from '../cases/person-cases.ts'

export const helpersWithoutTop = defineWithoutTop({
  id: 'helpers-without-top',
  family: 'helping',
  title: 'Helpers, without the top helpers',
  question: 'How many people help besides the busiest ones?',
  unit: 'people',
  needs: ['questions'],
  sample_minimum: null,
  explanation: 'People who gave at least one answer to someone else in the period.',
  citation: 'Barnraise house rule.',
  cases: ({ category }) =>
    countOfCases(personCases, {
      where: `person_id is not null and answers > 0 and place_by_answers > ${topCountOf(category ?? 'top-1')}`,
      sort: 'answers',
      words: 'people who answered someone else, the top helpers left out',
    }),
  measureLeft: (_, row, k) => foundCount(Math.max(0, row.helper_count - k)),
})
