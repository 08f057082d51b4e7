/** A directed edge from the one who helped to the one who was helped; its weight is how often, above 0. */
export type Edge = { from: string; to: string; weight: number }

/** Direct reciprocity of a graph without its self-loops; repeated edges are added up first. */
export type Reciprocity = {
  /** People with at least one edge. */
  node_count: number
  /** Distinct directed edges L, and those whose opposite exists, L↔. */
  edge_count: number
  mutual_edge_count: number
  weight: number
  mutual_weight: number
  /** L↔/L; null without edges. */
  r: number | null
  /** Density L/(n(n − 1)): the r of a random graph of the same size; null without edges. */
  density: number | null
  /** (r − a)/(1 − a), −1 to 1; null without edges, and for a complete graph, where it is 0/0. */
  rho: number | null
  /** Σ min(w_ij, w_ji) / Σ w; null without edges. */
  weighted: number | null
}

/** The counts of a graph without its self-loops that direct reciprocity is made of. */
export type GraphCounts = Pick<Reciprocity, 'node_count' | 'edge_count' | 'mutual_edge_count' | 'weight' | 'mutual_weight'>

/** The counts from edges; repeated ones are added up first. */
export const countGraph = (edges: readonly Edge[]): GraphCounts => {
  const weights = new Map<string, Map<string, number>>()
  const nodes = new Set<string>()
  for (const { from, to, weight } of edges) {
    if (from === to || weight <= 0) continue
    nodes.add(from).add(to)
    const row = weights.get(from) ?? new Map<string, number>()
    weights.set(from, row.set(to, (row.get(to) ?? 0) + weight))
  }
  const count = { node_count: nodes.size, edge_count: 0, mutual_edge_count: 0, weight: 0, mutual_weight: 0 }
  for (const [from, row] of weights)
    for (const [to, weight] of row) {
      const back = weights.get(to)?.get(from) ?? 0
      count.edge_count += 1
      count.mutual_edge_count += back > 0 ? 1 : 0
      count.weight += weight
      count.mutual_weight += Math.min(weight, back)
    }
  return count
}

/** r and ρ by Garlaschelli & Loffredo 2004 (arXiv:cond-mat/0404521), weighted by Squartini et al. 2013 (arXiv:1208.4208). */
export const reciprocityOf = (count: GraphCounts): Reciprocity => {
  if (count.edge_count === 0) return { ...count, r: null, density: null, rho: null, weighted: null }
  const r = count.mutual_edge_count / count.edge_count
  const density = count.edge_count / (count.node_count * (count.node_count - 1))
  return { ...count, r, density, rho: density === 1 ? null : (r - density) / (1 - density), weighted: count.mutual_weight / count.weight }
}

/** The same from edges. */
export const measureReciprocity = (edges: readonly Edge[]): Reciprocity => reciprocityOf(countGraph(edges))
