import {
  formatCount,
  formatPercent,
  formatPercentInterval,
  MIN_CASES_FOR_INTERVAL,
  MIN_CASES_FOR_PERCENT,
  NO_BREAK,
} from '../../shared/format.ts'
import { wilsonInterval } from '../metrics/statistics/wilson-interval.ts'

/** A noun for one and for many: ['answer', 'answers']. */
export type Noun = readonly [one: string, many: string]

const nounFor = (count: number, [one, many]: Noun): string => (count === 1 ? one : many)
/** 1 answer, 12 answers. */
export const sayCount = (count: number, noun: Noun): string => `${formatCount(count)} ${nounFor(count, noun)}`
/** 9 more answers by others. */
export const sayMore = (count: number, noun: Noun): string => `${formatCount(count)} more ${nounFor(count, noun)}`
/** 1 fewer announcement. */
export const sayFewer = (count: number, noun: Noun): string => `${formatCount(count)} fewer ${nounFor(count, noun)}`
/** "most" from half on, as the rules mean it; "much" where a community's own thresholds ask for less. */
export const mostOrMuch = (k: number, n: number): 'most' | 'much' => (2 * k >= n ? 'most' : 'much')
/** was or were, after a count. */
export const wasOrWere = (count: number): string => (count === 1 ? 'was' : 'were')
/** 60 %, where the figure is a whole percentage. */
export const sayPercent = (percent: number): string => `${percent}${NO_BREAK}%`

/** A share as a percentage that never reads as though it reached a threshold it does not reach: 59.6 % against 60 % is 59 %. */
export const sayShareAgainst = (share: number, percent: number, cases: number): string => {
  const text = formatPercent(share, cases)
  return share * 100 < percent && Number.parseFloat(text) >= percent ? sayPercent(Math.floor(share * 100)) : text
}

/**
 * A share as its number of cases allows: under 10 "4 of 7 answers"; 10 to 29 "12 of 20 answers (39–78 %)"; from 30
 * "41 of 60 answers (68 %, 56–79 %)". The percentage it is held against keeps rounding from contradicting the test.
 */
export const sayShare = (k: number, n: number, noun: Noun, percent: number): string => {
  const count = `${formatCount(k)} of ${sayCount(n, noun)}`
  const interval = wilsonInterval(k, n)
  if (n < MIN_CASES_FOR_INTERVAL || interval === null) return count
  const range = formatPercentInterval(interval.low, interval.high)
  return n < MIN_CASES_FOR_PERCENT ? `${count} (${range})` : `${count} (${sayShareAgainst(k / n, percent, n)}, ${range})`
}
