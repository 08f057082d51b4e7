import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Edge, measureReciprocity } from './reciprocity.ts'

const edge = (from: string, to: string, weight = 1): Edge => ({ from, to, weight })
const FIXTURE = [edge('A', 'B', 3), edge('B', 'A', 1), edge('A', 'C', 2), edge('C', 'D', 1), edge('D', 'C', 4), edge('F', 'C', 1)]

test('A→B 3, B→A 1, A→C 2, C→D 1, D→C 4, F→C 1', () => {
  const found = measureReciprocity(FIXTURE)
  expect(found).toMatchObject({ node_count: 5, edge_count: 6, mutual_edge_count: 4, weight: 12, mutual_weight: 4 })
  expect(found.r).toBeCloseTo(0.6667, 4)
  expect(found.density).toBeCloseTo(0.3, 12)
  expect(found.rho).toBeCloseTo(0.5238, 4)
  expect(found.weighted).toBeCloseTo(0.3333, 4)
})

test('self-loops count nowhere: neither in edges nor in people', () => {
  expect(measureReciprocity([...FIXTURE, edge('A', 'A', 9), edge('Z', 'Z', 9)])).toEqual(measureReciprocity(FIXTURE))
})

test('an edge given in pieces is one edge', () => {
  expect(measureReciprocity([...FIXTURE.slice(1), edge('A', 'B', 1), edge('A', 'B', 2)])).toEqual(measureReciprocity(FIXTURE))
})

test('no edges, no reciprocity', () => {
  expect(measureReciprocity([])).toMatchObject({ node_count: 0, r: null, density: null, rho: null, weighted: null })
})

test('a complete graph has r = 1 and no ρ, which would be 0/0', () => {
  expect(measureReciprocity([edge('A', 'B'), edge('B', 'A')])).toMatchObject({ r: 1, density: 1, rho: null, weighted: 1 })
})

test('help in one direction only has r = 0 and ρ below 0', () => {
  const found = measureReciprocity([edge('A', 'B'), edge('B', 'C'), edge('C', 'A')])
  expect([found.r, found.weighted]).toEqual([0, 0])
  expect(found.rho).toBeCloseTo(-1, 12)
})

test('agrees with matrices written out', () => {
  const graph = fc.array(fc.record({ from: fc.nat(6), to: fc.nat(6), weight: fc.integer({ min: 1, max: 4 }) }), { maxLength: 30 })
  fc.assert(
    fc.property(graph, (list) => {
      const w = Array.from({ length: 7 }, () => Array.from({ length: 7 }, () => 0))
      for (const { from, to, weight } of list) if (from !== to) (w[from] as number[])[to] = (w[from]?.[to] ?? 0) + weight
      const at = (i: number, j: number) => w[i]?.[j] ?? 0
      const cells = w.flatMap((row, i) => row.map((_, j) => [i, j] as const))
      const L = cells.filter(([i, j]) => at(i, j) > 0).length
      const mutual = cells.filter(([i, j]) => at(i, j) > 0 && at(j, i) > 0).length
      const n = w.filter((_, i) => w.some((_, j) => at(i, j) + at(j, i) > 0)).length
      const found = measureReciprocity(list.map((e) => edge(String(e.from), String(e.to), e.weight)))
      expect(found).toMatchObject({ node_count: n, edge_count: L, mutual_edge_count: mutual })
      if (L === 0) return
      expect(found.r).toBeCloseTo(mutual / L, 12)
      // ρ is the correlation of a_ij with a_ji over all ordered pairs (Garlaschelli & Loffredo, equation 5)
      const active = [...w.keys()].filter((i) => w.some((_, j) => at(i, j) + at(j, i) > 0))
      const pairs = active.flatMap((i) => active.filter((j) => j !== i).map((j) => [at(i, j) > 0 ? 1 : 0, at(j, i) > 0 ? 1 : 0] as const))
      const mean = L / pairs.length
      const covariance = pairs.reduce((sum, [x, y]) => sum + (x - mean) * (y - mean), 0)
      const variance = pairs.reduce((sum, [x]) => sum + (x - mean) ** 2, 0)
      if (variance === 0) expect(found.rho).toBeNull()
      else expect(found.rho).toBeCloseTo(covariance / variance, 10)
      const total = cells.reduce((sum, [i, j]) => sum + at(i, j), 0)
      expect(found.weighted).toBeCloseTo(cells.reduce((sum, [i, j]) => sum + Math.min(at(i, j), at(j, i)), 0) / total, 12)
    }),
  )
})
