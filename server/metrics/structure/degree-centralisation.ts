import { defineStructure } from '../define-structure.ts'
import { found } from '../measured.ts'

export const degreeCentralisation = defineStructure({
  id: 'degree-centralisation',
  title: 'Centralisation of help',
  question: 'Does all help run over one person?',
  unit: 'index',
  explanation:
    'Freeman’s degree centralisation: Σ (d_max − d) ÷ ((n − 1)(n − 2)) over the n active people, d being the number of people somebody is tied to and d_max the largest of them. 1 for a star, in which one person is tied to all and nobody else to anybody; 0 where all are tied to equally many.',
  citation: 'Freeman 1979, doi:10.1016/0378-8733(78)90021-7. Agrees with centr_degree(loops = FALSE) of igraph.',
  measureGraph: ({ centralisation, node_count, most_ties, tie_count }) =>
    found(centralisation as number, {
      numerator: node_count * most_ties - 2 * tie_count,
      denominator: (node_count - 1) * (node_count - 2),
      n: node_count,
    }),
})
