import type { VerdictName } from '../../shared/contract/verdict.ts'
import { isPassed, type Rule } from './rule.ts'
import { blog } from './rules/blog.ts'
import { community } from './rules/community.ts'
import { dormant } from './rules/dormant.ts'
import { mixed } from './rules/mixed.ts'
import { newsletter } from './rules/newsletter.ts'
import { teachingPlatform } from './rules/teaching-platform.ts'
import { tooLittleData } from './rules/too-little-data.ts'
import { workgroup } from './rules/workgroup.ts'
import { workgroupByTalk } from './rules/workgroup-by-talk.ts'
import type { WindowFacts } from './window-facts.ts'

/**
 * The rules in the order they are tried: the first that passes, and that nothing overrules, is the verdict. The last always
 * passes. Two of them lead to one verdict: a workgroup is told by its work, or else by its talk.
 */
export const RULES: readonly Rule[] = [
  dormant,
  tooLittleData,
  workgroup,
  newsletter,
  workgroupByTalk,
  teachingPlatform,
  blog,
  community,
  mixed,
]

/** Whether a rule may decide: nothing that is declared outweighs it. */
export const mayDecide = (rule: Rule, facts: WindowFacts): boolean => (rule.overruled?.(facts) ?? null) === null

/** The verdict alone, without its evidence. */
export const decide = (facts: WindowFacts): VerdictName =>
  (RULES.find((rule) => (rule.mayPass?.(facts) ?? true) && mayDecide(rule, facts) && isPassed(rule.test(facts))) ?? mixed).verdict
