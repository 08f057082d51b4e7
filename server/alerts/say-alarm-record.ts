/** What people said of alerts, held against how often such alerts are said to be false; over rules and communities together. */
import type { AlarmRecord } from '../../shared/contract/all-alerts.ts'
import { formatDecimal, sayCount, sayCountOf, startSentence } from '../../shared/format.ts'
import { chanceOfAtLeast } from './say-record.ts'

const TAIL = 0.025

/** Where `holds` turns from true to false, above 0. */
const turn = (holds: (mean: number) => boolean): number => {
  let [low, high] = [0, 1]
  while (holds(high)) high *= 2
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The means that a count fits (exact Poisson, 95 %): both tails have at most 2.5 % (Garwood 1936). */
export const poissonInterval = (count: number): { low: number; high: number } => ({
  low: count === 0 ? 0 : turn((mean) => chanceOfAtLeast(count, mean) < TAIL),
  high: turn((mean) => 1 - chanceOfAtLeast(count + 1, mean) > TAIL),
})

export type Counted = { years: number; told: number; false_alarms: number; right: number; expected: number }

export const addCounted = (all: readonly Counted[]): Counted =>
  all.reduce(
    (sum, one) => ({
      years: sum.years + one.years,
      told: sum.told + one.told,
      false_alarms: sum.false_alarms + one.false_alarms,
      right: sum.right + one.right,
      expected: sum.expected + one.expected,
    }),
    { years: 0, told: 0, false_alarms: 0, right: 0, expected: 0 },
  )

const sayExpected = (expected: number): string =>
  expected < 0.05
    ? 'for one to be false by what is stated, it is too early'
    : `by what is stated, ${formatDecimal(expected, expected < 9.95 ? 1 : 0)} would have been false by now`

export const describeAlarmRecord = (counted: Counted): AlarmRecord => {
  const { years, told, false_alarms, right, expected } = counted
  const interval = poissonInterval(false_alarms)
  return { years, told, ruled: false_alarms + right, false_alarms, expected, ...interval, sentence: say(counted, interval) }
}

const say = ({ told, false_alarms, right, expected }: Counted, { low, high }: { low: number; high: number }): string => {
  const ruled = false_alarms + right
  const byChance = sayExpected(expected)
  if (told === 0)
    return high < expected
      ? `Nothing was told, and ${byChance}: alarms are rarer here than stated.`
      : `Nothing was told so far; ${byChance}.`
  const begun = `${startSentence(sayCountOf(told, 'alert'))} ${told === 1 ? 'was' : 'were'} told`
  if (ruled === 0) return `${begun}, and nobody has said whether ${told === 1 ? 'it was' : 'they were'} right; ${byChance}.`
  const called = `of ${ruled === told ? (told === 1 ? 'it' : 'them') : `the ${sayCount(ruled)} that somebody judged`}, ${false_alarms === 0 ? 'none was' : false_alarms === 1 ? 'one was' : `${sayCount(false_alarms)} were`} called false`
  const fits = `that fits anything from ${formatDecimal(low)} to ${formatDecimal(high)}`
  if (low > expected)
    return `${begun}; ${called}. ${startSentence(byChance)}: that is more than chance explains, and the rates that are stated are too low here.`
  if (high < expected && ruled === told)
    return `${begun}; ${called}. ${startSentence(byChance)}: alarms are false here less often than stated.`
  return `${begun}; ${called}. ${startSentence(byChance)}; ${fits}, so what is stated holds so far.`
}
