/** The normal quantile of a two-sided 95 % interval, to the last digit a double holds: qnorm(0.975) of R. */
export const Z_95 = 1.959963984540054

/** A range of plausible values; for shares both ends lie in 0 to 1. */
export type Interval = { low: number; high: number }

/**
 * Wilson score interval, 95 %, for k of n (Brown, Cai & DasGupta 2001, 10.1214/ss/1009213286). Null when n is 0.
 * Throws a RangeError on counts that are no counts: a share above 1 means a mistake upstream, not a wide interval.
 */
export const wilsonInterval = (k: number, n: number): Interval | null => {
  if (!(n >= 0 && k >= 0 && k <= n && Number.isFinite(n))) throw new RangeError(`${k} of ${n} is not a share`)
  if (n === 0) return null
  const z2 = Z_95 * Z_95
  const share = k / n
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z_95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))
  // the formula gives 0 and 1 at the edges; floating point would give 1e-17 and 0.9999…
  return { low: k === 0 ? 0 : Math.max(0, centre - half), high: k === n ? 1 : Math.min(1, centre + half) }
}
