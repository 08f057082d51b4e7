import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { voiceCounts } from '../readings/voice-counts.ts'
import { countOfCases } from '../cases/case-list.ts'
import { contributionCases } from '../cases/contribution-cases.ts'

export const contributions = defineMetric({
  id: 'contributions',
  family: 'activity',
  title: 'Contributions',
  question: 'How much do people contribute?',
  unit: 'contributions',
  direction: 'up',
  reading: voiceCounts,
  categories: null,
  is_per_person: false,
  needs: ['contributions'],
  sample_minimum: null,
  thresholds: [],
  explanation:
    'Questions, answers, replies, posts, announcements, edits of documents and tasks of the period, anonymous ones included. Reading and reactions are not contributions. Bots, and what was taken back, do not count.',
  citation: 'Barnraise house rule.',
  cases: countOfCases(contributionCases, { words: 'contributions' }),
  measure: (row) => foundCount(row.contribution_count),
})
