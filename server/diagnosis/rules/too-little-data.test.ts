import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { craftWindow, EXAMPLES } from '../example-windows.ts'
import type { FeedFacts } from '../window-facts.ts'
import { tooLittleData } from './too-little-data.ts'

const withFeed = (feed: Partial<FeedFacts>) => ({ ...EXAMPLES.community, feed: { ...EXAMPLES.community.feed, ...feed } })

describe('too little data', () => {
  test('ends with eight weeks of history', () => {
    expect(decide(withFeed({ history_weeks: 7 }))).toBe('too_little_data')
    expect(decide(withFeed({ history_weeks: 8 }))).toBe('community')
  })

  test('begins where more than a fifth of the window is not covered', () => {
    expect(decide(withFeed({ feed_gap_days: 18 }))).toBe('community')
    expect(decide(withFeed({ feed_gap_days: 19 }))).toBe('too_little_data')
  })

  test('ends with thirty contributions', () => {
    expect(decide(craftWindow({ mix: { discussion: 29 } }))).toBe('too_little_data')
    expect(decide(craftWindow({ mix: { discussion: 30 } }))).toBe('mixed')
  })

  test('ends with five people', () => {
    const by = (contributions: number[]) => decide(craftWindow({ mix: { discussion: 40 }, contributions }))
    expect(by([10, 10, 10, 10])).toBe('too_little_data')
    expect(by([10, 10, 10, 9, 1])).toBe('mixed')
  })

  test('anonymous contributions are no people', () => {
    expect(decide(craftWindow({ mix: { discussion: 40 }, anonymous: 36 }))).toBe('too_little_data')
  })

  test('a short history or a hole in the feed is not waived for a plain pattern', () => {
    const news = { mix: { news: 12 }, contributions: [12] }
    expect(decide(craftWindow(news))).toBe('newsletter')
    expect(decide(craftWindow({ ...news, feed: { history_weeks: 7 } }))).toBe('too_little_data')
    expect(decide(craftWindow({ ...news, feed: { feed_gap_days: 19 } }))).toBe('too_little_data')
  })

  test('of plain patterns the first in order is told: one person writing only news has a newsletter', () => {
    expect(decide(craftWindow({ mix: { news: 12 }, contributions: [12], starts: [12], hosted: [12] }))).toBe('newsletter')
    expect(decide(craftWindow({ mix: { work: 12 }, contributions: [12] }))).toBe('workgroup')
  })

  test('a pattern that holds but is not clear does not take the place of one that is', () => {
    // work 7 of 12 begins at 32 %; one person's 12 of 12 at 76 %
    expect(decide(craftWindow({ mix: { work: 7, broadcast: 5 }, contributions: [12] }))).toBe('blog')
  })

  test('nothing at all is too little, and never an error', () => {
    expect(decide(EXAMPLES.empty)).toBe('too_little_data')
    expect(decide(craftWindow({ mix: {}, feed: { earlier_contribution_count: 0, earlier_start_count: 0, earlier_weeks: 1 } }))).toBe(
      'too_little_data',
    )
  })

  test('says what is missing', () => {
    expect(tooLittleData.sentence(withFeed({ history_weeks: 7 }))).toContain('history')
    expect(tooLittleData.sentence(withFeed({ feed_gap_days: 19 }))).toContain('feed')
    expect(tooLittleData.sentence(craftWindow({ mix: { discussion: 29 } }))).toContain('contributions')
    expect(tooLittleData.sentence(craftWindow({ mix: { discussion: 40 }, contributions: [10, 10, 10, 10] }))).toContain('people')
  })
})
