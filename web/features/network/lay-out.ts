import iterate from 'graphology-layout-forceatlas2/iterate.js'

/** What decides where everyone stands: the keys of the people, their radii, and ties by place. */
export type LayoutInput = { keys: readonly string[]; from: readonly number[]; to: readonly number[]; count: readonly number[] }
export type Layout = {
  /** x and y of each person in turn. */
  positions: () => Float32Array
  /** From 0 to 1. */
  progress: () => number
  /** Goes on for some rounds; true when nothing moves any more that could be seen, or it has gone on for long enough. */
  step: (rounds: number) => boolean
}

/** Numbers that the package holds a node and an edge, and where it keeps mass, convergence and size. */
const PER_NODE = 10
const PER_EDGE = 3
const [MASS, CONVERGENCE, SIZE] = [6, 7, 8]

/** Rounds after which a layout of so many people has found its shape (tried on the demo communities; our judgement). */
const maxRounds = (people: number): number => (people <= 200 ? 800 : people <= 1000 ? 500 : 240)
/** Moves a round, as a part of the drawing's width, that nobody sees. */
const STILL = 0.0004
/** Above this many the far ones are taken together (Barnes & Hut 1986): slower for few, far quicker for many. */
const MANY = 600

/** FNV-1a, 32 bits: a start that is the same for the same person, without chance. */
const hashOf = (text: string, seed: number): number => {
  let hash = 0x811c9dc5 ^ seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32
}

/**
 * ForceAtlas2 (Jacomy et al. 2014, 10.1371/journal.pone.0098679) from a start that only the keys decide: the same graph is drawn
 * the same each time.
 */
export const createLayout = ({ keys, from, to, count }: LayoutInput): Layout => {
  const people = keys.length
  const nodes = new Float32Array(people * PER_NODE)
  const spread = 10 * Math.sqrt(people)
  for (const [i, key] of keys.entries()) {
    const angle = hashOf(key, 1) * 2 * Math.PI
    const radius = spread * Math.sqrt(hashOf(key, 2))
    nodes[i * PER_NODE] = radius * Math.cos(angle)
    nodes[i * PER_NODE + 1] = radius * Math.sin(angle)
    nodes[i * PER_NODE + MASS] = 1
    nodes[i * PER_NODE + CONVERGENCE] = 1
    nodes[i * PER_NODE + SIZE] = 1
  }
  const edges = new Float32Array(from.length * PER_EDGE)
  for (const [i, source] of from.entries()) {
    const target = to[i] as number
    edges[i * PER_EDGE] = source * PER_NODE
    edges[i * PER_EDGE + 1] = target * PER_NODE
    // ten times as much help does not pull ten times as hard
    edges[i * PER_EDGE + 2] = 1 + Math.log(count[i] as number)
    for (const end of [source, target]) nodes[end * PER_NODE + MASS] = (nodes[end * PER_NODE + MASS] as number) + 1
  }
  const settings = {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 1,
    scalingRatio: 10,
    // keeps those who are tied to few from drifting off
    strongGravityMode: true,
    gravity: 0.05,
    slowDown: 1 + Math.log(Math.max(1, people)),
    barnesHutOptimize: people > MANY,
    barnesHutTheta: 1,
  }
  const rounds = maxRounds(people)
  let done = 0
  const positions = () => {
    const found = new Float32Array(people * 2)
    for (let i = 0; i < people; i++) {
      found[i * 2] = nodes[i * PER_NODE] as number
      found[i * 2 + 1] = nodes[i * PER_NODE + 1] as number
    }
    return found
  }
  return {
    positions,
    progress: () => Math.min(1, done / rounds),
    step: (more) => {
      const before = positions()
      const now = Math.min(more, rounds - done)
      for (let i = 0; i < now; i++) iterate(settings, nodes, edges)
      done += now
      if (done >= rounds) return true
      const after = positions()
      return meanMove(before, after) / now < STILL * widthOf(after)
    },
  }
}

const meanMove = (before: Float32Array, after: Float32Array): number => {
  let sum = 0
  for (let i = 0; i < after.length; i += 2)
    sum += Math.hypot((after[i] as number) - (before[i] as number), (after[i + 1] as number) - (before[i + 1] as number))
  return after.length === 0 ? 0 : sum / (after.length / 2)
}

const widthOf = (positions: Float32Array): number => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < positions.length; i += 2) {
    low = Math.min(low, positions[i] as number)
    high = Math.max(high, positions[i] as number)
  }
  return Math.max(high - low, 1e-6)
}
