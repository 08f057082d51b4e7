import { describe, expect, test } from 'vitest'
import { decide } from '../decide.ts'
import { craftWindow } from '../example-windows.ts'
import { newsletter } from './newsletter.ts'

describe('newsletter', () => {
  test('begins where half is news', () => {
    expect(decide(craftWindow({ mix: { news: 50, discussion: 50 } }))).toBe('newsletter')
    expect(decide(craftWindow({ mix: { news: 49, discussion: 51 } }))).not.toBe('newsletter')
  })

  test('or where news and broadcast are half together and news is the larger', () => {
    expect(decide(craftWindow({ mix: { news: 26, broadcast: 24, discussion: 50 } }))).toBe('newsletter')
    expect(decide(craftWindow({ mix: { news: 26, broadcast: 23, discussion: 51 } }))).not.toBe('newsletter')
  })

  test('as many posts as news is no larger news', () => {
    expect(decide(craftWindow({ mix: { news: 30, broadcast: 30, discussion: 40 } }))).not.toBe('newsletter')
  })

  test('a monthly one, twelve of twelve, is one although the data are few', () => {
    expect(decide(craftWindow({ mix: { news: 12 }, contributions: [12], days: 365 }))).toBe('newsletter')
    expect(decide(craftWindow({ mix: { news: 4 }, contributions: [4], days: 365 }))).toBe('newsletter')
    // three of three begins at 44 %
    expect(decide(craftWindow({ mix: { news: 3 }, contributions: [3], days: 365 }))).toBe('too_little_data')
  })

  test('says where one author writes nearly all of the news', () => {
    const by = (news_by_top_author: number | null) => newsletter.sentence(craftWindow({ mix: { news: 100 }, news_by_top_author }))
    expect(by(90)).toContain('newsletter, by one author')
    expect(by(89)).not.toContain('author')
    expect(by(null)).not.toContain('author')
  })
})
