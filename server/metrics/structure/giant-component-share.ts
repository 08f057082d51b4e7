import { defineStructure } from '../define-structure.ts'
import { found } from '../measured.ts'

export const giantComponentShare = defineStructure({
  id: 'giant-component-share',
  title: 'Held together by help',
  question: 'Are the active people one group, held together by help?',
  unit: 'share',
  explanation:
    'Active people in the largest set in which each is tied to each other one over people who are tied ÷ all active people. Memberships of such a set hang together, so an interval that takes them as independent would be too narrow; none is given.',
  citation: 'Newman 2003, doi:10.1137/S003614450342480. Agrees with components() of igraph and connected_components() of networkx.',
  measureGraph: ({ giant_count, node_count }) =>
    found(giant_count / node_count, { numerator: giant_count, denominator: node_count, n: node_count }),
})
