/** P(X ≤ count) for a Poisson variable with the given mean; its terms are summed through logarithms, so that a large mean gives a small number and no overflow. */
export const poissonAtMost = (count: number, mean: number): number => {
  if (!(mean >= 0) || !Number.isInteger(count)) throw new RangeError(`no Poisson probability of ${count} with mean ${mean}`)
  if (count < 0) return 0
  if (mean === 0) return 1
  let log = -mean
  let sum = Math.exp(log)
  for (let k = 1; k <= count; k++) {
    log += Math.log(mean / k)
    sum += Math.exp(log)
  }
  return Math.min(1, sum)
}
