import type { Rule } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'

export const onePerson: Rule = {
  id: 'one-person',
  title: 'It comes to depend on one person',
  watches: 'The share of answers that come from the top person, each week against the community’s own past.',
  grain: 'week',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: true,
  statistic: 'How far outside what is usual',
  stateRate: () => ({ a_year: 0, standard_error: null, of: 'not simulated yet' }),
  read: async () => readNothing,
}
