import { type Interval, Z_95 } from './wilson-interval.ts'

/** One step of the curve: at `time`, `event_count` of `at_risk` had the event, and `survival` is the share left after it. */
export type SurvivalStep = { time: number; at_risk: number; event_count: number; survival: number; low: number | null; high: number | null }

/** A survival curve: its steps at times of events, and the last time anything was observed. */
export type SurvivalCurve = { steps: SurvivalStep[]; last_time: number | null }

/** Steps this close to a quantile lie on it: products of fractions are not exact. The tolerance of R's quantile.survfit. */
const TOLERANCE = Math.sqrt(Number.EPSILON)

/** How many ended at a time: with the event, or still without it (censored). */
export type Exits = { time: number; event_count: number; censored_count: number }
/** How many came under observation at a time after their own beginning (left truncation); they are at risk in what comes later. */
export type Entries = { time: number; count: number }

/**
 * Kaplan–Meier estimate S(t) = Π(1 − dᵢ/nᵢ) from the times of events and the times at which observation of the others
 * ended (Kaplan & Meier 1958, 10.1080/01621459.1958.10501452). Someone censored at the time of an event is still at risk in it. The band is
 * Greenwood's variance on the log(−log) scale, 95 %; it does not exist where S is 1 or 0. Same numbers as R's
 * survfit(conf.type = "log-log").
 */
export const fitSurvival = (eventTimes: readonly number[], censoredTimes: readonly number[]): SurvivalCurve => {
  const times = Float64Array.from([...eventTimes, ...censoredTimes]).sort()
  // Float64Array sorts NaN last
  if (Number.isNaN(times.at(-1))) throw new RangeError('a time is not a number')
  const byTime = new Map<number, Exits>()
  for (const time of times) byTime.set(time, { time, event_count: 0, censored_count: 0 })
  for (const time of eventTimes) (byTime.get(time) as Exits).event_count += 1
  for (const time of censoredTimes) (byTime.get(time) as Exits).censored_count += 1
  return fitSurvivalOfCounts([...byTime.values()])
}

/**
 * The same from counts in rising order of time, each time once. People who entered late were at risk only after their entry
 * (delayed entry; R: Surv(entry, exit, event)); every one of them must have ended later than they entered.
 */
export const fitSurvivalOfCounts = (exits: readonly Exits[], lateEntries: readonly Entries[] = []): SurvivalCurve => {
  const steps: SurvivalStep[] = []
  let survival = 1
  let greenwood = 0
  let at_risk = sum(exits.map((e) => e.event_count + e.censored_count)) - sum(lateEntries.map((e) => e.count))
  let entered = 0
  for (const { time, event_count, censored_count } of exits) {
    for (; entered < lateEntries.length && (lateEntries[entered] as Entries).time < time; entered += 1)
      at_risk += (lateEntries[entered] as Entries).count
    if (at_risk < event_count + censored_count) throw new RangeError('someone ended before they entered')
    if (event_count > 0) {
      // exactly 0, not 1e-17, when everyone at risk had the event
      survival = event_count === at_risk ? 0 : survival * (1 - event_count / at_risk)
      greenwood += event_count / (at_risk * (at_risk - event_count))
      steps.push({ time, at_risk, event_count, survival, ...band(survival, greenwood) })
    }
    at_risk -= event_count + censored_count
  }
  return { steps, last_time: exits.at(-1)?.time ?? null }
}

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0)

const band = (survival: number, greenwood: number): { low: number | null; high: number | null } => {
  if (survival <= 0 || survival >= 1) return { low: null, high: null }
  const logSurvival = Math.log(survival)
  const spread = Math.exp((Z_95 * Math.sqrt(greenwood)) / Math.abs(logSurvival))
  return { low: Math.exp(logSurvival * spread), high: Math.exp(logSurvival / spread) }
}

/**
 * The time by which the share `probability` has had the event: where the curve crosses 1 − probability. Null when it
 * never does ("not reached"). Where the curve runs level exactly there, the middle of the level piece, as the ordinary
 * median of an even number does (R's quantile.survfit).
 */
export const survivalQuantile = (curve: SurvivalCurve, probability: number): number | null => crossing(curve, 'survival', 1 - probability)

/** 95 % interval of a quantile: where the band crosses the same height. An end is null where its band never does. */
export const survivalQuantileInterval = (curve: SurvivalCurve, probability: number): { low: number | null; high: number | null } => ({
  low: crossing(curve, 'low', 1 - probability),
  high: crossing(curve, 'high', 1 - probability),
})

const crossing = (curve: SurvivalCurve, height: 'survival' | keyof Interval, target: number): number | null => {
  let level: SurvivalStep | null = null
  for (const step of curve.steps) {
    const at = step[height]
    if (at === null) continue
    if (level) return (level.time + step.time) / 2
    if (at > target + TOLERANCE) continue
    if (at < target - TOLERANCE) return step.time
    level = step
  }
  return level && (level.time + (curve.last_time ?? level.time)) / 2
}

/** Whether a quantile, or an end of its interval, may lie where the curve ends level: then it moves with the last time anything was observed. */
export const mayEndLevel = ({ steps }: SurvivalCurve, probability: number): boolean =>
  (['survival', 'low', 'high'] as const).some((height) => {
    const last = steps.findLast((step) => step[height] !== null)?.[height]
    return last !== undefined && last !== null && Math.abs(last - (1 - probability)) <= 2 * TOLERANCE
  })

/**
 * How long a curve may be believed: the first whole time from 0 on at which fewer than `least` are at risk. Entries and exits as
 * in fitSurvivalOfCounts, in whole days.
 */
export const findThinning = (exits: readonly Exits[], lateEntries: readonly Entries[], least: number): number => {
  let at_risk = sum(exits.map((e) => e.event_count + e.censored_count)) - sum(lateEntries.map((e) => e.count))
  let time = 0
  let entered = 0
  const enterBefore = (until: number) => {
    for (; entered < lateEntries.length && (lateEntries[entered] as Entries).time < until; entered += 1)
      at_risk += (lateEntries[entered] as Entries).count
  }
  // the number falls only on the day after an exit
  for (const exit of exits) {
    enterBefore(time)
    if (at_risk < least) return time
    enterBefore(exit.time + 1)
    at_risk -= exit.event_count + exit.censored_count
    time = Math.max(time, exit.time + 1)
  }
  return time
}
