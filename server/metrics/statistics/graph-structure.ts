/** A graph without direction: ties join two nodes, each pair once and nobody to themselves. Tied nodes have any numbers from 0 on, not too far apart. */
export type Graph = { node_count: number; tie_from: readonly number[]; tie_to: readonly number[] }

export type GraphStructure = {
  node_count: number
  tie_count: number
  /** Nodes of the largest set in which everyone is tied to everyone over others; 0 without nodes. */
  giant_count: number
  component_count: number
  /** Ties of the node with most of them; 0 without ties. */
  most_ties: number
  /** Ties ÷ pairs of nodes; null with fewer than two nodes. */
  density: number | null
  /**
   * Freeman 1979 (10.1016/0378-8733(78)90021-7): how much the best tied node is ahead of the others, as a share of a star's:
   * Σ (most − dᵢ) ÷ ((n − 1)(n − 2)). The same as igraph's centr_degree with loops = FALSE (its default, TRUE, divides by
   * n(n − 1)). Null with fewer than three nodes.
   */
  centralisation: number | null
}

// three metrics ask for the same graph
const known = new WeakMap<readonly number[], GraphStructure>()

/** In time linear in nodes and ties, but for a factor that never exceeds 4. */
export const measureStructure = (graph: Graph): GraphStructure => {
  const before = known.get(graph.tie_from)
  if (before && before.node_count === graph.node_count) return before
  const found = measureGraph(graph)
  known.set(graph.tie_from, found)
  return found
}

const measureGraph = ({ node_count, tie_from, tie_to }: Graph): GraphStructure => {
  let number_count = 0
  for (const ends of [tie_from, tie_to]) for (const node of ends) number_count = Math.max(number_count, node + 1)
  const parent = Int32Array.from({ length: number_count }, (_, node) => node)
  const size = new Int32Array(number_count).fill(1)
  const degree = new Int32Array(number_count)
  const rootOf = (start: number): number => {
    let node = start
    for (let up = parent[node] as number; up !== node; up = parent[node] as number) {
      parent[node] = parent[up] as number
      node = parent[node] as number
    }
    return node
  }
  let component_count = node_count
  for (let i = 0; i < tie_from.length; i++) {
    const [a, b] = [tie_from[i] as number, tie_to[i] as number]
    degree[a] = (degree[a] as number) + 1
    degree[b] = (degree[b] as number) + 1
    let [big, small] = [rootOf(a), rootOf(b)]
    if (big === small) continue
    if ((size[big] as number) < (size[small] as number)) [big, small] = [small, big]
    parent[small] = big
    size[big] = (size[big] as number) + (size[small] as number)
    component_count -= 1
  }
  let most_ties = 0
  for (const ties of degree) most_ties = Math.max(most_ties, ties)
  // who is tied to nobody is a component too
  let giant_count = Math.min(1, node_count)
  for (let node = 0; node < number_count; node++) giant_count = Math.max(giant_count, size[node] as number)
  const tie_count = tie_from.length
  return {
    node_count,
    tie_count,
    giant_count,
    component_count,
    most_ties,
    density: node_count < 2 ? null : tie_count / ((node_count * (node_count - 1)) / 2),
    // the sum of all degrees is twice the ties
    centralisation: node_count < 3 ? null : (node_count * most_ties - 2 * tie_count) / ((node_count - 1) * (node_count - 2)),
  }
}
