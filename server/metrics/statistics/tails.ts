/** Probabilities in the tails of a few distributions; all are pure functions of numbers. */

/** ln Γ(x) for x > 0 (Lanczos 1964, g = 7, nine terms); off by less than 1e-13 of itself. */
export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const at = x - 1
  const base = at + LANCZOS_G + 0.5
  const sum = LANCZOS.reduce((total, term, i) => total + (i === 0 ? term : term / (at + i)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(sum)
}
const LANCZOS_G = 7
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** Terms of the continued fraction at most: it takes about the root of the larger argument. */
const MOST_TERMS = 20_000

/** I_x(a, b), the regularised incomplete beta function (DLMF 8.17.22 by Lentz's method). Throws a RangeError where there is none. */
export const incompleteBeta = (x: number, a: number, b: number): number => {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) throw new RangeError(`no incomplete beta function of ${x}, ${a}, ${b}`)
  if (x === 0 || x === 1) return x
  // the fraction converges fast on this side of the middle only
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
  const guard = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let c = 1
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < MOST_TERMS; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / guard(1 + term * d)
      c = guard(1 + term / c)
      fraction *= d * c
    }
    if (Math.abs(d * c - 1) < 1e-14) break
  }
  return Math.min(1, front * fraction)
}

/** P(|T| ≥ |t|) of Student's t with so many degrees of freedom. */
export const studentTwoSided = (t: number, degrees: number): number => incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)

/** P(X ≤ count) of a negative binomial variable with this mean and variance; the variance must be larger than the mean. */
export const negativeBinomialAtMost = (count: number, mean: number, variance: number): number => {
  if (count < 0) return 0
  const size = (mean * mean) / (variance - mean)
  return incompleteBeta(size / (size + mean), size, count + 1)
}

/** ln of the beta-binomial probability of k of n, for a share that is itself spread as Beta(a, b). */
const logBetaBinomial = (k: number, n: number, a: number, b: number): number =>
  logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + logBeta(k + a, n - k + b) - logBeta(a, b)
const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** P(X ≤ k) of n trials whose share has this mean and correlation (0 for a plain binomial): summed, from the shorter end. */
export const betaBinomialAtMost = (k: number, n: number, mean: number, correlation: number): number => {
  if (k < 0) return 0
  if (k >= n) return 1
  // so near a plain binomial that the difference drowns in rounding
  const size = 1 / Math.max(correlation, 1e-7) - 1
  const [a, b] = [mean * size, (1 - mean) * size]
  if (k > n * mean) return 1 - betaBinomialAtMost(n - k - 1, n, 1 - mean, correlation)
  let sum = 0
  let term = Math.exp(logBetaBinomial(k, n, a, b))
  for (let at = k; at >= 0 && term > sum * 1e-17; at--) {
    sum += term
    term *= (at / (n - at + 1)) * ((b + n - at) / (a + at - 1))
  }
  return Math.min(1, sum)
}

/** How many standard deviations out a two-sided probability lies in a normal distribution (Acklam 2003, off by less than 1e-8). */
export const normalDeviate = (twoSided: number): number => {
  const p = Math.max(twoSided / 2, 1e-300)
  if (p >= 0.5) return 0
  const ratio = (top: readonly number[], bottom: readonly number[], x: number) => {
    const sum = (terms: readonly number[]) => terms.reduce((total, term) => total * x + term, 0)
    return sum(top) / (sum(bottom) * x + 1)
  }
  if (p < 0.02425) return ratio(TAIL_TOP, TAIL_BOTTOM, Math.sqrt(-2 * Math.log(p)))
  const q = 0.5 - p
  return q * ratio(MIDDLE_TOP, MIDDLE_BOTTOM, q * q)
}
const TAIL_TOP = [0.007784894002430293, 0.3223964580411365, 2.400758277161838, 2.549732539343734, -4.374664141464968, -2.938163982698783]
const TAIL_BOTTOM = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416]
const MIDDLE_TOP = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239]
const MIDDLE_BOTTOM = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572]
