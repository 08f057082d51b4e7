import { expect, test } from 'vitest'
import { listExclusions, sayLeftOut } from './exclusion-words.ts'

const seen = (text: string) => text.replaceAll('\u00a0', ' ')
const none = {
  bot_contributions: 0,
  bot_accounts: 0,
  anonymous_contributions: 0,
  quarantined_contributions: 0,
  deleted_contributions: 0,
  feed_gap_days: 0,
}

test('everything that can be left out is told with its amount, also where it is none', () => {
  const amounts = (over: Partial<typeof none>) => listExclusions({ ...none, ...over }, 90).map(({ amount }) => seen(amount))
  expect(amounts({})).toEqual(['No contributions', 'No contributions', 'No contributions', 'No contributions', 'No days'])
  expect(amounts({ bot_contributions: 96, bot_accounts: 2, deleted_contributions: 1, feed_gap_days: 1 })).toEqual([
    '96 contributions of two accounts',
    'No contributions',
    'No contributions',
    'One contribution',
    'One day',
  ])
  expect(seen(sayLeftOut({ ...none, bot_contributions: 96, bot_accounts: 2, feed_gap_days: 1 }, 90))).toBe(
    'Left out, or counted in part: bots and feeds (96 contributions of two accounts) and not known (one day).',
  )
  expect(sayLeftOut(none, 90)).toBe('Nothing was left out, and the feed covers the whole window.')
})
