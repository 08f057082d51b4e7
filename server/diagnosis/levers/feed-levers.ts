import { copyWindow } from '../change-window.ts'
import type { Lever } from '../lever.ts'
import { sayMore } from '../say-count.ts'
import type { WindowFacts } from '../window-facts.ts'

/** The same window of a community whose data go back further. Only where that is what is missing. */
export const longerHistory: Lever = {
  id: 'longer_history',
  contributions_a_step: 1,
  most: ({ feed, house }) => Math.max(0, house.thresholds.enough_history - feed.history_weeks),
  apply: (facts, amount) => changeFeed(facts, { history_weeks: facts.feed.history_weeks + amount }),
  says: (_, amount) => `the data went back ${sayMore(amount, ['week', 'weeks'])} and went on in the same way`,
}

/** The same window with a feed that is known to cover more of it. */
export const wholerFeed: Lever = {
  id: 'wholer_feed',
  contributions_a_step: 1,
  most: ({ feed }) => feed.feed_gap_days,
  apply: (facts, amount) => changeFeed(facts, { feed_gap_days: facts.feed.feed_gap_days - amount }),
  says: (_, amount) => `the feed were known to cover ${sayMore(amount, ['day', 'days'])}`,
}

const changeFeed = (facts: WindowFacts, feed: Partial<WindowFacts['feed']>): WindowFacts => {
  const draft = copyWindow(facts)
  Object.assign(draft.feed, feed)
  return draft
}
