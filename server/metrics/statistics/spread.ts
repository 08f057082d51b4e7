/** How a total is spread over people: each distinct count above 0 in falling order, and how many people have it. As long as counts differ. */
export type Spread = { counts: readonly number[]; people: readonly number[] }

/** Counts, one a person in any order, as a spread. Zeros and below are left out. */
export const spreadOf = (counts: readonly number[]): Spread => {
  const people = new Map<number, number>()
  for (const count of counts) if (count > 0) people.set(count, (people.get(count) ?? 0) + 1)
  const falling = [...people].sort(([a], [b]) => b - a)
  return { counts: falling.map(([count]) => count), people: falling.map(([, n]) => n) }
}

export type SpreadSums = { people: number; total: number; top: number; sum_of_squares: number }

// nine metrics ask for the same spread
const known = new WeakMap<Spread, SpreadSums>()

/** The sums of a spread. It must not change afterwards: the answer is remembered by its identity. */
export const sumsOf = (spread: Spread): SpreadSums => {
  const before = known.get(spread)
  if (before !== undefined) return before
  const sums: SpreadSums = { people: 0, total: 0, top: spread.counts[0] ?? 0, sum_of_squares: 0 }
  for (const [i, count] of spread.counts.entries()) {
    const people = spread.people[i] as number
    sums.people += people
    sums.total += people * count
    sums.sum_of_squares += people * count * count
  }
  known.set(spread, sums)
  return sums
}
