/** A seeded stream of random numbers (sfc32, Chris Doty-Humphrey, PractRand): the same seed gives the same numbers on every machine. */
export type Random = {
  /** Uniform, 0 included, 1 not. */
  next: () => number
  /** A whole number from 0 to `below` - 1. */
  below: (below: number) => number
  isTrue: (probability: number) => boolean
  normal: () => number
  /** Log-normal with this median; `sigma` is the standard deviation of the logarithm. */
  logNormal: (median: number, sigma: number) => number
  poisson: (mean: number) => number
  pick: <T>(items: readonly T[]) => T
}

/** Above this the normal approximation of the Poisson is closer than anyone will see. */
const LARGE_MEAN = 60

export const createRandom = (seed: number): Random => {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = seed | 0
  let counter = Math.floor(seed / 2 ** 32) | 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // the first numbers of neighbouring seeds are alike
  for (let i = 0; i < 20; i++) next()
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    normal,
    below: (below) => Math.floor(next() * below),
    isTrue: (probability) => next() < probability,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    poisson: (mean) => {
      if (mean > LARGE_MEAN) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
      const limit = Math.exp(-mean)
      let count = 0
      for (let product = next(); product > limit; product *= next()) count++
      return count
    },
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  }
}
