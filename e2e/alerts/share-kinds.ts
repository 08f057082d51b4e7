import { HOLIDAY_WEEKS } from '../../server/diagnosis/direction/limits.ts'
import { createRandom, type Random } from '../../server/ingest/sources/synthetic/random.ts'
import { gamma } from './gamma.ts'
import { sharesOf, type ShareSeries } from '../../server/alerts/weekly/share-series.ts'

/** A kind of community by a share that is worse the larger it is: questions left without an answer, of those asked. */
export type ShareKind = {
  name: string
  /** Questions a week. */
  rate: number
  /** The share left unanswered, from 0 to 1. */
  share: number
  /** Variance over mean of the questions; 1 for pure chance. */
  dispersion?: number
  /** Questions whose fate is one: the share of those of a week that share it, as one asker's or one event's do. */
  together?: number
  /** Slow swings of the odds: autocorrelation from week to week, and standard deviation of the logarithm. */
  swings?: { phi: number; sigma: number }
  /** Fewer questions, and half again the odds, in the holidays. */
  seasons?: boolean
  /** Times the usual number of questions, by week since it began to be watched (negative before). */
  volume?: (week: number) => number
  /** The share by week since it began to be watched, where it changes. */
  course?: (week: number) => number
  /** Weeks of history before it is watched. */
  history: number
}

const YEAR = 52
export const isHolidayWeek = (week: number): boolean => HOLIDAY_WEEKS.includes(week)
export const drawCount = (random: Random, mean: number, dispersion = 1): number =>
  random.poisson(dispersion > 1 && mean > 0 ? (dispersion - 1) * gamma(random, mean / (dispersion - 1)) : mean)

/** One community's weeks, of which the first `passedOver` do not count. */
export const liveShare = (kind: ShareKind, watched: number, seed: number, passedOver = 0): ShareSeries => {
  const random = createRandom(seed)
  const begin = random.below(YEAR)
  const { phi = 0, sigma = 0 } = kind.swings ?? {}
  let swing = sigma * random.normal()
  return sharesOf(
    Array.from({ length: kind.history + watched }, (_, i) => {
      const week = i - kind.history
      const year = (begin + i) % YEAR
      const isHoliday = isHolidayWeek(year)
      swing = phi * swing + Math.sqrt(1 - phi * phi) * sigma * random.normal()
      const season = kind.seasons && isHoliday ? { volume: 0.6, odds: 1.5 } : { volume: 1, odds: 1 }
      const of = drawCount(random, kind.rate * season.volume * (kind.volume?.(week) ?? 1), kind.dispersion)
      const share = kind.course?.(week) ?? kind.share
      const odds = share >= 1 ? Number.POSITIVE_INFINITY : (share / (1 - share)) * Math.exp(swing) * season.odds
      const p = odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds)
      const isOne = random.isTrue(p)
      let cases = 0
      for (let one = 0; one < of; one++) if (random.isTrue(kind.together ?? 0) ? isOne : random.isTrue(p)) cases++
      return { share: { cases, of }, is_holiday: isHoliday }
    }),
    passedOver,
  )
}

const HALF_A_YEAR = 26
const TWO_YEARS = 104
const THREE_YEARS = 156
const from = (before: number, course: (week: number) => number) => (week: number) => (week < 0 ? before : course(week))

/** Communities in which the share stays as it is. */
export const STEADY_SHARES: readonly ShareKind[] = [
  ...[1, 2, 5, 20, 100].map((rate) => ({ name: `${rate} a week, a fifth unanswered`, rate, share: 0.2, history: HALF_A_YEAR })),
  ...[0.02, 0.5, 0.8].map((share) => ({ name: `5 a week, ${share * 100} % unanswered`, rate: 5, share, history: HALF_A_YEAR })),
  { name: '20 a week, half unanswered', rate: 20, share: 0.5, history: HALF_A_YEAR },
  { name: 'questions swing: variance 4 × the mean', rate: 5, share: 0.2, dispersion: 4, history: HALF_A_YEAR },
  { name: 'three in ten share their fate, 5 a week', rate: 5, share: 0.2, together: 0.3, history: HALF_A_YEAR },
  { name: 'three in ten share their fate, 20 a week', rate: 20, share: 0.2, together: 0.3, history: HALF_A_YEAR },
  { name: 'slow swings, 5 a week', rate: 5, share: 0.2, swings: { phi: 0.8, sigma: 0.3 }, history: HALF_A_YEAR },
  { name: 'slow swings, 20 a week', rate: 20, share: 0.3, swings: { phi: 0.8, sigma: 0.3 }, history: HALF_A_YEAR },
  { name: 'slow swings, 100 a week', rate: 100, share: 0.3, swings: { phi: 0.8, sigma: 0.3 }, history: HALF_A_YEAR },
  { name: 'large slow swings, 20 a week', rate: 20, share: 0.3, swings: { phi: 0.9, sigma: 0.5 }, history: HALF_A_YEAR },
  { name: 'large slow swings, 100 a week', rate: 100, share: 0.3, swings: { phi: 0.9, sigma: 0.5 }, history: HALF_A_YEAR },
  {
    name: 'three times the questions within a year',
    rate: 5,
    share: 0.3,
    volume: (week) => Math.min(3, 1 + (2 * Math.max(0, week)) / YEAR),
    history: YEAR,
  },
  {
    name: 'a third of the questions within a year',
    rate: 15,
    share: 0.3,
    volume: (week) => Math.max(1 / 3, 1 - (2 / 3) * (Math.max(0, week) / YEAR)),
    history: YEAR,
  },
  { name: 'seasons, half a year of history', rate: 8, share: 0.25, seasons: true, history: HALF_A_YEAR },
  { name: 'seasons, one year', rate: 8, share: 0.25, seasons: true, history: YEAR },
  { name: 'seasons, three years', rate: 8, share: 0.25, seasons: true, history: THREE_YEARS },
]

/** Communities in which it rises from the first week watched on. */
export const RISING_SHARES: readonly ShareKind[] = [
  ...[40, 20, 5, 2.5, 1].map((rate) => ({
    name: `answered falls from 0.8 to 0.5, ${rate} a week`,
    rate,
    share: 0.2,
    course: from(0.2, () => 0.5),
    history: TWO_YEARS,
  })),
  { name: 'from 0.9 to 0.5, 5 a week', rate: 5, share: 0.1, course: from(0.1, () => 0.5), history: TWO_YEARS },
  { name: 'from 0.95 to 0.8, 5 a week', rate: 5, share: 0.05, course: from(0.05, () => 0.2), history: TWO_YEARS },
  { name: 'from 0.95 to 0.8, 20 a week', rate: 20, share: 0.05, course: from(0.05, () => 0.2), history: TWO_YEARS },
  { name: 'from 0.5 to 0.3, 5 a week', rate: 5, share: 0.5, course: from(0.5, () => 0.7), history: TWO_YEARS },
  {
    name: 'from 0.8 to 0.5, 5 a week, half a year of history',
    rate: 5,
    share: 0.2,
    course: from(0.2, () => 0.5),
    history: HALF_A_YEAR + 8,
  },
  {
    name: 'from 0.8 to 0.5 with slow swings, 5 a week',
    rate: 5,
    share: 0.2,
    swings: { phi: 0.8, sigma: 0.3 },
    course: from(0.2, () => 0.5),
    history: TWO_YEARS,
  },
  { name: 'from 0.8 to 0.5 with seasons, 8 a week', rate: 8, share: 0.2, seasons: true, course: from(0.2, () => 0.5), history: TWO_YEARS },
  {
    name: 'fades from 0.8 to 0.4 over a year, 5 a week',
    rate: 5,
    share: 0.2,
    course: from(0.2, (week) => Math.min(0.6, 0.2 + (0.4 * week) / YEAR)),
    history: TWO_YEARS,
  },
  {
    name: 'one of three answerers, a third of all, leaves: from 0.8 to 0.6, 5 a week',
    rate: 5,
    share: 0.2,
    course: from(0.2, () => 0.4),
    history: TWO_YEARS,
  },
]

/** Newcomers are few, and one in four stays without a reply; three months more of history, since the first do not count. */
const BEGINNING = 13
const replies = (name: string, rate: number, more: Partial<ShareKind> = {}): ShareKind => ({
  name,
  rate,
  share: 0.25,
  history: HALF_A_YEAR + BEGINNING,
  ...more,
})
export const STEADY_REPLIES: readonly ShareKind[] = [
  ...[0.25, 0.5, 1, 2, 5, 20].map((rate) => replies(`${rate} newcomers a week, a quarter without a reply`, rate)),
  replies('2 a week, 5 % without a reply', 2, { share: 0.05 }),
  replies('2 a week, six in ten without a reply', 2, { share: 0.6 }),
  replies('newcomers come in waves: variance 4 × the mean', 3, { dispersion: 4 }),
  replies('three in ten share their fate, 3 a week', 3, { together: 0.3 }),
  replies('slow swings, 3 a week', 3, { swings: { phi: 0.8, sigma: 0.3 } }),
  replies('large slow swings, 10 a week', 10, { swings: { phi: 0.9, sigma: 0.5 } }),
  replies('seasons, one year', 3, { seasons: true, history: YEAR + BEGINNING }),
  replies('seasons, three years', 3, { seasons: true, history: THREE_YEARS }),
]
export const FALLING_REPLIES: readonly ShareKind[] = [
  ...[10, 5, 2, 1].map((rate) =>
    replies(`without a reply: from 0.25 to 0.6, ${rate} a week`, rate, { course: from(0.25, () => 0.6), history: TWO_YEARS }),
  ),
  replies('from 0.1 to 0.4, 3 a week', 3, { share: 0.1, course: from(0.1, () => 0.4), history: TWO_YEARS }),
  replies('from 0.25 to 0.6, 3 a week, half a year of history', 3, { course: from(0.25, () => 0.6), history: HALF_A_YEAR + 8 + BEGINNING }),
]
