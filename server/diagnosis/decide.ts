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
import type { WindowFacts } from './window-facts.ts'

/** The rules in the order they are tried: the first that passes is the verdict, and the last always passes. */
export const RULES: readonly Rule[] = [
  dormant,
  tooLittleData,
  workgroup,
  newsletter,
  // "workgroup, by its talk" joins here, after newsletter and before teaching platform
  teachingPlatform,
  blog,
  community,
  mixed,
]

/** The verdict alone, without its evidence. */
export const decide = (facts: WindowFacts): VerdictName => (RULES.find((rule) => isPassed(rule.test(facts))) ?? mixed).verdict
