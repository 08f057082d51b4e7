import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { practiceCounts } from '../readings/practice-counts.ts'
import { countOfCases } from '../cases/case-list.ts'
import { practiceCases } from '../cases/practice-cases.ts'

export const practicesReused = defineMetric({
  id: 'practices-reused',
  family: 'practices',
  title: 'Practices reused',
  question: 'How many practices were put to use by someone else?',
  unit: 'practices',
  direction: 'up',
  reading: practiceCounts,
  categories: null,
  is_per_person: false,
  needs: ['practices'],
  sample_minimum: null,
  thresholds: [],
  explanation:
    'Practices, whenever shared, of which somebody other than their author reported a reuse in the period; however often, each counts once. Reusing one’s own practice does not count, and two anonymous people may be one. ' +
    'Neither the practice nor the reuse may have been taken back.',
  citation: 'Barnraise house rule.',
  cases: countOfCases(practiceCases, { where: 'reuses > 0', words: 'practices reused by someone other than their author' }),
  measure: (row) => foundCount(row.reused_count),
})
