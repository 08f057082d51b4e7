/**
 * P(X ≤ count) for a Poisson variable with the given mean. Its time grows with the square root of the count, so that a busy
 * community costs no more than a quiet one. Throws a RangeError where there is no such probability.
 */
export const poissonAtMost = (count: number, mean: number): number => {
  if (!(mean >= 0 && Number.isFinite(mean)) || !Number.isInteger(count))
    throw new RangeError(`no Poisson probability of ${count} with mean ${mean}`)
  if (count < 0) return 0
  if (mean === 0) return 1
  const most = Math.exp(-mean + count * Math.log(mean) - logFactorial(count))
  return count < mean ? Math.min(1, sumDown(count, mean, most)) : Math.max(0, 1 - sumUp(count + 1, mean, (most * mean) / (count + 1)))
}

/** Terms below this part of their sum no longer change it. */
const NEGLIGIBLE = 1e-17

const sumDown = (from: number, mean: number, first: number): number => {
  let sum = 0
  for (let k = from, term = first; k >= 0 && term > sum * NEGLIGIBLE; term *= k / mean, k--) sum += term
  return sum
}

const sumUp = (from: number, mean: number, first: number): number => {
  let sum = 0
  for (let k = from, term = first; term > sum * NEGLIGIBLE; k++, term *= mean / k) sum += term
  return sum
}

/** ln n!; from ten on by Stirling's series (DLMF 5.11.1), off by less than 1e-12 there. */
const logFactorial = (n: number): number => {
  if (n >= 10)
    return (
      (n + 0.5) * Math.log(n) -
      n +
      0.5 * Math.log(2 * Math.PI) +
      1 / (12 * n) -
      1 / (360 * n ** 3) +
      1 / (1260 * n ** 5) -
      1 / (1680 * n ** 7)
    )
  let product = 1
  for (let k = 2; k <= n; k++) product *= k
  return Math.log(product)
}
