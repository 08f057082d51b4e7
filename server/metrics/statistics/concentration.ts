/** How a total is shared among people. Counts of zero and below are left out: only contributors are compared. */

const shares = (counts: readonly number[]): { positive: number[]; total: number } => {
  const positive = counts.filter((count) => count > 0)
  return { positive, total: positive.reduce((sum, count) => sum + count, 0) }
}

/** The largest share, 0 to 1; null for nobody. */
export const topShare = (counts: readonly number[]): number | null => {
  const { positive, total } = shares(counts)
  return positive.length === 0 ? null : positive.reduce((top, count) => Math.max(top, count), 0) / total
}

/** Herfindahl–Hirschman index Σp², 1/n to 1; null for nobody. */
export const herfindahl = (counts: readonly number[]): number | null => {
  const { positive, total } = shares(counts)
  return positive.length === 0 ? null : positive.reduce((sum, count) => sum + (count / total) ** 2, 0)
}

/** Effective voices of order 1, exp(−Σ p ln p): the number of equal voices with the same entropy (Hill 1973, 10.2307/1934352); null for nobody. */
export const effectiveVoices = (counts: readonly number[]): number | null => {
  const { positive, total } = shares(counts)
  if (positive.length === 0) return null
  return Math.exp(-positive.reduce((sum, count) => sum + (count / total) * Math.log(count / total), 0))
}

/** Effective voices of order 2, 1/Σp² (Hill 1973); null for nobody. */
export const effectiveVoicesOrder2 = (counts: readonly number[]): number | null => {
  const index = herfindahl(counts)
  return index === null ? null : 1 / index
}

/** Gini coefficient G, 0 (all equal) to (n − 1)/n; null for nobody. */
export const giniCoefficient = (counts: readonly number[]): number | null => {
  const { positive, total } = shares(counts)
  const n = positive.length
  if (n === 0) return null
  const rising = Float64Array.from(positive).sort()
  return rising.reduce((sum, count, i) => sum + (2 * (i + 1) - n - 1) * count, 0) / (n * total)
}

/** Gini* = G · n/(n − 1), which can reach 1 in a small group too (Deltas 2003, 10.1162/rest.2003.85.1.226); null below two people. */
export const adjustedGini = (counts: readonly number[]): number | null => {
  const n = shares(counts).positive.length
  const plain = giniCoefficient(counts)
  return plain === null || n < 2 ? null : (plain * n) / (n - 1)
}

/** The fewest people who together hold at least half (CHAOSS "Contributor Absence Factor"); null for nobody. */
export const absenceFactor = (counts: readonly number[]): number | null => {
  const { positive, total } = shares(counts)
  const falling = Float64Array.from(positive).sort().reverse()
  let held = 0
  for (const [i, count] of falling.entries()) {
    held += count
    if (held * 2 >= total) return i + 1
  }
  return null
}
