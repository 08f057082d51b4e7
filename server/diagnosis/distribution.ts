/** What the rules ask of counts by person. */
export type Distribution = {
  sum: number
  /** The largest count and where it stands; 0 and −1 for nobody. The first of equals. */
  top: number
  top_index: number
  /** How many people have any. */
  people: number
  sum_of_squares: number
}

// the search for the smallest change asks for the same arrays hundreds of times, and never changes one in place once it is asked for
const known = new WeakMap<readonly number[], Distribution>()

/** Summarises counts by person. The array must not change afterwards: the answer is remembered by its identity. */
export const distributionOf = (counts: readonly number[]): Distribution => {
  const before = known.get(counts)
  if (before !== undefined) return before
  const found: Distribution = { sum: 0, top: 0, top_index: -1, people: 0, sum_of_squares: 0 }
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number
    if (count <= 0) continue
    found.sum += count
    found.sum_of_squares += count * count
    found.people++
    if (count > found.top) {
      found.top = count
      found.top_index = i
    }
  }
  known.set(counts, found)
  return found
}
