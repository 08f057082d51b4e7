import type { AlertRuleId } from '../../shared/contract/alert.ts'

/** One made-up community, watched for some weeks under limits of a strictness. */
export type Lived = {
  /** For each week watched, how much it swings by what was known at its end (`RuleReading.swing`); null where that is not known. */
  swings: readonly (number | null)[]
  /** Weeks, counted from 0, in which a mail would have said that it began or became clearly worse. */
  told: readonly number[]
  /** An alarm stood already when the watching began. */
  stood: boolean
}

/** Communities of one kind. The same seed is the same community, whatever the strictness. */
export type SimulatedKind = {
  name: string
  live: (watched: number, seed: number, strictness: number) => Lived
  /** What another simulation found when the detector was designed; null where it had no such kind. */
  design: string | null
}

/**
 * A rule as the validation tries it: a module of e2e/alerts/kinds/ exports one and is listed in simulated-rules.ts. From it come its
 * tables in docs/validation.md and its rows in server/alerts/stated-rates.json.
 */
export type SimulatedRule = {
  rule: AlertRuleId
  /** "community" or "source": what a false alarm a year is counted by. */
  unit: string
  /** Kinds in which nothing changes. */
  steady: readonly SimulatedKind[]
  /** Kinds in which something changes in the first week watched. */
  changing: readonly SimulatedKind[]
  /** Swings at which classes begin, ascending: below the first is calm, then uneven, then wild. Null: it knows no swing. */
  cuts: readonly [number, number] | null
  /** For so many weeks each community is watched. */
  watched: number
  /** It has none that could be stricter. */
  isWithoutLimits?: boolean
  /** Too slow for a quick run. */
  isSlow?: boolean
  /** The changing kind by which it is said how much later a stricter limit sees. */
  delayBy?: string
  /** Changing kinds that have to be noticed within eight weeks in the median. */
  withinEight?: readonly string[]
}
