import { type Check, isPassed, type Rule } from './rule.ts'
import type { WindowFacts } from './window-facts.ts'

/** How close a rule came that did not pass: the alternative with fewest failed tests, and of those with the least missing. */
export type NearMiss = { rule: Rule; test_count: number; failed: Check[]; missing: number }

/** How far a failed test is from its threshold, as a part of the threshold; a test without an observed value is as far as can be. */
const missingOf = (check: Check): number =>
  check.observed === null ? 1 : Math.min(1, Math.abs(check.threshold - check.observed) / Math.max(check.threshold, check.observed))

/** The closest a rule comes: the alternative with fewest tests failed. */
export const closestWay = (rule: Rule, checks: readonly Check[]): NearMiss => {
  const ways = [...Map.groupBy(checks, (check) => check.alternative).values()].map((way) => {
    const failed = way.filter((check) => !check.passed)
    return { rule, test_count: way.length, failed, missing: failed.reduce((sum, check) => sum + missingOf(check), 0) }
  })
  return ways.reduce((a, b) =>
    b.failed.length < a.failed.length || (b.failed.length === a.failed.length && b.missing < a.missing) ? b : a,
  )
}

/** The rules that did not pass, nearest first: fewest tests failed, then least missing, then in order of the rules. */
export const nearestRules = (rules: readonly Rule[], facts: WindowFacts): NearMiss[] =>
  rules
    .map((rule) => ({ rule, checks: rule.test(facts) }))
    .filter(({ checks }) => !isPassed(checks))
    .map(({ rule, checks }) => closestWay(rule, checks))
    .sort((a, b) => a.failed.length - b.failed.length || a.missing - b.missing)
