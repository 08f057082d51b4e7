import type { Retention } from '../../../shared/contract/retention.ts'
import {
  formatCount,
  formatPercent,
  formatPercentInterval,
  formatPeriodRange,
  formatShare,
  MIN_CASES_FOR_PERCENT,
  sayCount,
  sayCountOf,
  startSentence,
} from '../../../shared/format.ts'
import { addDays, daysOfPeriod, shiftPeriod, spanLabel } from '../../../shared/period.ts'
import { formatValue } from '../../../shared/unit.ts'
import type { Numbers } from '../period/use-numbers.ts'
import { type Cohort, cohortsBy } from './fetch-retention.ts'

export type Age = Cohort['shares'][number]

/** March 2025, or January to March 2025. */
export const nameCohort = ({ from, to }: { from: string; to: string }): string => formatPeriodRange(from, to, 'month')

/** An age as a heading: 30 days, 1 year. */
export const nameAge = (days: number): string => (days % 365 === 0 ? `${days / 365} year${days === 365 ? '' : 's'}` : `${days} days`)

/** What beginning is: joining, or being seen for the first time where nobody tells who joined. */
export const saidBegan = (beginsWith: Retention['begins_with']): string => (beginsWith === 'joining' ? 'joined' : 'were first seen')

/** Ages at which a page answers "do they stay?", the telling one first (our judgement: a season). */
const TELLING = [90, 30, 180]

const sayWhenBegan = (cohort: { from: string; to: string }) => (cohort.from === cohort.to ? 'in ' : 'from ') + nameCohort(cohort)

/** "Of 42 who joined in March 2025, 31 were still here after 90 days (74 %, 59–85 %)." */
const sayAge = (cohort: Cohort, age: Age, beginsWith: Retention['begins_with']): string => {
  const who = `Of ${age.still?.of === 1 ? 'one person' : formatCount(age.still?.of ?? age.denominator ?? cohort.started_count)} who ${saidBegan(beginsWith)} ${sayWhenBegan(cohort)}`
  const interval = age.low === null || age.high === null ? null : formatPercentInterval(age.low, age.high)
  if (age.still === null)
    return `${who}, about ${formatPercent(age.value ?? 0, age.denominator ?? 0)} were still here after ${nameAge(age.days)}${interval === null ? '' : ` (${interval})`}; some could not be followed so long yet.`
  const { count, of } = age.still
  const isPlain = age.value === null || (interval === null && (count === 0 || count === of))
  const parts = isPlain ? [] : [of >= MIN_CASES_FOR_PERCENT ? formatPercent(count / of, of) : null, interval]
  const detail = parts.filter((part) => part !== null).join(', ')
  return `${who}, ${count === 0 ? 'none was' : count === 1 ? 'one was' : count === of ? 'all were' : `${sayCount(count)} were`} still here after ${nameAge(age.days)}${detail === '' ? '' : ` (${detail})`}.`
}

/** A cohort older than this says little of who stays now (our judgement: a year). */
const RECENT_MONTHS = 12

/**
 * The answer to "do they stay?": of the latest month or quarter that is large and old enough, where it is of the last year; else of
 * all together, else of the latest that can be counted. Null where nothing can be said.
 */
export const sayStaying = (retention: Retention): string | null => {
  const { from, to, all, begins_with } = retention
  const cohorts = [...cohortsBy(retention, 'quarter'), ...cohortsBy(retention, 'month')].toSorted((a, b) => (a.to < b.to ? 1 : -1))
  const recent = cohorts.filter((cohort) => cohort.to > shiftPeriod(to, 'month', -RECENT_MONTHS))
  const together = all === null ? [] : [{ ...all, from, to }]
  const tries: [Cohort[], (age: Age) => boolean][] = [
    [recent, (age) => age.status === 'ok' && age.still !== null],
    [together, (age) => age.status === 'ok'],
    [cohorts, (age) => age.status === 'ok'],
    [cohorts, (age) => age.still !== null],
  ]
  for (const [among, isTelling] of tries)
    for (const days of TELLING)
      for (const cohort of among) {
        const age = cohort.shares.find((one) => one.days === days)
        if (age !== undefined && isTelling(age)) return sayAge(cohort, age, begins_with)
      }
  return null
}

/** What one field of the heat map shows, and says in full. */
export const describeAge = (
  cohort: Cohort,
  age: Age,
  beginsWith: Retention['begins_with'],
): { kind: 'share' | 'count' | 'pending' | 'blank'; share: number | null; text: string; words: string } => {
  const what = `${startSentence(beginsWith === 'joining' ? 'joined' : 'first seen')} ${sayWhenBegan(cohort)}, after ${nameAge(age.days)}`
  const reason = age.reason === null ? '' : ` ${age.reason}`
  if (age.status === 'ok' && age.value !== null) {
    const share = formatShare({ ...age, numerator: age.still?.count ?? null })
    const counted = age.still === null ? '' : `${formatCount(age.still.count)} of ${formatCount(age.still.of)}; `
    const isCounted = (age.denominator ?? 0) < MIN_CASES_FOR_PERCENT && age.still !== null
    return {
      kind: 'share',
      share: age.value,
      text:
        isCounted && age.still !== null
          ? `${formatCount(age.still.count)} of ${formatCount(age.still.of)}`
          : formatPercent(age.value, Math.min(999, age.denominator ?? 0)),
      words: `${what}: ${isCounted ? '' : counted}${share} still there.${reason}`,
    }
  }
  if (age.still !== null) {
    const counted = `${formatCount(age.still.count)} of ${formatCount(age.still.of)}`
    return { kind: 'count', share: null, text: counted, words: `${what}: ${counted} still there.${reason}` }
  }
  if (cohort.started_count === 0) return { kind: 'blank', share: null, text: '–', words: `${what}: nobody.` }
  const isPending = age.status === 'not_reached' || age.status === 'too_few'
  return { kind: isPending ? 'pending' : 'blank', share: null, text: isPending ? '' : '–', words: `${what}: no number.${sayPending(age)}` }
}

/** Of a cohort too small for a share, that is not why its count is missing. */
const sayPending = (age: Age): string =>
  age.status === 'too_few' ? ' Not everybody could be followed so long yet.' : age.reason === null ? '' : ` ${age.reason}`

/** What the heat map says as a whole. */
export const sayCohorts = (cohorts: Cohort[], retention: Retention, unit: string): string => {
  const at = (days: number) =>
    cohorts.flatMap((cohort) => {
      const age = cohort.shares.find((one) => one.days === days)
      return age?.status === 'ok' && age.value !== null ? [{ cohort, age, value: age.value }] : []
    })
  const days = TELLING.find((one) => at(one).length > 0)
  if (days === undefined) {
    const began = cohorts.reduce((sum, cohort) => sum + cohort.started_count, 0)
    return began === 0
      ? `Nobody ${retention.begins_with === 'joining' ? 'joined' : 'was first seen'} in these months.`
      : cohorts.some((cohort) => cohort.shares.some((age) => age.still !== null))
        ? `No ${unit} had people enough for a share, so counts stand.`
        : 'Nobody could be followed for 30 days yet.'
  }
  const told = at(days).toSorted((a, b) => a.value - b.value)
  const [least, most] = [told[0] as (typeof told)[number], told.at(-1) as (typeof told)[number]]
  const share = (one: typeof least) => `${formatPercent(one.value, one.age.denominator ?? 0)} (${nameCohort(one.cohort)})`
  return told.length === 1
    ? `After ${nameAge(days)} ${share(least)} were still here; no other ${unit} had people enough.`
    : `After ${nameAge(days)}, from ${share(least)} to ${share(most)} were still here, over the ${sayCountOf(told.length, unit)} with people enough.`
}

/** What the curve of all together says: after how long half were gone. */
export const sayMedian = (retention: Retention): string => {
  const { all } = retention
  if (all === null) return 'Nothing can be said of who stays.'
  const { median, curve } = all
  if (median.value !== null) {
    const interval = median.low === null || median.high === null ? '' : ` (${formatCount(median.low)} to ${formatCount(median.high)})`
    return median.value === 0
      ? `Half were not seen again after the day they ${retention.begins_with === 'joining' ? 'joined' : 'were first seen'}.`
      : `Half were gone after ${formatValue(median.value, 'days')}${interval}.`
  }
  const last = curve?.steps.at(-1)
  if (curve === null) return 'There is no curve yet.'
  const interval = last == null || last.low === null || last.high === null ? '' : ` (${formatPercentInterval(last.low, last.high)})`
  return `More than half stay: ${formatPercent(last?.share ?? 1, curve.people_count)}${interval} were still here after ${formatValue(curve.ends_before_day - 1, 'days')}, where the curve ends.`
}

/** The days on the page as one span, at most ten years of them back from its end. */
const MOST_DAYS = 3650
export const spanOf = ({ from, to, grain }: { from: string; to: string; grain: Numbers['range']['grain'] }): string => {
  const last = addDays(daysOfPeriod(to, grain).to_on, -1)
  const first = daysOfPeriod(from, grain).from_on
  const earliest = addDays(last, -MOST_DAYS)
  return spanLabel(first < earliest ? earliest : first, last)
}
