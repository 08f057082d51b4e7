import { defineReciprocity } from '../define-reciprocity.ts'
import { found } from '../measured.ts'
import { helpPairCases } from '../cases/help-pair-cases.ts'

export const weightedReciprocity = defineReciprocity({
  id: 'weighted-reciprocity',
  title: 'Weighted reciprocity',
  question: 'How much of the help comes back from the same person?',
  unit: 'share',
  explanation:
    'Σ min(w_ij, w_ji) ÷ Σ w, where w_ij is the number of questions of j that i helped with: the share of all help that is matched by help the other way.',
  citation: 'Squartini, Picciolo, Ruzzenenti & Garlaschelli 2013, arXiv:1208.4208.',
  cases: {
    denominator: {
      list: helpPairCases,
      amount: { sql: 'questions', noun: 'questions helped with' },
      words: 'questions helped with, by pair of helper and helped',
    },
    numerator: {
      list: helpPairCases,
      where: 'questions_back > 0',
      amount: { sql: 'least(questions, questions_back)', noun: 'questions matched' },
      words: 'questions helped with that are matched by help the other way',
    },
  },
  measureGraph: ({ weighted, mutual_weight, weight, edge_count }) =>
    found(weighted as number, { numerator: mutual_weight, denominator: weight, n: edge_count }),
})
