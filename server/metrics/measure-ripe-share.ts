import type { Measured } from '../../shared/contract/metric.ts'
import { countOf } from '../../shared/format.ts'
import { foundShare, notApplicable, notReached, tooFew } from './measured.ts'
import { MIN_COHORT } from './sample-minima.ts'

/**
 * A share of a cohort whose members each need some days of follow-up: of the ripe ones, from MIN_COHORT of them on. With enough
 * people in the cohort and too few ripe it is not reached yet.
 */
export const measureRipeShare = (
  { k, ripe, all }: { k: number; ripe: number; all: number },
  { days, whenEmpty, began }: { days: number; whenEmpty: string; began: string },
): Measured => {
  if (all === 0) return { ...notApplicable(whenEmpty), numerator: 0, denominator: 0, n: 0 }
  const waiting = all - ripe
  const wait =
    waiting > 0
      ? `${countOf(waiting, 'person', 'people')} ${began} less than ${days} days ago and ${waiting === 1 ? 'is' : 'are'} left out so far.`
      : null
  const counts = { numerator: k, denominator: ripe, n: ripe }
  if (ripe < MIN_COHORT) {
    const few = `Only ${ripe} of the ${MIN_COHORT} people it takes.`
    return waiting > 0 && all >= MIN_COHORT
      ? notReached(`Too young: ${wait}`, counts)
      : tooFew(wait === null ? few : `${few} ${wait}`, counts)
  }
  return { ...foundShare(k, ripe, whenEmpty), reason: wait }
}
