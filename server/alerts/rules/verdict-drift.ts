import { STATED_OF_DRIFT } from '../verdict-drift/stated.ts'
import { readVerdictDrift } from '../verdict-drift/read-verdict-drift.ts'
import type { Rule } from '../alert-rule.ts'

export const verdictDrift: Rule = {
  id: 'verdict-drift',
  title: 'It is no longer what it is meant to be',
  watches:
    'The verdict that stands at each month end, against the charter; without one, whether a community comes to stand as a blog, a newsletter or a workgroup.',
  grain: 'month',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: false,
  statistic: 'Whether it stands as something else than meant (1), only the month reads so (a half), or neither (0)',
  stateRate: () => STATED_OF_DRIFT,
  read: readVerdictDrift,
}
