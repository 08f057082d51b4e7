import type { Rule } from '../alert-rule.ts'
import { readNothing } from '../read-nothing.ts'

export const silentFeed: Rule = {
  id: 'silent-feed',
  title: 'The feed has gone silent',
  watches: 'Whether each source still sends, against how often it used to.',
  grain: 'day',
  audience: 'operators',
  is_on_by_default: true,
  has_limits: true,
  statistic: 'How far outside what is usual',
  stateRate: () => ({ a_year: 0, standard_error: null, of: 'not simulated yet' }),
  read: async () => readNothing,
}
