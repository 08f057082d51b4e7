import { asBulkStep, BULK_RULE, found, isBulkStep } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipFlow } from '../readings/membership-flow.ts'
import { countOfCases } from '../cases/case-list.ts'
import { membershipChangeCases } from '../cases/membership-change-cases.ts'

export const netGrowth = defineMetric({
  id: 'net-growth',
  family: 'membership',
  title: 'Net growth',
  question: 'Is it growing or shrinking, and by how many?',
  unit: 'people',
  direction: 'up',
  reading: membershipFlow,
  categories: null,
  is_per_person: false,
  needs: ['joins', 'leaves'],
  sample_minimum: null,
  thresholds: [],
  explanation: `Joins − leavers of the period, returners included. ${BULK_RULE}`,
  citation: 'Arithmetic on joins and leaves that the source reports.',
  cases: countOfCases(membershipChangeCases, {
    amount: { sql: 'change', noun: 'members' },
    words: 'joinings (+1 each) and leavings (−1 each)',
  }),
  measure: (row) => {
    const measured = found(row.joined - row.left, { n: row.joined + row.left })
    if (isBulkStep(row.most_joined_in_a_minute, row.joined)) return asBulkStep(measured, row.most_joined_in_a_minute, row.joined, 'joined')
    if (isBulkStep(row.most_left_in_a_minute, row.left)) return asBulkStep(measured, row.most_left_in_a_minute, row.left, 'left')
    return measured
  },
})
