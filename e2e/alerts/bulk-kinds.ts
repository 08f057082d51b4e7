import { createRandom, type Random } from '../../server/ingest/sources/synthetic/random.ts'
import { isBulkStep } from '../../server/metrics/measured.ts'
import { isOneAct, SETTING_UP_DAYS } from '../../server/alerts/bulk-removal/limits.ts'
import { gamma } from './gamma.ts'

const SETTING_UP_WEEKS = SETTING_UP_DAYS / 7
const MINUTES = 7 * 24 * 60
const DAY = 24 * 60

/** The minutes of a week at which people join by themselves. */
export type BulkKind = { name: string; week: (random: Random) => number[]; is_day_alone?: boolean }

const evenly = (rate: number) => (random: Random) => Array.from({ length: random.poisson(rate) }, () => random.next() * MINUTES)
/** Nine to five on working days. */
const atWork = (rate: number) => (random: Random) =>
  Array.from({ length: random.poisson(rate) }, () => random.below(5) * DAY + 9 * 60 + random.next() * 8 * 60)
/** Now and then many come at once of their own will: `count` of them, each within so many minutes on average. */
const withRushes =
  (rate: number, { everyWeeks, count, minutes }: { everyWeeks: number; count: number; minutes: number }) =>
  (random: Random) => {
    const others = atWork(rate)(random)
    if (random.below(everyWeeks) !== 0) return others
    const begin = random.below(5) * DAY + 14 * 60
    return [...others, ...Array.from({ length: random.poisson(count) }, () => begin - minutes * Math.log(1 - random.next()))]
  }
/** Of times the source tells the day alone: all of a day lie in one minute. `dispersion`: variance over mean of a day's count. */
const daysAlone = (rate: number, dispersion: number) => (random: Random) =>
  Array.from({ length: 5 }, (_, day) => {
    const extra = dispersion - 1
    const count = random.poisson(extra > 0 ? extra * gamma(random, rate / 5 / extra) : rate / 5)
    return Array.from({ length: count }, () => day * DAY)
  }).flat()

export const BULK_KINDS: readonly BulkKind[] = [
  ...[5, 50, 500].map((rate) => ({ name: `${rate} a week, evenly`, week: evenly(rate) })),
  { name: '50 a week, in office hours', week: atWork(50) },
  { name: '10 a week, and each month 150 within about an hour', week: withRushes(10, { everyWeeks: 4, count: 150, minutes: 60 }) },
  { name: '10 a week, and each quarter 300 within about five minutes', week: withRushes(10, { everyWeeks: 13, count: 300, minutes: 5 }) },
  ...(
    [
      [8, 1],
      [50, 1],
      [50, 4],
      [30, 8],
    ] as const
  ).map(([rate, dispersion]) => ({
    name: `${rate} a week, told by the day alone${dispersion === 1 ? '' : `, variance ${dispersion} × the mean`}`,
    week: daysAlone(rate, dispersion),
    is_day_alone: true,
  })),
]

/** The most within one minute, as the metric counts it. */
const mostInAMinute = (minutes: readonly number[]): number => {
  const sorted = [...minutes].sort((a, b) => a - b)
  let [most, to] = [0, 0]
  sorted.forEach((at, from) => {
    while (to < sorted.length && (sorted[to] as number) <= at + 1) to++
    most = Math.max(most, to - from)
  })
  return most
}

/** The weeks watched, counted from 0, that are taken for one act although everybody comes by themselves; seeded. */
export const stepsOf = ({ week, is_day_alone = false }: BulkKind, watched: number, seed: number): number[] => {
  const random = createRandom(seed)
  const steps: number[] = []
  const busiest: number[] = []
  for (let number = -SETTING_UP_WEEKS; number < watched; number++) {
    const minutes = week(random)
    const count = mostInAMinute(minutes)
    // of a source that tells the day alone, the fullest minute is the busiest day
    const busiest_day = Math.max(0, ...busiest)
    if (number >= 0 && isBulkStep(count, minutes.length) && isOneAct({ count, is_day_alone, busiest_day })) steps.push(number)
    busiest.push(count)
    if (busiest.length > 52) busiest.shift()
  }
  return steps
}
