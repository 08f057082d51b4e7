import { asBulkStep, BULK_RULE, foundCount, isBulkStep } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipFlow } from '../readings/membership-flow.ts'
import { countOfCases } from '../cases/case-list.ts'
import { membershipChangeCases } from '../cases/membership-change-cases.ts'

export const joins = defineMetric({
  id: 'joins',
  family: 'membership',
  title: 'Joined',
  question: 'How many people became members?',
  unit: 'people',
  direction: 'up',
  reading: membershipFlow,
  categories: null,
  is_per_person: false,
  needs: ['joins'],
  sample_minimum: null,
  thresholds: [],
  explanation: `Everyone who became a member in the period, those who came back included (rejoins counts them on their own). ${BULK_RULE}`,
  citation: 'Arithmetic on the joins that the source reports.',
  cases: countOfCases(membershipChangeCases, { where: "what <> 'left'", words: 'joinings, those who came back included' }),
  measure: (row) => {
    const measured = foundCount(row.joined)
    return isBulkStep(row.most_joined_in_a_minute, row.joined)
      ? asBulkStep(measured, row.most_joined_in_a_minute, row.joined, 'joined')
      : measured
  },
})
