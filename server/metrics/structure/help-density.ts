import { defineStructure } from '../define-structure.ts'
import { found } from '../measured.ts'

export const helpDensity = defineStructure({
  id: 'help-density',
  title: 'Density of help',
  question: 'How many of all possible pairs of active people helped one another?',
  unit: 'share',
  explanation:
    'Tied pairs ÷ all pairs of active people, n(n − 1) ÷ 2. Nobody can help everyone, so it falls as a community grows: it must never be compared across communities, or periods, of different size.',
  citation: 'Wasserman & Faust 1994, doi:10.1017/CBO9780511815478. Agrees with edge_density() of igraph and density() of networkx.',
  measureGraph: ({ density, tie_count, node_count }) =>
    found(density as number, { numerator: tie_count, denominator: (node_count * (node_count - 1)) / 2, n: node_count }),
})
