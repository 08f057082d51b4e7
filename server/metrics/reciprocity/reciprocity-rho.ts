import { defineReciprocity } from '../define-reciprocity.ts'
import { found, notApplicable } from '../measured.ts'
import { restsOn } from '../cases/case-list.ts'
import { helpPairCases } from '../cases/help-pair-cases.ts'

export const reciprocityRho = defineReciprocity({
  id: 'reciprocity-rho',
  title: 'Reciprocity beyond chance',
  question: 'Does help come back from the same person more often than by chance?',
  unit: 'index',
  explanation:
    'ρ = (r − a) ÷ (1 − a), where r is direct reciprocity and a = L ÷ (n(n − 1)) is what a random graph of the same n people and L pairs would show. 0 is chance, 1 is all mutual, below 0 is avoided.',
  citation: 'Garlaschelli & Loffredo 2004, arXiv:cond-mat/0404521.',
  cases: restsOn(helpPairCases, { words: 'pairs of helper and helped' }),
  measureGraph: ({ rho, edge_count }) =>
    rho === null ? notApplicable('Everyone helped everyone: chance could not do less.') : found(rho, { n: edge_count }),
})
