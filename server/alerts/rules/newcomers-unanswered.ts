import type { Rule } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'

export const newcomersUnanswered: Rule = {
  id: 'newcomers-unanswered',
  title: 'Newcomers stay unanswered',
  watches: 'The share of newcomers’ questions without an answer within seven days, each week against the community’s own past.',
  grain: 'week',
  audience: 'managers',
  is_on_by_default: true,
  has_limits: true,
  statistic: 'How far outside what is usual',
  stateRate: () => ({ a_year: 0, standard_error: null, of: 'not simulated yet' }),
  read: async () => readNothing,
}
