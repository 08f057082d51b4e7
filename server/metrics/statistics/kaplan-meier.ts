import { type Interval, Z_95 } from './wilson-interval.ts'

/** One step of the curve: at `time`, `event_count` of `at_risk` had the event, and `survival` is the share left after it. */
export type SurvivalStep = { time: number; at_risk: number; event_count: number; survival: number; low: number | null; high: number | null }

/** A survival curve: its steps at times of events, and the last time anything was observed. */
export type SurvivalCurve = { steps: SurvivalStep[]; last_time: number | null }

/** Steps this close to a quantile lie on it: products of fractions are not exact. The tolerance of R's quantile.survfit. */
const TOLERANCE = Math.sqrt(Number.EPSILON)

/**
 * Kaplan–Meier estimate S(t) = Π(1 − dᵢ/nᵢ) from the times of events and the times at which observation of the others
 * ended (Kaplan & Meier 1958, 10.1080/01621459.1958.10501452). Someone censored at the time of an event is still at risk in it. The band is
 * Greenwood's variance on the log(−log) scale, 95 %; it does not exist where S is 1 or 0. Same numbers as R's
 * survfit(conf.type = "log-log").
 */
export const fitSurvival = (eventTimes: readonly number[], censoredTimes: readonly number[]): SurvivalCurve => {
  const events = Float64Array.from(eventTimes).sort()
  const censored = Float64Array.from(censoredTimes).sort()
  // Float64Array sorts NaN last
  for (const times of [events, censored]) if (Number.isNaN(times.at(-1))) throw new RangeError('a time is not a number')
  const steps: SurvivalStep[] = []
  let survival = 1
  let greenwood = 0
  let censoredBefore = 0
  for (let i = 0; i < events.length; ) {
    const time = events[i] as number
    let next = i
    while (next < events.length && events[next] === time) next += 1
    while (censoredBefore < censored.length && (censored[censoredBefore] as number) < time) censoredBefore += 1
    const event_count = next - i
    const at_risk = events.length - i + censored.length - censoredBefore
    // exactly 0, not 1e-17, when everyone at risk had the event
    survival = event_count === at_risk ? 0 : survival * (1 - event_count / at_risk)
    greenwood += event_count / (at_risk * (at_risk - event_count))
    steps.push({ time, at_risk, event_count, survival, ...band(survival, greenwood) })
    i = next
  }
  const last = Math.max(events.at(-1) ?? Number.NEGATIVE_INFINITY, censored.at(-1) ?? Number.NEGATIVE_INFINITY)
  return { steps, last_time: Number.isFinite(last) ? last : null }
}

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
export const survivalQuantile = (curve: SurvivalCurve, probability: number): number | null =>
  crossing(
    curve.steps.map((step) => ({ time: step.time, height: step.survival })),
    1 - probability,
    curve.last_time,
  )

/** 95 % interval of a quantile: where the band crosses the same height. An end is null where its band never does. */
export const survivalQuantileInterval = (curve: SurvivalCurve, probability: number): { low: number | null; high: number | null } => {
  const edge = (end: keyof Interval) => {
    const heights = curve.steps.flatMap((step) => (step[end] === null ? [] : [{ time: step.time, height: step[end] }]))
    return crossing(heights, 1 - probability, curve.last_time)
  }
  return { low: edge('low'), high: edge('high') }
}

const crossing = (steps: { time: number; height: number }[], target: number, lastTime: number | null): number | null => {
  const index = steps.findIndex((step) => step.height <= target + TOLERANCE)
  const reached = steps[index]
  if (!reached) return null
  if (reached.height < target - TOLERANCE) return reached.time
  return (reached.time + (steps[index + 1]?.time ?? lastTime ?? reached.time)) / 2
}
