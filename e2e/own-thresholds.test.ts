import { expect, test } from 'vitest'
import { EXAMPLES } from '../server/diagnosis/example-windows.ts'
import { DEFAULT_HOUSE_RULES } from '../server/diagnosis/house-rules.ts'
import { judge } from '../server/diagnosis/judge.ts'
import { THRESHOLD_IDS, THRESHOLDS } from '../server/diagnosis/thresholds.ts'
import { ownOutsideRules, ownThresholdOf } from '../web/features/verdict/own-threshold-of.ts'

/** What is said apart from the rules, because no test of a rule is asked with it. */
const OUTSIDE = [
  'newsletter_one_author',
  'anonymous_answers',
  'support_clear',
  'support_leaning',
  'support_threads',
  'standing_evaluations',
  'forming_history',
]

test('whichever threshold a community sets itself, the page marks the tests that are asked with it, and no others', () => {
  const window = EXAMPLES.community
  for (const id of THRESHOLD_IDS.filter((one) => THRESHOLDS[one].range !== null)) {
    const { value, unit } = THRESHOLDS[id]
    const thresholds = { ...DEFAULT_HOUSE_RULES.thresholds, [id]: unit === 'probability' ? value / 2 : value + 1 }
    const before = judge(window).rules.flatMap((rule) => rule.tests)
    const verdict = judge({ ...window, house: { thresholds, charter: null } })
    const tests = verdict.rules.flatMap((rule) => rule.tests.map((one) => ({ rule: rule.id, one })))
    const changed = tests.filter(({ one }, i) => one.threshold !== before[i]?.threshold)
    const marked = tests.filter(({ rule, one }) => ownThresholdOf(verdict.own_thresholds, rule, one) !== null)
    expect(marked, id).toEqual(changed)
    expect([ownOutsideRules(verdict.own_thresholds).map((own) => own.id), changed.length > 0], id).toEqual(
      OUTSIDE.includes(id) ? [[id], false] : [[], true],
    )
  }
})
