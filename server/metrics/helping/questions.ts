import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { episodes } from '../readings/episodes.ts'
import { countOfCases } from '../cases/case-list.ts'
import { questionCases } from '../cases/question-cases.ts'

export const questions = defineMetric({
  id: 'questions',
  family: 'helping',
  title: 'Questions',
  question: 'How often do people ask?',
  unit: 'questions',
  direction: 'up',
  reading: episodes,
  categories: null,
  is_per_person: false,
  needs: ['questions'],
  sample_minimum: null,
  thresholds: [],
  explanation: 'Questions asked in the period. Each opens a help episode. Bots, and what was taken back, do not count.',
  citation: 'Barnraise house rule.',
  cases: countOfCases(questionCases, { words: 'questions asked' }),
  measure: (row) => foundCount(row.question_count),
})
