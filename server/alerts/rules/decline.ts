import type { Rule } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'

export const decline: Rule = {
  id: 'decline',
  title: 'Membership declines',
  watches: 'Joins, active people, questions, answered questions and leavers, each week against the community’s own past.',
  grain: 'week',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: true,
  statistic: 'How far outside what is usual',
  stateRate: () => ({ a_year: 0, standard_error: null, of: 'not simulated yet' }),
  read: async () => readNothing,
}
