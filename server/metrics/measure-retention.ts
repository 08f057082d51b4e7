import type { Measured } from '../../shared/contract/metric.ts'
import { countOf, formatPercent } from '../../shared/format.ts'
import { LAPSE_DAYS } from '../rollup/lapse-days.ts'
import { found, notApplicable, notAvailable, notReached, tooFew } from './measured.ts'
import type { MeasureContext } from './metric.ts'
import { type CohortCounts, countsOfCohort, type RetentionCohort } from './readings/retention-cohort.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_AT_RISK, MIN_COHORT } from './sample-minima.ts'
import {
  type Entries,
  type Exits,
  findThinning,
  fitSurvivalOfCounts,
  type SurvivalCurve,
  survivalQuantile,
  survivalQuantileInterval,
} from './statistics/kaplan-meier.ts'

/** Who counts as gone and for how long people are followed: the same words in every metric of the family. */
export const GOING_RULE =
  `Somebody is gone on the day they left, or, if they fell silent for ${LAPSE_DAYS} days (${HOUSE_RULE}), on the last day on which they did anything, reading included; joining counts as doing something. ` +
  'Who came back in the end was never gone. ' +
  `Whether silence lasts is known only ${LAPSE_DAYS} days later, so everyone is followed up to ${LAPSE_DAYS} days before the last day that is over. Where a source does not report reading, a silent reader looks gone. `

/** How much it takes, in the words of every metric of the family. */
export const COHORT_RULE =
  `Shown from ${MIN_COHORT} people, as far as at least ${MIN_AT_RISK} are still there and followed; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the contributions are anonymous (${HOUSE_RULE}). ` +
  'Who joined before the first activity there is counts only from then on (left truncation). Where no source tells who joined, the people first seen in the month stand for them, old members among them, and the number says so.'
export const CURVE_CITATION =
  'Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452; interval: Greenwood on the log(−log) scale. Agrees with survfit(Surv(entry, exit, event) ~ 1, conf.type = "log-log") of R.'

/** A curve of who is still there, and how far it may be believed. */
export type RetentionCurve = SurvivalCurve & {
  exits: Exits[]
  lateEntries: Entries[]
  /** From this day on too few are followed: the curve ends the day before. */
  thins_on: number
  /** People the curve rests on, whenever they came under observation. */
  people_count: number
}

/** Several metrics speak of the same row. */
const fitted = new WeakMap<CohortCounts, RetentionCurve>()

export const fitRetention = (row: CohortCounts): RetentionCurve => {
  const known = fitted.get(row)
  if (known) return known
  const { exits, lateEntries } = countsOfCohort(row)
  const curve = {
    ...fitSurvivalOfCounts(exits, lateEntries),
    exits,
    lateEntries,
    thins_on: findThinning(exits, lateEntries, MIN_AT_RISK),
    people_count: exits.reduce((sum, e) => sum + e.event_count + e.censored_count, 0),
  }
  fitted.set(row, curve)
  return curve
}

const NOBODY = 'Nobody began in this period, or it is not a calendar month: who stays is told of the people who began in a month.'
const PREDATING = 'They began before the first activity there is: who of them had gone by then is not known.'
/** What shows that activity is told, and with it who fell silent. */
const ACTIVITY = ['contributions', 'views', 'reactions'] as const

type Known = { is_first_seen: number; is_lapse_known: number }

/** Why nothing can be said of who stays, whatever the cohort; or null. `count` is how many people there are to speak of. */
export const findSilence = (row: Known, count: number, context: MeasureContext): Measured | null => {
  const isActivityTold = ACTIVITY.some(context.canTell)
  if (!isActivityTold && !context.canTell('leaves')) return notAvailable(['leaves', 'contributions'], context.sourceNames)
  // where joins (or activity) are told and none has come yet, nobody has begun (or been followed)
  const isNobody = count === 0 || (row.is_first_seen > 0 && context.canTell('joins')) || (row.is_lapse_known === 0 && isActivityTold)
  return isNobody ? { ...notApplicable(NOBODY), numerator: 0, denominator: 0, n: 0 } : null
}

/** What keeps a cohort from having a curve at all, or null. */
export const findObstacle = (row: RetentionCohort, curve: RetentionCurve, context: MeasureContext): Measured | null => {
  const silence = findSilence(row, row.started_count, context)
  if (silence) return silence
  if (row.started_count < MIN_COHORT)
    return tooFew(`${countOf(row.started_count, 'person', 'people')} began; it takes ${MIN_COHORT}.`, { n: row.started_count })
  if (curve.people_count >= MIN_COHORT) return null
  const counts = { n: curve.people_count }
  if (row.predating_count > 0) return { ...notApplicable(PREDATING), ...counts }
  const wait = row.is_lapse_known > 0 ? `: who fell silent for good shows after ${LAPSE_DAYS} days` : ''
  return notReached(
    `Too young: ${countOf(curve.people_count, 'person', 'people')} of ${row.started_count} could be followed so far${wait}.`,
    counts,
  )
}

const countUnfollowed = (curve: RetentionCurve, days: number): number =>
  curve.exits.reduce((sum, e) => sum + (e.time < days ? e.censored_count : 0), 0)

/** How many are still there after `days` days, of how many; null where not everybody could be followed that long. Of any number of people. */
export const countStaying = (curve: RetentionCurve, days: number): { still: number; of: number } | null => {
  if (curve.people_count === 0 || curve.lateEntries.length > 0 || countUnfollowed(curve, days) > 0) return null
  const gone = curve.exits.reduce((sum, e) => sum + (e.time <= days ? e.event_count : 0), 0)
  return { still: curve.people_count - gone, of: curve.people_count }
}

/** How many are followed and still there on each of some days: under observation before it, and not ended before it (R's n.risk). */
export const countAtRisk = ({ exits, lateEntries }: RetentionCurve, days: readonly number[]): number[] =>
  days.map((day) => {
    const ended = exits.reduce((sum, e) => sum + (e.time >= day ? e.event_count + e.censored_count : 0), 0)
    return ended - lateEntries.reduce((sum, e) => sum + (e.time >= day ? e.count : 0), 0)
  })

/** The share still there after `days` days, on a cohort without an obstacle. */
export const measureStaying = (curve: RetentionCurve, days: number, about: string | null = null): Measured => {
  const n = curve.people_count
  const unfollowed = countUnfollowed(curve, days)
  // with everybody followed that long the estimate is a plain share, which a person can count
  const plain = countStaying(curve, days)
  const counts = plain === null ? { denominator: n, n } : { numerator: plain.still, denominator: n, n }
  if (curve.thins_on <= days) {
    if (curve.thins_on === 0 && curve.lateEntries.length > 0) return { ...notApplicable(PREDATING), n }
    const few = `Under ${MIN_AT_RISK} of ${n} were still there and followed from day ${curve.thins_on} on; the curve ends there.`
    return unfollowed > 0 ? notReached(`Too young: ${few}`, counts) : tooFew(few, counts)
  }
  const step = curve.steps.findLast((s) => s.time <= days)
  const share = plain === null ? (step?.survival ?? 1) : plain.still / n
  const notes = [
    about,
    unfollowed > 0 ? `${unfollowed} of ${n} could not be followed for ${days} days yet and count for as long as they were.` : null,
    share === 1 ? 'Nobody was gone by then, so there is no interval.' : null,
    share === 0 ? 'All were gone by then, so there is no interval.' : null,
  ].filter((note) => note !== null)
  return found(share, { ...counts, low: step?.low ?? null, high: step?.high ?? null, reason: notes.join(' ') || null })
}

/** The days after which half were gone, on a cohort without an obstacle. */
export const measureMedianStay = (curve: RetentionCurve, about: string | null = null): Measured => {
  const n = curve.people_count
  const believed = { ...curve, steps: curve.steps.filter((step) => step.time < curve.thins_on) }
  const [reached, whole] = [survivalQuantileInterval(believed, 0.5), survivalQuantileInterval(curve, 0.5)]
  const low = reached.low === null ? null : whole.low
  const median = survivalQuantile(believed, 0.5) === null ? null : survivalQuantile(curve, 0.5)
  if (median === null) {
    if (curve.thins_on === 0 && curve.lateEntries.length > 0) return { ...notApplicable(PREDATING), n }
    const share = formatPercent(believed.steps.at(-1)?.survival ?? 1, n)
    return notReached(
      `More than half were there as far as the curve goes: ${share} before day ${curve.thins_on}, from which on under ${MIN_AT_RISK} are followed.`,
      { n, low },
    )
  }
  return found(median, { n, low, high: reached.high === null ? null : whole.high, reason: about })
}

/** What to know of every number of a cohort, or null. */
export const aboutCohort = (row: Known): string | null =>
  row.is_first_seen > 0
    ? 'Of people seen for the first time: no source tells who joined.'
    : row.is_lapse_known > 0
      ? null
      : 'By leaving alone: no source tells what members do.'
