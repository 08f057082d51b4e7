import type { CommunityNeed, CommunitySummary } from '../../shared/contract/community.ts'
import type { Measured } from '../../shared/contract/metric.ts'
import { formatDay, formatPeriodRange, MIN_CASES_FOR_INTERVAL, sayCountOf } from '../../shared/format.ts'
import { daysBetween } from '../../shared/period.ts'
import { answeredShare } from '../metrics/helping/answered-share.ts'
import { wilsonInterval } from '../metrics/statistics/wilson-interval.ts'
import { ALIVE_DAYS } from '../rollup/data-span.ts'

/** Months that the answered questions of "needs you" are counted over: one alone often holds too few (our judgement). */
export const NEED_MONTHS = 3
const POOR_SHARE = answeredShare.thresholds.find(({ name }) => name.startsWith('poor'))?.value ?? 0

type Known = Pick<CommunitySummary, 'is_demo' | 'intention' | 'trajectory' | 'known_by'> & {
  /** The last local day with anything known, and today in its zone. */
  known_on: string | null
  today: string
  /** Its last months with data, the latest last, with their answered share. */
  months: { period: string; answered: Pick<Measured, 'numerator' | 'denominator' | 'is_inferred'> | undefined }[]
}

/**
 * Why somebody should look at a community, in the order of the list, each with its reason in words: a plain rule and no score.
 * An archive shown as a demo has an end by nature, and is called neither silent nor declining.
 */
export const findNeeds = ({ is_demo, intention, trajectory, known_by, known_on, today, months }: Known): CommunityNeed[] => {
  if (known_by === null || known_on === null) return is_demo ? [] : [{ reason: 'no_data', sentence: 'No data yet' }]
  const needs: CommunityNeed[] = []
  if (intention?.state === 'drifting')
    needs.push({ reason: 'drifting', sentence: `Drifts from its charter: meant to be a ${intention.purpose.replaceAll('_', ' ')}` })
  const hasEnded = daysBetween(known_on, today) > ALIVE_DAYS
  if (trajectory === 'declining' && !(is_demo && hasEnded)) needs.push({ reason: 'declining', sentence: 'Declining' })
  if (!is_demo && hasEnded) needs.push({ reason: 'silent', sentence: `Nothing has come in since ${formatDay(known_on)}` })
  const unanswered = findUnanswered(months.slice(-NEED_MONTHS))
  if (unanswered !== null) needs.push(unanswered)
  return needs
}

/** Answered is poor where even the upper end of the interval lies below the house rule's; inferred threads tell too low a share. */
const findUnanswered = (months: Known['months']): CommunityNeed | null => {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined || months.some(({ answered }) => answered?.is_inferred)) return null
  const sum = (part: 'numerator' | 'denominator') => months.reduce((all, { answered }) => all + (answered?.[part] ?? 0), 0)
  const [k, n] = [sum('numerator'), sum('denominator')]
  if (n < MIN_CASES_FOR_INTERVAL || (wilsonInterval(k, n)?.high ?? 1) >= POOR_SHARE) return null
  const when = formatPeriodRange(first.period, last.period, 'month')
  return { reason: 'unanswered', sentence: `${sayCountOf(n - k, 'question')} of ${n} not answered within a week, ${when}` }
}
