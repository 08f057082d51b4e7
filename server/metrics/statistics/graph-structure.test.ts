import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { karateClub, noTiesOf, ringOf, starOf, twoComponents } from './example-graphs.ts'
import { type Graph, measureStructure } from './graph-structure.ts'

describe('the structure of a graph', () => {
  it('is what igraph and networkx say', () => {
    expect(measureStructure(starOf(6))).toEqual({
      node_count: 6,
      tie_count: 5,
      giant_count: 6,
      component_count: 1,
      most_ties: 5,
      density: 1 / 3,
      centralisation: 1,
    })
    expect(measureStructure(ringOf(6))).toMatchObject({ giant_count: 6, component_count: 1, most_ties: 2, density: 0.4, centralisation: 0 })
    expect(measureStructure(noTiesOf(5))).toMatchObject({ giant_count: 1, component_count: 5, density: 0, centralisation: 0 })
    const two = measureStructure(twoComponents)
    expect(two).toMatchObject({ giant_count: 4, component_count: 4, most_ties: 3 })
    expect(two.density).toBeCloseTo(0.166666666666667, 14)
    expect(two.centralisation).toBeCloseTo(0.267857142857143, 14)
    const karate = measureStructure(karateClub)
    expect(karate).toMatchObject({ tie_count: 78, giant_count: 34, component_count: 1, most_ties: 17 })
    expect(karate.density).toBeCloseTo(0.13903743315508, 14)
    // with loops = TRUE, its default, igraph says 0.376
    expect(karate.centralisation).toBeCloseTo(0.399621212121212, 14)
  })

  it('is not defined where there is nobody to compare with', () => {
    expect(measureStructure(noTiesOf(0))).toMatchObject({ giant_count: 0, component_count: 0, density: null, centralisation: null })
    expect(measureStructure(noTiesOf(1))).toMatchObject({ giant_count: 1, density: null, centralisation: null })
    expect(measureStructure({ node_count: 2, tie_from: [0], tie_to: [1] })).toMatchObject({
      giant_count: 2,
      density: 1,
      centralisation: null,
    })
  })

  it('agrees with a walk from every node', () => {
    const graph: fc.Arbitrary<Graph> = fc.integer({ min: 2, max: 14 }).chain((n) =>
      fc
        .uniqueArray(
          fc.tuple(fc.nat(n - 1), fc.nat(n - 1)).filter(([a, b]) => a < b),
          { selector: ([a, b]) => a * n + b, maxLength: 16 },
        )
        .map((ties) => ({ node_count: n, tie_from: ties.map(([a]) => a), tie_to: ties.map(([, b]) => b) })),
    )
    fc.assert(
      fc.property(graph, (g) => {
        const reached = (start: number) => {
          const seen = new Set([start])
          for (const node of seen)
            for (const [i, from] of g.tie_from.entries()) {
              if (from === node) seen.add(g.tie_to[i] as number)
              if (g.tie_to[i] === node) seen.add(from)
            }
          return [...seen].toSorted((a, b) => a - b).join(' ')
        }
        const nodes = Array.from({ length: g.node_count }, (_, i) => i)
        const components = new Set(nodes.map(reached))
        const degrees = nodes.map((node) => [...g.tie_from, ...g.tie_to].filter((end) => end === node).length)
        const most = Math.max(...degrees)
        const found = measureStructure(g)
        expect(found.component_count).toBe(components.size)
        expect(found.giant_count).toBe(Math.max(...[...components].map((text) => text.split(' ').length)))
        expect(found.most_ties).toBe(most)
        if (g.node_count >= 3)
          expect(found.centralisation).toBeCloseTo(
            degrees.reduce((sum, d) => sum + most - d, 0) / ((g.node_count - 1) * (g.node_count - 2)),
            12,
          )
      }),
      { numRuns: 300 },
    )
  })

  it('takes no longer for the most awkward graphs than their size asks for', () => {
    const n = 200_000
    const path: Graph = {
      node_count: n,
      tie_from: Array.from({ length: n - 1 }, (_, i) => i),
      tie_to: Array.from({ length: n - 1 }, (_, i) => i + 1),
    }
    // quadratic steps would take minutes
    expect(measureStructure(path).giant_count).toBe(n)
    expect(measureStructure(starOf(n))).toMatchObject({ giant_count: n, centralisation: 1 })
  })
})
