import type { RuleTest, VerdictName } from '../../shared/contract/verdict.ts'
import type { WindowFacts } from './window-facts.ts'

/**
 * One test of a rule, in numbers. Its words are functions, because the search for the smallest change asks the rules
 * hundreds of times and reads none of them; `explainCheck` makes the evidence of it.
 */
export type Check = Omit<RuleTest, 'low' | 'high' | 'sentence' | 'smallest_change'> & {
  /** The observed value is a share of cases, so it carries an interval. */
  has_interval: boolean
  /** What was seen, as the beginning of a sentence: "One member gave 41 of 60 answers (68 %, 56–79 %)". */
  says: () => string
  /** What the rule asks for: "at least 60 %". */
  asks: () => string
  /** The smallest change that turns it: "9 more answers by others"; null where no such change exists. */
  change: () => string | null
}

/**
 * One rule of the verdict. `test` is pure: counts in, every test out. The rule passes when all tests of one
 * `alternative` pass; a rule without tests always passes.
 */
export type Rule = {
  /** kebab-case, equals the file name and names the pattern */
  id: string
  verdict: VerdictName
  title: string
  test: (facts: WindowFacts) => Check[]
  /** The finding in one sentence, for facts on which the rule passed. */
  sentence: (facts: WindowFacts) => string
  /** How a sentence begins that says the rule did not pass: "Not a newsletter". */
  absence: string
  /** The metrics whose tests say why it passed; all of them where it is not given. */
  deciding?: readonly string[]
  /** Why it cannot be asked of this window at all, in a sentence; null where it can. It does not pass then. */
  unjudged?: (facts: WindowFacts) => string | null
  /** Whether a mixed verdict may name it among what came nearest; always where it is not given. */
  mayBeNear?: (facts: WindowFacts) => boolean
  /** A quick look before the tests: false only where no alternative can pass. The verdict alone is asked for thousands of times. */
  mayPass?: (facts: WindowFacts) => boolean
  /** Why it does not decide even where it passes, in a sentence; null where it does. The next rule that passes decides then. */
  overruled?: (facts: WindowFacts) => string | null
}

/** The alternatives of a rule that pass, in order. */
export const passingAlternatives = (checks: readonly Check[]): number[] => {
  const failed = new Set<number>()
  const all = new Set<number>()
  for (const check of checks) {
    all.add(check.alternative)
    if (!check.passed) failed.add(check.alternative)
  }
  return [...all].filter((alternative) => !failed.has(alternative)).sort((a, b) => a - b)
}

/** Whether all tests of one alternative pass. Alternatives are numbered from 0 and few. */
export const isPassed = (checks: readonly Check[]): boolean => {
  let all = 0
  let failed = 0
  for (const check of checks) {
    all |= 1 << check.alternative
    // once an alternative has failed, its other tests need no answer
    if ((failed & (1 << check.alternative)) === 0 && !check.passed) failed |= 1 << check.alternative
  }
  return checks.length === 0 || (all & ~failed) !== 0
}
