import type { Rule } from '../rule.ts'

/** Verdict 8: everything else. Honest and common; the verdict says which rules came nearest. */
export const mixed: Rule = {
  id: 'mixed',
  verdict: 'mixed',
  title: 'Mixed',
  absence: 'Not mixed',
  test: () => [],
  sentence: () => 'It is mixed: it shows none of the patterns clearly.',
}
