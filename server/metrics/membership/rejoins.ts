import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipFlow } from '../readings/membership-flow.ts'
import { countOfCases } from '../cases/case-list.ts'
import { membershipChangeCases } from '../cases/membership-change-cases.ts'

export const rejoins = defineMetric({
  id: 'rejoins',
  family: 'membership',
  title: 'Came back',
  question: 'How many former members came back?',
  unit: 'people',
  direction: 'up',
  reading: membershipFlow,
  categories: null,
  is_per_person: false,
  needs: ['joins', 'leaves'],
  sample_minimum: null,
  thresholds: [],
  explanation: 'Of the joins of the period, those by people who had been members before and had left.',
  citation: 'Arithmetic on joins and leaves that the source reports.',
  cases: countOfCases(membershipChangeCases, { where: "what = 'came back'", words: 'joinings by people who had been members before' }),
  measure: (row) => foundCount(row.rejoined),
})
