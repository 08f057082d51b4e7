import { statedOfFeed } from '../silent-feed/stated.ts'
import { readSilentFeed } from '../silent-feed/read-silent-feed.ts'
import type { Rule } from '../alert-rule.ts'

export const silentFeed: Rule = {
  id: 'silent-feed',
  title: 'The feed has gone silent',
  watches:
    'Each source that sends as things happen, by the clock: told when nothing comes where much would have, and it never was silent for nearly so long.',
  grain: 'day',
  audience: 'operators',
  is_on_by_default: true,
  has_limits: true,
  statistic: 'How long the most silent source has been so, against the longest that is put down to chance',
  stateRate: statedOfFeed,
  read: readSilentFeed,
}
