/** Shares of several groups side by side: which differ by more than chance makes, when so many are looked at. */
import { type Share, shareDifference } from './change-interval.ts'
import { normalDeviate } from './tails.ts'
import { Z_95 } from './wilson-interval.ts'

/** A false "differs" in one of twenty tables, not in one of twenty pairs. */
const FALSE_RATE = 0.05

/** By how much intervals of 95 % are widened where so many are looked at together (Bonferroni). */
export const wideningFor = (tests: number): number => (tests <= 1 ? 1 : normalDeviate(FALSE_RATE / tests) / Z_95)

/** Share of b − share of a with Newcombe's interval, widened for so many tests; null where either is of nothing. */
export const testDifference = (a: Share, b: Share, tests: number) => {
  const found = shareDifference(a, b, wideningFor(tests))
  if (found === null) return null
  return { ...found, finding: found.low > 0 || found.high < 0 ? ('differs' as const) : ('may_be_chance' as const) }
}
