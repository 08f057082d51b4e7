/**
 * The smallest change that turns a test, in exact integer arithmetic: k of n against p percent, p a whole number from 1 to 99.
 * A change either adds to the part (k and n), adds to the rest (n), or leaves out of either.
 */
export type ShareChange = { how: 'add_part' | 'add_rest' | 'drop_part' | 'drop_rest'; amount: number }

export const reachesPercent = (k: number, n: number, percent: number): boolean => n > 0 && 100 * k >= percent * n
export const exceedsPercent = (k: number, n: number, percent: number): boolean => n > 0 && 100 * k > percent * n
export const isBelowPercent = (k: number, n: number, percent: number): boolean => n > 0 && 100 * k < percent * n

const smaller = (a: ShareChange, b: ShareChange | null): ShareChange => (b === null || a.amount <= b.amount ? a : b)

/** For a share that does not reach the percentage (or of nothing): the least that lets it. Adding wins a tie. */
export const changeToReach = (k: number, n: number, percent: number): ShareChange => {
  const missing = percent * n - 100 * k
  const add: ShareChange = { how: 'add_part', amount: Math.max(1, Math.ceil(missing / (100 - percent))) }
  const drop = Math.ceil(missing / percent)
  return smaller(add, k > 0 && drop <= n - k ? { how: 'drop_rest', amount: drop } : null)
}

/** For a share that reaches the percentage (or of nothing): the least that brings it below. Adding wins a tie. */
export const changeToFallBelow = (k: number, n: number, percent: number): ShareChange => {
  const spare = 100 * k - percent * n
  const add: ShareChange = { how: 'add_rest', amount: Math.floor(spare / percent) + 1 }
  const drop = Math.floor(spare / (100 - percent)) + 1
  return smaller(add, drop <= k && drop < n ? { how: 'drop_part', amount: drop } : null)
}

/** How many of the n must turn into the part for k to reach the percentage; 0 where it does, null where n is 0. */
export const conversionsToReach = (k: number, n: number, percent: number): number | null =>
  n === 0 ? null : Math.max(0, Math.ceil((percent * n) / 100) - k)

/** How many of the k must turn into the rest for it to fall below the percentage; null where n is 0. */
export const conversionsToFallBelow = (k: number, n: number, percent: number): number | null =>
  n === 0 ? null : Math.max(0, k - Math.ceil((percent * n) / 100) + 1)

/**
 * The least added part or rest that turns any other condition on k of n, tried one by one up to `limit`; null where none
 * does. For conditions with no closed form, such as the end of an interval.
 */
export const searchShareChange = (k: number, n: number, passes: (k: number, n: number) => boolean, limit: number): ShareChange | null => {
  const now = passes(k, n)
  for (let amount = 1; amount <= limit; amount++) {
    if (passes(k + amount, n + amount) !== now) return { how: 'add_part', amount }
    if (passes(k, n + amount) !== now) return { how: 'add_rest', amount }
    if (amount <= k && amount < n && passes(k - amount, n - amount) !== now) return { how: 'drop_part', amount }
    if (amount <= n - k && amount < n && passes(k, n - amount) !== now) return { how: 'drop_rest', amount }
  }
  return null
}
