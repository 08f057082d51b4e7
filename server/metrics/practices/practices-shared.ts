import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { practiceCounts } from '../readings/practice-counts.ts'
import { countOfCases } from '../cases/case-list.ts'
import { practiceCases } from '../cases/practice-cases.ts'

export const practicesShared = defineMetric({
  id: 'practices-shared',
  family: 'practices',
  title: 'Practices shared',
  question: 'How many proven practices were written down for others?',
  unit: 'practices',
  direction: 'up',
  reading: practiceCounts,
  categories: null,
  is_per_person: false,
  needs: ['practices'],
  sample_minimum: null,
  thresholds: [],
  explanation: 'Practices shared in the period, by people and not by bots, that have not been taken back.',
  citation: 'Barnraise house rule.',
  cases: countOfCases(practiceCases, { where: 'is_new', words: 'practices shared' }),
  measure: (row) => foundCount(row.shared_count),
})
