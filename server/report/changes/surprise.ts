/**
 * How surprising one period is against a community's own past. Pure. Each kind of number has its own distribution, as wide as the
 * past periods really swung; what is estimated from few periods counts as less sure (Student's t). docs/changes.md has the figures.
 */
import { betaBinomialAtMost, negativeBinomialAtMost, normalDeviate, studentTwoSided } from '../../metrics/statistics/tails.ts'

/** A count and of how much time or people it is; a share's parts; a positive value. */
export type Counted = { count: number; exposure: number }
export type Shared = { numerator: number; denominator: number }

export type Surprise = {
  /** Two-sided probability of a period at least as far out, if nothing has changed. */
  probability: number
  /** Below or above what is usual. */
  side: 'below' | 'above'
  /** What lies between is less unusual than UNUSUAL; in counts, in cases of this period's denominator, or in the unit of a value. */
  usual_low: number
  usual_high: number
  /** What the past leads one to expect. */
  expected: number
}

/** Called unusual from here on: what chance alone brings once in twenty periods (our judgement). */
export const UNUSUAL = 0.05

/** Variance over what pure chance gives, before the past tells, and as how many periods that counts (our judgement: a little more than chance). */
export const SPREAD_BEFORE = 1.5
export const SPREAD_BEFORE_WEIGHT = 2

type Tails = {
  /** Two-sided and for a whole number of cases; half of a tie counts. */
  probabilityOf: (count: number) => number
  expected: number
  most: number
}

/** Squared swings over chance, summed over `past` periods: how wide this community swings, at least as wide as chance. */
const spreadOf = (squares: number, past: number): number =>
  Math.max(1, (squares + SPREAD_BEFORE_WEIGHT * SPREAD_BEFORE) / (past - 1 + SPREAD_BEFORE_WEIGHT))

/** The spread is itself estimated: the same distance is worth less the fewer periods tell of it. */
const lessSure = (probability: number, past: number): number =>
  studentTwoSided(normalDeviate(Math.min(1, probability)), past - 1 + SPREAD_BEFORE_WEIGHT)

const twoSided = (atMost: (count: number) => number, count: number): number => {
  const [before, upTo] = [atMost(count - 1), atMost(count)]
  const below = (before + upTo) / 2
  return Math.min(1, 2 * Math.min(below, 1 - below))
}

const tailsOfCount = (past: readonly Counted[], exposure: number): Tails => {
  const all = past.reduce((sum, { count }) => sum + count, 0)
  const exposed = past.reduce((sum, one) => sum + one.exposure, 0)
  // half a case more, so that nothing in the past does not make one case impossible (Jeffreys)
  const rate = (all + 0.5) / exposed
  const squares = all === 0 ? 0 : past.reduce((sum, one) => sum + swing(one.count, (all * one.exposure) / exposed), 0)
  const mean = rate * exposure
  const variance = mean * spreadOf(squares, past.length) * (1 + exposure / exposed)
  return {
    probabilityOf: (count) =>
      lessSure(
        twoSided((at) => negativeBinomialAtMost(at, mean, variance), count),
        past.length,
      ),
    expected: mean,
    most: Number.POSITIVE_INFINITY,
  }
}
const swing = (count: number, mean: number): number => (mean === 0 ? 0 : (count - mean) ** 2 / mean)

const tailsOfShare = (past: readonly Shared[], cases: number): Tails => {
  const those = past.reduce((sum, one) => sum + one.numerator, 0)
  const all = past.reduce((sum, one) => sum + one.denominator, 0)
  const share = (those + 0.5) / (all + 1)
  const plain = those === 0 || those === all
  const squares = plain
    ? past.length - 1
    : past.reduce((sum, { numerator, denominator }) => {
        const mean = (those / all) * denominator
        return sum + (denominator === 0 ? 0 : (numerator - mean) ** 2 / (mean * (1 - those / all)))
      }, 0)
  // Williams 1982: chance alone adds past − 1 to the squares, a correlation within periods adds its weight more
  const weight = past.reduce((sum, { denominator }) => sum + (denominator - 1) * (1 - denominator / all), 0)
  const extra = (spreadOf(squares, past.length) - 1) * (past.length - 1)
  const correlation = weight <= 0 ? 0 : Math.min(0.99, Math.max(0, extra / weight))
  const usualCases = past.reduce((sum, { denominator }) => sum + denominator ** 2, 0) / all
  const spread = 1 + (cases - 1) * correlation + (cases / all) * (1 + (usualCases - 1) * correlation)
  const widened = cases < 2 ? 0 : Math.min(0.99, (spread - 1) / (cases - 1))
  return {
    probabilityOf: (count) =>
      lessSure(
        twoSided((at) => betaBinomialAtMost(at, cases, share, widened), count),
        past.length,
      ),
    expected: cases * share,
    most: cases,
  }
}

/** The last whole number from `from` on, in steps of `step`, that is not unusual. The way out is doubled, then halved. */
const lastUsual = ({ probabilityOf, most }: Tails, from: number, step: 1 | -1): number => {
  const isUsual = (count: number) => count >= 0 && count <= most && probabilityOf(count) > UNUSUAL
  let reach = 1
  while (isUsual(from + step * reach)) reach *= 2
  let [inside, outside] = [Math.floor(reach / 2), reach]
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2)
    if (isUsual(from + step * middle)) inside = middle
    else outside = middle
  }
  return from + step * inside
}

const surpriseFrom = (tails: Tails, count: number): Surprise => {
  const middle = Math.min(tails.most, Math.round(tails.expected))
  return {
    probability: tails.probabilityOf(count),
    side: count < tails.expected ? 'below' : 'above',
    usual_low: lastUsual(tails, middle, -1),
    usual_high: lastUsual(tails, middle, 1),
    expected: tails.expected,
  }
}

/** Of a count: a negative binomial with the rate of the past periods, as wide as they swung. `exposure` in the past's unit. */
export const surpriseOfCount = (past: readonly Counted[], now: Counted): Surprise =>
  surpriseFrom(tailsOfCount(past, now.exposure), now.count)

/** Of k of n: a beta-binomial with the share of the past periods, and between periods as wide as they swung. */
export const surpriseOfShare = (past: readonly Shared[], now: Shared): Surprise =>
  surpriseFrom(tailsOfShare(past, now.denominator), now.numerator)

/** Of a positive value such as a median wait: its logarithm against those of the past periods, by Student's t. */
export const surpriseOfValue = (past: readonly number[], now: number): Surprise => {
  const logs = past.map(Math.log)
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1))
  const width = Math.max(deviation, LEAST_DEVIATION) * Math.sqrt(1 + 1 / logs.length)
  const degrees = logs.length - 1
  const reach = usualDeviate(degrees) * width
  return {
    probability: studentTwoSided((Math.log(now) - mean) / width, degrees),
    side: Math.log(now) < mean ? 'below' : 'above',
    usual_low: Math.exp(mean - reach),
    usual_high: Math.exp(mean + reach),
    expected: Math.exp(mean),
  }
}
/** Values that never moved are taken to move by one in a hundred. */
const LEAST_DEVIATION = 0.01

/** Student's t at which a period becomes unusual, by halving. */
const usualDeviate = (degrees: number): number => {
  let [low, high] = [0, 200]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (studentTwoSided(middle, degrees) > UNUSUAL) low = middle
    else high = middle
  }
  return low
}
