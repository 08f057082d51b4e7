import type { Rule } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'

export const verdictDrift: Rule = {
  id: 'verdict-drift',
  title: 'It is no longer what it is meant to be',
  watches: 'The verdict that stands at each month end, held against the charter.',
  grain: 'month',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: false,
  statistic: 'How far outside what is usual',
  stateRate: () => ({ a_year: 0, standard_error: null, of: 'not simulated yet' }),
  read: async () => readNothing,
}
