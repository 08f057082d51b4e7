import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipFlow } from '../readings/membership-flow.ts'
import { countOfCases } from '../cases/case-list.ts'
import { firstSeenCases } from '../cases/first-seen-cases.ts'

export const firstSeen = defineMetric({
  id: 'first-seen',
  family: 'membership',
  title: 'First seen',
  question: 'How many people did something here for the first time?',
  unit: 'people',
  direction: 'up',
  reading: membershipFlow,
  categories: null,
  is_per_person: false,
  needs: [],
  sample_minimum: null,
  thresholds: [],
  explanation:
    'People whose first activity of any kind, reading included, lies in the period. Someone known only from activity is first seen, which is not the same as joined: they may have been members long before.',
  citation: 'Barnraise house rule.',
  cases: countOfCases(firstSeenCases, { words: 'people first seen' }),
  measure: (row) => foundCount(row.first_seen),
})
