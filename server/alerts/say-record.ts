/** What became of the alerts of a rule in a community, held against how often it is said to be false. */
import type { Alert, StatedRate, WatchedRule } from '../../shared/contract/alert.ts'
import { formatDecimal, sayCount, sayCountOf, sayTimes, startSentence } from '../../shared/format.ts'
import { daysBetween } from '../../shared/period.ts'

const DAYS_OF_YEAR = 365.25
const DAYS_OF = { day: 1, week: 7, month: DAYS_OF_YEAR / 12 } as const
/** Below this a record is told in weeks: "0.1 years" says little (our judgement). */
const YEARS_FROM = 0.95
/** So many false ones or more come by chance in fewer than one of twenty, if what is stated holds (our judgement). */
const UNLIKELY = 0.05

/** The chance of `count` or more where `mean` are expected (Poisson). */
export const chanceOfAtLeast = (count: number, mean: number): number => {
  if (count <= 0) return 1
  let term = Math.exp(-mean)
  let below = 0
  for (let k = 0; k < count; k++) {
    below += term
    term *= mean / (k + 1)
  }
  return Math.max(0, 1 - below)
}

export const sayYears = (years: number): string => {
  if (years >= YEARS_FROM) return formatDecimal(years, 1) === '1' ? 'a year' : `${formatDecimal(years, 1)} years`
  const weeks = Math.floor((years * DAYS_OF_YEAR) / 7 + 1e-9)
  return weeks < 1 ? 'less than a week' : sayCountOf(weeks, 'week')
}

/** "one was called false, two right"; null where nobody said anything. */
const sayRulings = (told: number, falseAlarms: number, right: number): string | null => {
  if (falseAlarms + right === 0) return null
  if (told === 1) return falseAlarms === 1 ? 'it was called a false alarm' : 'it was called right'
  const was = (count: number) => `${sayCount(count)} ${count === 1 ? 'was' : 'were'}`
  return [
    ...(falseAlarms > 0 ? [`${was(falseAlarms)} called ${falseAlarms === 1 ? 'a false alarm' : 'false alarms'}`] : []),
    ...(right > 0 ? [`${was(right)} called right`] : []),
  ].join(', ')
}

type Told = Pick<Alert, 'is_history' | 'state' | 'ruling' | 'notices'>

const countsOf = (alerts: readonly Told[]) => ({
  told: alerts.length,
  false_alarms: alerts.filter(({ ruling }) => ruling?.ruling === 'false_alarm').length,
  right: alerts.filter(({ ruling }) => ruling?.ruling === 'right').length,
})

/**
 * How a rule has done here. What was found in the past, of which nobody was told, is said beside it and counted apart. `alerts` are
 * those of one rule; `watchedFrom` and `judgedOn` are first days of periods, null where nothing was judged.
 */
export const describeRecord = (
  alerts: readonly Told[],
  stated: StatedRate,
  { watchedFrom, judgedOn, grain }: { watchedFrom: string | null; judgedOn: string | null; grain: WatchedRule['grain'] },
): WatchedRule['record'] => {
  const days = watchedFrom === null || judgedOn === null || judgedOn < watchedFrom ? 0 : daysBetween(watchedFrom, judgedOn) + DAYS_OF[grain]
  const years = days / DAYS_OF_YEAR
  const counts = countsOf(alerts.filter(({ is_history }) => !is_history))
  const past = countsOf(alerts.filter(({ is_history }) => is_history))
  const { told, false_alarms, right } = counts
  const sentences: string[] = []
  if (watchedFrom === null) sentences.push('It has not been watched here yet.')
  else if (told === 0) {
    // only just watched: nothing to say of it
    if (years > 0) sentences.push(`Nothing told in ${sayYears(years)}.`)
  } else {
    const rulings = sayRulings(told, false_alarms, right)
    const time = years === 0 ? '' : ` in ${sayYears(years)}`
    sentences.push(`Told ${sayTimes(told)}${time}${rulings === null ? '; nobody has said whether it was right' : `; ${rulings}`}.`)
  }
  const expected = stated.a_year * years
  if (expected > 0 && chanceOfAtLeast(false_alarms, expected) < UNLIKELY)
    sentences.push(
      `By what is stated, ${formatDecimal(expected, expected < 0.1 ? 2 : 1)} would have been expected: it is wrong here more often than said, and stricter limits would help.`,
    )
  if (past.told > 0) {
    const rulings = sayRulings(past.told, past.false_alarms, past.right)
    sentences.push(
      `In the time before it was watched, ${sayCountOf(past.told, 'alert')} ${past.told === 1 ? 'was' : 'were'} found${rulings === null ? '' : `; ${rulings}`}.`,
    )
  }
  return { years, ...counts, sentence: startSentence(sentences.join(' ')) }
}
