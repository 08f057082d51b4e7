import type { Rule } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'

export const bulkRemoval: Rule = {
  id: 'bulk-removal',
  title: 'Many members were removed at once',
  watches: 'Members removed or imported in bulk, which count neither as leavers nor as joins.',
  grain: 'week',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: false,
  statistic: 'How far outside what is usual',
  stateRate: () => ({ a_year: 0, standard_error: null, of: 'not simulated yet' }),
  read: async () => readNothing,
}
