/** What the rules ask of counts by person. */
export type Distribution = {
  sum: number
  /** The largest count and where it stands; 0 and −1 for nobody. The first of equals. */
  top: number
  top_index: number
  /** How many people have any. */
  people: number
  sum_of_squares: number
  /** The sum of the ten largest counts. */
  top_ten: number
}

// the search for the smallest change asks for the same arrays hundreds of times, and never changes one in place once it is asked for
const known = new WeakMap<readonly number[], Distribution>()

const TEN = 10

/** Summarises counts by person, in any order. The array must not change afterwards: the answer is remembered by its identity. */
export const distributionOf = (counts: readonly number[]): Distribution => {
  const before = known.get(counts)
  if (before !== undefined) return before
  const found: Distribution = { sum: 0, top: 0, top_index: -1, people: 0, sum_of_squares: 0, top_ten: 0 }
  const largest: number[] = []
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
    // the ten largest so far, in falling order
    let at = largest.length
    if (at === TEN && count <= (largest[TEN - 1] as number)) continue
    if (at === TEN) at--
    for (; at > 0 && (largest[at - 1] as number) < count; at--) largest[at] = largest[at - 1] as number
    largest[at] = count
  }
  for (const count of largest) found.top_ten += count
  known.set(counts, found)
  return found
}

/** For an array that does change, between one question and the next: what was remembered of it is forgotten. */
export const forgetDistribution = (counts: readonly number[]): void => {
  known.delete(counts)
}
