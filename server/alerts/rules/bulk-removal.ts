import { readBulkRemoval } from '../bulk-removal/read-bulk-removal.ts'
import { STATED_OF_BULK } from '../bulk-removal/stated.ts'
import type { Rule } from '../alert-rule.ts'

export const bulkRemoval: Rule = {
  id: 'bulk-removal',
  title: 'Many members were removed or imported at once',
  watches:
    'Members removed or imported by one act, who count neither as leavers nor as joins: told once, because the decline alarm cannot see them.',
  grain: 'week',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: false,
  statistic: 'How many joined or left within one minute, against what it takes to be one act',
  stateRate: () => STATED_OF_BULK,
  read: readBulkRemoval,
}
