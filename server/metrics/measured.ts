import type { Capability, Measured } from '../../shared/contract/metric.ts'
import { countOf, formatCount, formatPercent, joinWords, MIN_CASES_FOR_INTERVAL } from '../../shared/format.ts'
import { BULK_COUNT, BULK_SHARE, MAX_ANONYMOUS_SHARE } from './sample-minima.ts'
import { wilsonInterval } from './statistics/wilson-interval.ts'

/** The ways in which a metric can answer. Each makes a whole `Measured`, so that no metric forgets a field or a reason. */

const NOTHING = { value: null, numerator: null, denominator: null, n: null, low: null, high: null, reason: null } as const

/** A value that may be shown. Throws on NaN and infinities: they mean a missing case in the metric, not a finding. */
export const found = (value: number, more: Partial<Omit<Measured, 'value' | 'status'>> = {}): Measured => {
  if (!Number.isFinite(value)) throw new RangeError(`a metric found ${value}`)
  return { ...NOTHING, ...more, value, status: 'ok' }
}

/** A plain count: it rests on itself. */
export const foundCount = (count: number, reason: string | null = null): Measured => found(count, { n: Math.abs(count), reason })

export const notApplicable = (reason: string): Measured => ({ ...NOTHING, status: 'not_applicable', reason })

/** Below the metric's own minimum: what there is stays visible, the value does not. */
export const tooFew = (reason: string, counts: Partial<Pick<Measured, 'numerator' | 'denominator' | 'n'>> = {}): Measured => ({
  ...NOTHING,
  ...counts,
  status: 'too_few',
  reason,
})

export const notReached = (reason: string, more: Partial<Pick<Measured, 'numerator' | 'denominator' | 'n' | 'low'>>): Measured => ({
  ...NOTHING,
  ...more,
  status: 'not_reached',
  reason,
})

/** k of n with its Wilson interval; the bare count below ten; not applicable, for the reason given, when n is 0. */
export const foundShare = (k: number, n: number, whenEmpty: string): Measured => {
  const interval = wilsonInterval(k, n)
  if (interval === null) return { ...notApplicable(whenEmpty), numerator: 0, denominator: 0, n: 0 }
  const counts = { numerator: k, denominator: n, n }
  if (n < MIN_CASES_FOR_INTERVAL)
    return {
      ...NOTHING,
      ...counts,
      status: 'count_only',
      reason: `Under ${MIN_CASES_FOR_INTERVAL} cases: the count, without a percentage.`,
    }
  return found(k / n, { ...counts, ...interval })
}

const NAMES: Record<Capability, string> = {
  joins: 'who joined',
  leaves: 'who left',
  contributions: 'contributions',
  questions: 'which contributions are questions',
  accepted_answers: 'which answers were accepted',
  views: 'what was read',
  reactions: 'reactions',
  practices: 'which practices were shared',
  value_reports: 'what value members report',
}

/** None of the sources tells what the metric needs. */
export const notAvailable = (missing: readonly Capability[], sourceNames: readonly string[]): Measured => {
  const what = joinWords(
    missing.map((capability) => NAMES[capability]),
    'or',
  )
  const reason = sourceNames.length
    ? `Not available from ${joinWords(sourceNames)}, which ${sourceNames.length === 1 ? 'does' : 'do'} not tell ${what}.`
    : `Not available yet: no source has told ${what}.`
  return { ...NOTHING, status: 'not_available', reason }
}

/** Not available though the sources tell what they can: the community's managers, or the way it is organised, leave it open. */
export const unknown = (reason: string): Measured => ({ ...NOTHING, status: 'not_available', reason })

export const isTooAnonymous = (anonymous: number, all: number): boolean => all > 0 && anonymous / all > MAX_ANONYMOUS_SHARE

/** Too much of the period is anonymous for anything about persons. */
export const withheld = (anonymous: number, all: number, of = 'contributions'): Measured => ({
  ...NOTHING,
  status: 'withheld',
  reason: `${formatCount(anonymous)} of ${countOf(all, of.slice(0, -1), of)} ${anonymous === 1 ? 'is' : 'are'} anonymous, more than ${formatPercent(MAX_ANONYMOUS_SHARE)}: too many to say anything about persons.`,
})

export const isBulkStep = (mostInAMinute: number, all: number): boolean => mostInAMinute > BULK_COUNT && mostInAMinute > all * BULK_SHARE

/** Keeps the value and says that it is an import or a purge, no movement of people. `verb` is joined or left. */
export const asBulkStep = (measured: Measured, mostInAMinute: number, all: number, verb: 'joined' | 'left'): Measured =>
  measured.status === 'ok'
    ? {
        ...measured,
        status: 'bulk_step',
        reason: `${formatCount(mostInAMinute)} of the ${formatCount(all)} ${verb} within one minute: ${verb === 'joined' ? 'an import' : 'a purge'} by the look of it, so kept out of trends and alarms.`,
      }
    : measured

/** The rule of bulk steps in words, for explanations. */
export const BULK_RULE = `More than ${BULK_COUNT} within one minute that are more than ${formatPercent(BULK_SHARE)} of the period's are marked as a bulk step (an import, a purge) and kept out of trends and alarms (house rule).`
