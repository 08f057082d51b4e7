import type { Graph } from './graph-structure.ts'

/** For tests: graphs of which igraph 1.3.5 (R) and networkx 3.6.1 have told the structure. */

const graphOf = (node_count: number, ties: readonly (readonly [number, number])[]): Graph => ({
  node_count,
  tie_from: ties.map(([from]) => from),
  tie_to: ties.map(([, to]) => to),
})
const others = (n: number) => Array.from({ length: n - 1 }, (_, i) => i + 1)

export const starOf = (n: number): Graph =>
  graphOf(
    n,
    others(n).map((i) => [0, i]),
  )
export const ringOf = (n: number): Graph =>
  graphOf(
    n,
    [0, ...others(n)].map((i) => [i, (i + 1) % n]),
  )
export const noTiesOf = (n: number): Graph => graphOf(n, [])
/** Four in one component, three in another, two alone. */
export const twoComponents: Graph = graphOf(9, [
  [0, 1],
  [1, 2],
  [2, 3],
  [1, 3],
  [4, 5],
  [5, 6],
])
/** Zachary 1977, the karate club: who spent time with whom, 34 people. */
export const karateClub: Graph = graphOf(
  34,
  '0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19 1-21 1-30 2-3 2-7 2-8 2-9 2-13 2-27 2-28 2-32 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33 13-33 14-32 14-33 15-32 15-33 18-32 18-33 19-33 20-32 20-33 22-32 22-33 23-25 23-27 23-29 23-32 23-33 24-25 24-27 24-31 25-31 26-29 26-33 27-33 28-31 28-33 29-32 29-33 30-32 30-33 31-32 31-33 32-33'
    .split(' ')
    .map((tie) => tie.split('-').map(Number) as [number, number]),
)
