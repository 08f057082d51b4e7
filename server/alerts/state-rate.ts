import type { AlertRuleId, StatedRate } from '../../shared/contract/alert.ts'
import stated from './stated-rates.json' with { type: 'json' }

/** Communities by how much they swing by themselves; `any` is all of them. */
export type SwingClass = 'any' | 'calm' | 'uneven' | 'wild'
/** False alarms a year of the worst steady kind of a class, or of all kinds while they swing so, with which it is (e2e/alerts/measure-rates.ts). */
export type StatedRow = { strictness: number; a_year: number; standard_error: number; kind: string }
/** What the simulation found of a rule (`npm run validate:alerts -- --write`). `cuts`: the swings at which uneven and wild begin. */
export type StatedRule = {
  rule: string
  unit: string
  cuts: number[] | null
  rows: Record<SwingClass, StatedRow[]>
  /** Median weeks to notice, null where most are not noticed, and of which change. */
  delays: { strictness: number; weeks: number | null }[]
  delay_of: string | null
}

/** Nothing measured promises less than this: a simulation has not every kind of community. */
const LEAST_A_YEAR = 0.01

export const classOfSwing = (swing: number | null, cuts: readonly number[] | null): SwingClass => {
  if (swing === null || cuts === null) return 'any'
  const [uneven = Number.POSITIVE_INFINITY, wild = Number.POSITIVE_INFINITY] = cuts
  return swing < uneven ? 'calm' : swing < wild ? 'uneven' : 'wild'
}

const ofClass = (swings: string): string =>
  `the worst simulated kind in which nothing changes and that mostly swings ${swings} this one, or all kinds in weeks in which they do, whichever is more`
const OF_CLASS: Record<SwingClass, string> = {
  any: 'the worst of all simulated kinds in which nothing changes',
  calm: ofClass('as little as'),
  uneven: ofClass('about as much as'),
  wild: ofClass('as much as'),
}

/**
 * False alarms a year at a strictness, as simulated: never less than what was measured at the next stricter limits, and between two
 * strictnesses a straight line. Null where the rule was not simulated.
 */
export const rateAmong = (rows: readonly StatedRow[], strictness: number): { a_year: number; standard_error: number } | null => {
  const sorted = rows.toSorted((a, b) => a.strictness - b.strictness)
  // by chance a stricter limit may have done worse: then the looser one is not said to do better
  const least = sorted.map((row, i) => sorted.slice(i).reduce((most, other) => (other.a_year > most.a_year ? other : most), row))
  const at = (i: number) => ({ ...(least[i] as StatedRow), strictness: (sorted[i] as StatedRow).strictness })
  if (sorted.length === 0) return null
  const above = sorted.findIndex((row) => row.strictness >= strictness)
  const high = at(above === -1 ? sorted.length - 1 : above)
  const low = at(above === -1 ? sorted.length - 1 : Math.max(0, above - 1))
  const span = high.strictness - low.strictness
  const part = span === 0 ? 0 : (strictness - low.strictness) / span
  return {
    a_year: Math.max(LEAST_A_YEAR, low.a_year + (high.a_year - low.a_year) * part),
    standard_error: Math.max(low.standard_error, high.standard_error),
  }
}

const findStated = (rule: AlertRuleId) => (stated as StatedRule[]).find((one) => one.rule === rule)

/**
 * How often a rule is wrong a year; `swing` null: of the worst kind. It is no bound: a kind that swings more than it shows is more often
 * wrong (docs/direction.md). A rule that was not simulated has no figure of its own: 0 with no error.
 */
export const stateRate = (rule: AlertRuleId, strictness: number, swing: number | null): StatedRate => {
  const found = findStated(rule)
  if (found === undefined) return { a_year: 0, standard_error: null, of: 'not simulated' }
  const own = classOfSwing(swing, found.cuts)
  const of = found.rows[own].length > 0 ? own : 'any'
  const rate = rateAmong(found.rows[of], strictness)
  return rate === null ? { a_year: 0, standard_error: null, of: 'not simulated' } : { ...rate, of: OF_CLASS[of] }
}

/** Median weeks to notice at a strictness, by the next stricter that was simulated; null where that is not known or most are not noticed. */
export const stateDelay = (rule: AlertRuleId, strictness: number): { weeks: number | null; of: string } => {
  const found = findStated(rule)
  const row = found?.delays.toSorted((a, b) => a.strictness - b.strictness).find((one) => one.strictness >= strictness)
  return { weeks: row?.weeks ?? null, of: found?.delay_of ?? 'not simulated' }
}
