import { defineReciprocity } from '../define-reciprocity.ts'
import { found } from '../measured.ts'
import { shareOf } from '../cases/case-list.ts'
import { helpPairCases } from '../cases/help-pair-cases.ts'

export const directReciprocity = defineReciprocity({
  id: 'direct-reciprocity',
  title: 'Direct reciprocity',
  question: 'Does help come back from the same person?',
  unit: 'share',
  explanation:
    'r = L↔ ÷ L: of the L pairs of helper and helped, the share whose opposite exists too. Pairs come in twos, so an interval that takes them as independent would be too narrow; none is given.',
  citation: 'Garlaschelli & Loffredo 2004, arXiv:cond-mat/0404521.',
  cases: shareOf(helpPairCases, {
    all: { words: 'pairs of helper and helped' },
    those: { where: 'questions_back > 0', words: 'pairs whose help also went the other way' },
  }),
  measureGraph: ({ r, mutual_edge_count, edge_count }) =>
    found(r as number, { numerator: mutual_edge_count, denominator: edge_count, n: edge_count }),
})
