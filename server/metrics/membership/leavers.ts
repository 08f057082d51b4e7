import { asBulkStep, BULK_RULE, foundCount, isBulkStep } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipFlow } from '../readings/membership-flow.ts'
import { countOfCases } from '../cases/case-list.ts'
import { membershipChangeCases } from '../cases/membership-change-cases.ts'

export const leavers = defineMetric({
  id: 'leavers',
  family: 'membership',
  title: 'Left',
  question: 'How many members left?',
  unit: 'people',
  direction: 'down',
  reading: membershipFlow,
  categories: null,
  is_per_person: false,
  needs: ['leaves'],
  sample_minimum: null,
  thresholds: [],
  explanation: `Members who left in the period, as the source reports it. Those who merely went quiet are counted as lapsed members instead. ${BULK_RULE}`,
  citation: 'Arithmetic on the leaves that the source reports.',
  cases: countOfCases(membershipChangeCases, { where: "what = 'left'", words: 'leavings' }),
  measure: (row) => {
    const measured = foundCount(row.left)
    return isBulkStep(row.most_left_in_a_minute, row.left) ? asBulkStep(measured, row.most_left_in_a_minute, row.left, 'left') : measured
  },
})
