import { createRandom } from '../../server/ingest/sources/synthetic/random.ts'
import { type ShareSeries, topSharesOf } from '../../server/alerts/weekly/share-series.ts'
import { drawCount, isHolidayWeek } from './share-kinds.ts'

/** A kind of community by who gives its answers. */
export type TopKind = {
  name: string
  /** Answers a week. */
  rate: number
  /** What each person gives by week since it began to be watched (negative before), up to a factor. `turn`: whose turn it is, by chance. */
  weights: (week: number, turn: number) => readonly number[]
  /** Weeks that a turn lasts on average; absent: nobody takes turns. */
  turns?: number
  dispersion?: number
  /** How much each person's week swings: standard deviation of the logarithm. */
  swing?: number
  /** Slow swings of each person: autocorrelation from week to week, and standard deviation of the logarithm. */
  slow?: { phi: number; sigma: number }
  history: number
}

const YEAR = 52

/** One community's weeks. */
export const liveTop = (kind: TopKind, watched: number, seed: number): ShareSeries => {
  const random = createRandom(seed)
  const begin = random.below(YEAR)
  let turn = 0
  const swings: number[] = []
  const { phi, sigma } = kind.slow ?? { phi: 0, sigma: kind.swing ?? 0 }
  return topSharesOf(
    Array.from({ length: kind.history + watched }, (_, i) => {
      if (kind.turns !== undefined && random.isTrue(1 / kind.turns)) turn = random.below(1000)
      const weights = kind.weights(i - kind.history, turn).map((weight, person) => {
        const before = swings[person] ?? sigma * random.normal()
        swings[person] = phi * before + Math.sqrt(1 - phi * phi) * sigma * random.normal()
        return weight * Math.exp(swings[person])
      })
      const whole = weights.reduce((sum, weight) => sum + weight, 0)
      const all = drawCount(random, kind.rate, kind.dispersion)
      const given = new Map<number, number>()
      for (let one = 0; one < all; one++) {
        let left = random.next() * whole
        let person = 0
        while (person < weights.length - 1 && left >= (weights[person] as number)) left -= weights[person++] as number
        given.set(person, (given.get(person) ?? 0) + 1)
      }
      return { all, people: [...given], is_holiday: isHolidayWeek((begin + i) % YEAR) }
    }),
  )
}

const HALF_A_YEAR = 26
const TWO_YEARS = 104

/** The first of `people` gives `top`, the others alike. */
const oneOf = (people: number, top: number, who = 0): number[] =>
  Array.from({ length: people }, (_, i) => (i === who % people ? top : (1 - top) / (people - 1)))
const zipf = (people: number) => Array.from({ length: people }, (_, i) => 1 / (i + 1))

/** Communities in which it hangs on one person as much as ever. */
export const STEADY_TOPS: readonly TopKind[] = [
  ...[2, 5, 20, 100].map((rate) => ({ name: `a heavy tail of 20, ${rate} a week`, rate, weights: () => zipf(20), history: HALF_A_YEAR })),
  ...[2, 5, 20].map((rate) => ({ name: `one gives 45 %, ${rate} a week`, rate, weights: () => oneOf(10, 0.45), history: HALF_A_YEAR })),
  { name: 'one gives 55 %, 5 a week', rate: 5, weights: () => oneOf(10, 0.55), history: HALF_A_YEAR },
  { name: 'two give it in equal parts, 5 a week', rate: 5, weights: () => [1, 1], history: HALF_A_YEAR },
  { name: 'one gives it all, 5 a week', rate: 5, weights: () => [1], history: HALF_A_YEAR },
  { name: 'one gives 90 %, 5 a week', rate: 5, weights: () => oneOf(5, 0.9), history: HALF_A_YEAR },
  ...[4, 13, 26].map((turns) => ({
    name: `turns of about ${turns} weeks, whoever has it gives 60 %`,
    rate: 5,
    turns,
    weights: (_: number, turn: number) => oneOf(8, 0.6, turn),
    history: YEAR,
  })),
  {
    name: 'turns of about 13 weeks, whoever has it gives 60 %, 20 a week',
    rate: 20,
    turns: 13,
    weights: (_, turn) => oneOf(8, 0.6, turn),
    history: YEAR,
  },
  { name: 'answers swing: variance 4 × the mean', rate: 5, dispersion: 4, weights: () => oneOf(10, 0.45), history: HALF_A_YEAR },
  { name: 'people’s weeks swing twofold, 5 a week', rate: 5, swing: 0.7, weights: () => oneOf(8, 0.4), history: HALF_A_YEAR },
  { name: 'people’s weeks swing twofold, 20 a week', rate: 20, swing: 0.7, weights: () => oneOf(8, 0.4), history: HALF_A_YEAR },
  { name: 'people swing slowly, 5 a week', rate: 5, slow: { phi: 0.9, sigma: 0.5 }, weights: () => oneOf(6, 0.4), history: HALF_A_YEAR },
  { name: 'people swing slowly, 20 a week', rate: 20, slow: { phi: 0.9, sigma: 0.5 }, weights: () => oneOf(6, 0.4), history: HALF_A_YEAR },
]

const from = (before: readonly number[], after: readonly number[]) => (week: number) => (week < 0 ? before : after)

/** Communities that come to depend on one person from the first week watched on. */
export const RISING_TOPS: readonly TopKind[] = [
  ...[20, 5, 2.5, 1].map((rate) => ({
    name: `the top share rises from 0.3 to 0.7, ${rate} a week`,
    rate,
    weights: from(oneOf(8, 0.3), oneOf(8, 0.7)),
    history: TWO_YEARS,
  })),
  {
    name: 'from 0.3 to 0.7, 5 a week, half a year of history',
    rate: 5,
    weights: from(oneOf(8, 0.3), oneOf(8, 0.7)),
    history: HALF_A_YEAR + 8,
  },
  {
    name: 'somebody new takes over: from 0.3 to 0.7, 5 a week',
    rate: 5,
    weights: from(oneOf(8, 0.3), oneOf(8, 0.7, 5)),
    history: TWO_YEARS,
  },
  { name: 'one of three in equal parts leaves (0.33 to 0.5), 5 a week', rate: 5, weights: from([1, 1, 1], [1, 1, 0]), history: TWO_YEARS },
  { name: 'two of three in equal parts leave (0.33 to 1), 5 a week', rate: 5, weights: from([1, 1, 1], [1, 0, 0]), history: TWO_YEARS },
  {
    name: 'others fade over a year: 0.3 to 0.7, 5 a week',
    rate: 5,
    weights: (week) => oneOf(8, Math.min(0.7, 0.3 + (0.4 * Math.max(0, week)) / YEAR)),
    history: TWO_YEARS,
  },
  {
    name: 'takes turns, then one stays at 0.7: 20 a week',
    rate: 20,
    turns: 13,
    weights: (week, turn) => oneOf(8, week < 0 ? 0.45 : 0.75, week < 0 ? turn : 1),
    history: TWO_YEARS,
  },
]
