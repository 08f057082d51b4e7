import type { RuleTest, VerdictName } from '../../shared/contract/verdict.ts'
import type { WindowFacts } from './window-facts.ts'

/**
 * One rule of the verdict. `test` is pure: counts in, every test with its evidence out. The rule passes when all tests
 * of one `alternative` pass.
 */
export type Rule = {
  /** kebab-case, equals the file name and names the pattern */
  id: string
  verdict: VerdictName
  title: string
  /** Verdicts 3, 4 and 6 hold on little data too, where the interval of their deciding share clears its threshold. */
  holds_on_little_data: boolean
  test: (facts: WindowFacts) => RuleTest[]
  /** The finding in one sentence, for facts on which the rule passed. */
  sentence: (facts: WindowFacts) => string
}
