import { classOfSwing, type SwingClass } from '../../server/alerts/state-rate.ts'
import type { SimulatedKind, SimulatedRule } from './simulated-kind.ts'

const YEAR = 52
export type Run = { communities: number; watched: number; seed: number; strictness?: number }

/** The seed of one community of a kind: of the same number for every kind, so that kinds differ by what they are. */
export const seedOf = (seed: number, community: number): number => seed * 100_003 + community

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** Of a mean of communities, which are independent of each other while their weeks are not. */
export const standardErrorOf = (values: readonly number[]): number => {
  const mean = meanOf(values)
  return Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1) / Math.max(1, values.length),
  )
}

export type Steadiness = {
  name: string
  design: string | null
  false_a_year: number
  standard_error: number
  years: number
  /** In the weeks in which it looks so by its swing; none of a rule that knows no swing. */
  while_it_looks: { swing: SwingClass; years: number; told: number }[]
}
const LOOKS = ['calm', 'uneven', 'wild'] as const

/** How often communities in which nothing changes are told that something does. */
export const measureSteady = (
  kind: SimulatedKind,
  { communities, watched, seed, strictness = 1, cuts = null }: Run & { cuts?: SimulatedRule['cuts'] },
): Steadiness => {
  const all = Array.from({ length: communities }, (_, i) => kind.live(watched, seedOf(seed, i), strictness))
  const rates = all.map(({ told }) => (told.length / watched) * YEAR)
  const while_it_looks = (cuts === null ? [] : LOOKS).map((swing) => ({
    swing,
    years: all.reduce((sum, { swings }) => sum + swings.filter((one) => classOfSwing(one, cuts) === swing).length, 0) / YEAR,
    told: all.reduce((sum, { swings, told }) => sum + told.filter((week) => classOfSwing(swings[week] ?? null, cuts) === swing).length, 0),
  }))
  const false_a_year = meanOf(rates)
  const years = (communities * watched) / YEAR
  // none in so many years may be three in as many (the rule of three), which is taken for two errors
  const standard_error = false_a_year === 0 ? 1.5 / years : standardErrorOf(rates)
  return { name: kind.name, design: kind.design, false_a_year, standard_error, years, while_it_looks }
}

export type Noticing = {
  name: string
  design: string | null
  /** The median; null where most are not noticed. */
  weeks: number | null
  weeks_error: number | null
  share_noticed: number
  share_error: number
  share_in_eight: number
  /** An alarm stood already when it began: they are left out, as somebody had been told. */
  stood: number
}

/** The middle of values in order, with the half width of the values around it that hold it two times out of three; Infinity counts. */
export const medianOf = (values: readonly number[]): { median: number; error: number } => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (place: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(place)))] as number
  const middle = (sorted.length - 1) / 2
  const reach = Math.sqrt(sorted.length) / 2
  return { median: at(middle), error: (at(middle + reach) - at(middle - reach)) / 2 }
}

/** How soon communities in which something changes in the first week watched are told so. Weeks are counted from 1. */
export const measureChanging = (kind: SimulatedKind, { communities, watched, seed, strictness = 1 }: Run): Noticing => {
  const all = Array.from({ length: communities }, (_, i) => kind.live(watched, seedOf(seed, i), strictness))
  const weeks = all.filter(({ stood }) => !stood).map(({ told }) => (told[0] === undefined ? Number.POSITIVE_INFINITY : told[0] + 1))
  const isNoticed = weeks.map((week) => Number(Number.isFinite(week)))
  const { median, error } = medianOf(weeks)
  const isKnown = Number.isFinite(median)
  return {
    name: kind.name,
    design: kind.design,
    weeks: isKnown ? median : null,
    weeks_error: isKnown && Number.isFinite(error) ? error : null,
    share_noticed: meanOf(isNoticed),
    share_error: standardErrorOf(isNoticed),
    share_in_eight: meanOf(weeks.map((week) => Number(week <= 8))),
    stood: (communities - weeks.length) / communities,
  }
}
