import { expect, test } from 'vitest'
import { formatTestValue, sayExclusions, saySupport } from './verdict-words.ts'

const seen = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null
const none = {
  bot_contributions: 0,
  bot_accounts: 0,
  anonymous_contributions: 0,
  quarantined_contributions: 0,
  deleted_contributions: 0,
  feed_gap_days: 0,
}

test('exclusions read as sentences for none, one and many', () => {
  expect(sayExclusions({ exclusions: none })).toBeNull()
  expect(seen(sayExclusions({ exclusions: { ...none, bot_contributions: 1 } }))).toBe('Left out: one contribution by bots.')
  expect(
    seen(
      sayExclusions({
        exclusions: { ...none, bot_contributions: 12, deleted_contributions: 2, anonymous_contributions: 1, feed_gap_days: 1 },
      }),
    ),
  ).toBe(
    'Left out: 12 contributions by bots and two contributions taken back since. One anonymous contribution counts in volumes only. Nothing is known of the last day of the window.',
  )
})

test('support says how clear the pattern is, and nothing until it is computed', () => {
  expect([null, 0.92, 0.7, 0.4].map((s) => seen(saySupport(s)))).toEqual([
    null,
    'clear: 92 % of resampled windows agree',
    'leaning: 70 % of resampled windows agree',
    'no clear pattern: 40 % of resampled windows agree',
  ])
})

test('values of tests are written in their unit', () => {
  expect(seen(formatTestValue(0.683, 'share'))).toBe('68 %')
  expect(formatTestValue(0.0000001, 'probability')).toBe('under 0.001')
  expect(formatTestValue(2.456, 'voices')).toBe('2.46')
})
