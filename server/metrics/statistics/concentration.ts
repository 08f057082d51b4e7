import { type Spread, spreadOf, sumsOf } from './spread.ts'

/** How a total is shared among people: one count a person, or a spread. Counts of zero and below are left out: only contributors are compared. */
type Counts = readonly number[] | Spread

const toSpread = (counts: Counts): Spread => ('people' in counts ? counts : spreadOf(counts))

/** The largest share, 0 to 1; null for nobody. */
export const topShare = (counts: Counts): number | null => {
  const { people, top, total } = sumsOf(toSpread(counts))
  return people === 0 ? null : top / total
}

/** Herfindahl–Hirschman index Σp², 1/n to 1; null for nobody. */
export const herfindahl = (counts: Counts): number | null => {
  const { people, sum_of_squares, total } = sumsOf(toSpread(counts))
  return people === 0 ? null : sum_of_squares / total ** 2
}

/** Effective voices of order 1, exp(−Σ p ln p): the number of equal voices with the same entropy (Hill 1973, 10.2307/1934352); null for nobody. */
export const effectiveVoices = (counts: Counts): number | null => {
  const spread = toSpread(counts)
  const { people, total } = sumsOf(spread)
  if (people === 0) return null
  return Math.exp(
    -spread.counts.reduce((sum, count, i) => sum + (spread.people[i] as number) * (count / total) * Math.log(count / total), 0),
  )
}

/** Effective voices of order 2, 1/Σp² (Hill 1973); null for nobody. */
export const effectiveVoicesOrder2 = (counts: Counts): number | null => {
  const index = herfindahl(counts)
  return index === null ? null : 1 / index
}

/** Gini coefficient G, 0 (all equal) to (n − 1)/n; null for nobody. */
export const giniCoefficient = (counts: Counts): number | null => {
  const spread = toSpread(counts)
  const { people: n, total } = sumsOf(spread)
  if (n === 0) return null
  // Σ (2i − n − 1)·count over the ranks i, rising; those of one count have ranks in a row
  let below = n
  let sum = 0
  for (const [i, count] of spread.counts.entries()) {
    const people = spread.people[i] as number
    below -= people
    sum += count * people * (2 * below + people - n)
  }
  return sum / (n * total)
}

/** Gini* = G · n/(n − 1), which can reach 1 in a small group too (Deltas 2003, 10.1162/rest.2003.85.1.226); null below two people. */
export const adjustedGini = (counts: Counts): number | null => {
  const spread = toSpread(counts)
  const n = sumsOf(spread).people
  const plain = giniCoefficient(spread)
  return plain === null || n < 2 ? null : (plain * n) / (n - 1)
}

/**
 * The fewest people who together hold at least `part` of `of` equal parts (four of five: 80 %), and how much they hold, in whole
 * numbers throughout; null for nobody.
 */
export const fewestHolding = (counts: Counts, part: number, of: number): { people: number; amount: number } | null => {
  const spread = toSpread(counts)
  const { total } = sumsOf(spread)
  let held = 0
  let before = 0
  for (const [i, count] of spread.counts.entries()) {
    const people = spread.people[i] as number
    if ((held + people * count) * of >= total * part) {
      const more = Math.max(1, Math.ceil((total * part - of * held) / (of * count)))
      return { people: before + more, amount: held + more * count }
    }
    held += people * count
    before += people
  }
  return null
}

/** The fewest people who together hold at least half (CHAOSS "Contributor Absence Factor"); null for nobody. */
export const absenceFactor = (counts: Counts): number | null => fewestHolding(counts, 1, 2)?.people ?? null

/** What the first `people`, ranked by what they hold, hold together. */
export type CurveStep = { people: number; amount: number }

/**
 * The curve of people over what they hold together, those who hold most first, as its corners: between two of them everyone holds
 * equally much, so it runs straight and no person is left out. There are as many corners as counts differ, at most √(2 · total).
 */
export const concentrationCurve = (counts: Counts): CurveStep[] => {
  const spread = toSpread(counts)
  let [people, amount] = [0, 0]
  return spread.counts.map((count, i) => {
    const many = spread.people[i] as number
    people += many
    amount += many * count
    return { people, amount }
  })
}
