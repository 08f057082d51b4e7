import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { practiceCounts } from '../readings/practice-counts.ts'
import { countOfCases } from '../cases/case-list.ts'
import { practiceCases } from '../cases/practice-cases.ts'

export const practicesViewed = defineMetric({
  id: 'practices-viewed',
  family: 'practices',
  title: 'Practices viewed',
  question: 'How many practices were read by someone else?',
  unit: 'practices',
  direction: 'up',
  reading: practiceCounts,
  categories: null,
  is_per_person: false,
  needs: ['practices', 'views'],
  sample_minimum: null,
  thresholds: [],
  explanation:
    'Practices, whenever shared, that were viewed in the period by someone other than their author; however often, each counts once. A view counts for the practice it names; one that names only a thread, for every practice shared in that thread. ' +
    'Neither the practice nor the view may have been taken back. A view shows exposure, not learning.',
  citation: 'Barnraise house rule.',
  cases: countOfCases(practiceCases, { where: 'views > 0', words: 'practices viewed by someone other than their author' }),
  measure: (row) => foundCount(row.viewed_count),
})
