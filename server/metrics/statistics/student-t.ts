import { Z_95 } from './wilson-interval.ts'

/** qt(0.975, 1:30) of R. */
const FIRST_THIRTY = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098,
  2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
]

/**
 * The quantile of a two-sided 95 % interval of Student's t. Degrees of freedom that are no whole number are rounded down up to 30,
 * so that the interval is rather too wide; beyond stands the expansion of Cornish & Fisher (Abramowitz & Stegun 26.7.5), good to 1e-4.
 * Throws a RangeError below one degree.
 */
export const studentT95 = (degrees: number): number => {
  if (!(degrees >= 1)) throw new RangeError(`${degrees} degrees of freedom give no interval`)
  const known = FIRST_THIRTY[Math.floor(degrees) - 1]
  if (known !== undefined) return known
  const z = Z_95
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
}
