import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccountPosts, BEHAVIOUR, measureBehaviour, resolutionOf, settleBehaviour } from './measure-behaviour.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2025, 0, 6, 9, 5)

const posts = (times: number[], others: Partial<AccountPosts> = {}): AccountPosts => ({
  times,
  began_at: Math.min(...times),
  has_mostly_dates: false,
  answered: 0,
  replies: 0,
  news: 0,
  with_words: times.length,
  word_count: 12,
  word_deviation: 0.4,
  ...others,
})
const every = (gap: number, count: number, late: (n: number) => number = () => 0) =>
  Array.from({ length: count }, (_, n) => START + n * gap + late(n))
const noWords = { with_words: 0, word_count: 0, word_deviation: 0 }
const ownWords = { word_count: 60, word_deviation: 35 }
/** Late by up to so much, each time by something else. */
const lateBy = (most: number) => (n: number) => Math.floor(Math.abs((Math.sin(n * 12.9898) * 43_758.5453) % 1) * most)

const among = { share: 0.2, resolution: SECOND, isPlaceOfOthers: false }
const verdictOn = (account: AccountPosts, circumstances = among) => {
  const reason = settleBehaviour(account, circumstances)
  return reason === null ? 'person' : reason.is_sure ? 'recognised' : `suspected ${reason.held_back.join(' ')}`.trim()
}

describe('an account is recognised', () => {
  it('that posts by the clock, all alike, and that nobody answers', () => {
    expect(verdictOn(posts(every(6 * HOUR, 120, lateBy(8 * SECOND))))).toBe('recognised')
    expect(verdictOn(posts(every(DAY, 40, lateBy(20 * SECOND))))).toBe('recognised')
  })

  it('that looks every quarter of an hour and posts when there is something', () => {
    const times = Array.from({ length: 150 }, (_, n) => START + (n * 37 + ((n * n * 13) % 29)) * 15 * MINUTE + lateBy(9 * SECOND)(n))
    const reason = measureBehaviour(posts(times))
    expect(reason).toMatchObject({ is_sure: true, clock: { minutes: 15, contributions: 150 } })
  })

  it('that posts every 61 minutes, at no minute of the hour', () => {
    const reason = measureBehaviour(posts(every(61 * MINUTE, 200), { began_at: START - 30 * DAY }))
    expect(reason).toMatchObject({ is_sure: true, gap: { seconds: 3660, gaps: 199, of: 199 } })
  })

  it('whose lengths differ, when it has no night', () => {
    expect(verdictOn(posts(every(7 * HOUR, 100), ownWords))).toBe('recognised')
    expect(verdictOn(posts(every(7 * HOUR, 100), noWords))).toBe('recognised')
    // at nine every morning: so may a person who prepares it
    expect(verdictOn(posts(every(DAY, 100), ownWords))).toBe('suspected')
    expect(verdictOn(posts(every(DAY, 100), noWords))).toBe('suspected')
  })
})

describe('an account is not recognised', () => {
  it.each<[string, AccountPosts, string]>([
    ['an editor’s monthly news at nine sharp', posts(every(30 * DAY, 40), { news: 40 }), 'suspected slow news'],
    ['a weekly letter sent by a scheduler', posts(every(7 * DAY, 100), ownWords), 'suspected slow'],
    ['a daily letter of news sent by a scheduler, all alike', posts(every(DAY, 100), { news: 100 }), 'suspected news'],
    ['a weekly column by hand, about nine', posts(every(7 * DAY, 100, lateBy(50 * MINUTE)), ownWords), 'person'],
    ['a daily column by hand, about nine', posts(every(DAY, 100, lateBy(25 * MINUTE)), ownWords), 'person'],
    ['a weekly column at nine that people answer', posts(every(7 * DAY, 100), { answered: 60 }), 'person'],
    ['somebody punctual who replies', posts(every(DAY, 100), { replies: 30 }), 'person'],
    ['few posts', posts(every(DAY, 19)), 'person'],
    ['not yet thirty', posts(every(DAY, 25)), 'suspected few'],
    ['a burst within a week', posts(every(HOUR, 100)), 'person'],
    ['somebody now and then answered', posts(every(6 * HOUR, 120), { answered: 3 }), 'suspected'],
    ['a person’s news, all alike, at any time', posts(every(DAY, 60, lateBy(9 * HOUR)), { news: 60 }), 'person'],
    ['a lone writer’s column, all alike, at any time', posts(every(4 * DAY, 60, lateBy(9 * HOUR))), 'person'],
    ['a greeter, all alike, at any time', posts(every(DAY, 60, lateBy(9 * HOUR))), 'suspected'],
    ['somebody who writes one word', posts(every(DAY, 60, lateBy(9 * HOUR)), { word_count: 1, word_deviation: 0 }), 'person'],
    ['an archive that tells mostly dates', posts(every(DAY, 60), { has_mostly_dates: true, ...ownWords }), 'person'],
  ])('%s', (_, account, verdict) => {
    expect(verdictOn(account)).toBe(verdict)
  })

  it('where half of all is by it and those alike, unless others talk there among themselves', () => {
    const feed = posts(every(6 * HOUR, 120))
    expect(verdictOn(feed, { ...among, share: 0.49 })).toBe('recognised')
    expect(verdictOn(feed, { ...among, share: 0.5 })).toBe('suspected main_author')
    expect(verdictOn(feed, { ...among, share: 0.8, isPlaceOfOthers: true })).toBe('recognised')
  })

  it('where everyone’s times are rounded as much', () => {
    const onQuarters = Array.from({ length: 120 }, (_, n) => START + 10 * MINUTE + n * 8 * HOUR + Math.floor(lateBy(28)(n)) * 15 * MINUTE)
    expect(verdictOn(posts(onQuarters, ownWords))).toBe('recognised')
    expect(verdictOn(posts(onQuarters, ownWords), { ...among, resolution: 15 * MINUTE })).toContain('shared_clock')
    // to the minute is fine enough for the minute of the hour
    expect(verdictOn(posts(every(6 * HOUR, 120)), { ...among, resolution: MINUTE })).toBe('recognised')
  })
})

describe('how finely times are told', () => {
  it('is what half the people round to', () => {
    const exact = [START + 1234, START + 77_001, START + DAY + 5321]
    const minutes = [START, START + 7 * MINUTE, START + DAY + 11 * MINUTE]
    const dates = [Date.UTC(2025, 0, 1), Date.UTC(2025, 0, 9)]
    expect(resolutionOf([exact, exact, minutes])).toBe(SECOND)
    expect(resolutionOf([exact, minutes, minutes])).toBe(MINUTE)
    expect(resolutionOf([dates, dates, exact])).toBe(DAY)
    expect(resolutionOf([])).toBe(SECOND)
  })
})

describe('people', () => {
  const person = fc
    .record({
      gaps: fc.array(fc.integer({ min: 1, max: 40 * 3600 }), { minLength: 20, maxLength: 200 }),
      replies: fc.nat(20),
    })
    .map(({ gaps, replies }) => {
      let at = START
      // seconds of their own
      const times = gaps.map((gap) => (at += gap * SECOND))
      return posts(times, { ...ownWords, replies, began_at: START - 60 * DAY })
    })

  it('who write at any time are never taken for programs, answered or not', () => {
    fc.assert(
      fc.property(person, (account) => {
        expect(measureBehaviour(account)).toBeNull()
      }),
      { seed: 4, numRuns: 1000 },
    )
  })

  it('are told the same in whatever order their contributions are read', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(every(3 * HOUR, 150, lateBy(5 * SECOND)), { minLength: BEHAVIOUR.fewest }), (times) => {
        expect(measureBehaviour(posts(times))).toEqual(measureBehaviour(posts([...times].sort((a, b) => a - b))))
      }),
      { seed: 5, numRuns: 200 },
    )
  })

  it('share the moment of a round with as many as a slow count finds', () => {
    const most = (times: readonly number[], minutes: number) =>
      Math.max(
        ...times.map(
          (start) =>
            times.filter((at) => (((at - start) % (minutes * MINUTE)) + minutes * MINUTE) % (minutes * MINUTE) < minutes * SECOND).length,
        ),
      )
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 30, maxLength: 60 }), (steps) => {
        let at = START
        const times = steps.map((step) => (at += 12 * HOUR + (step < 400 ? 0 : step * SECOND)))
        const clock = measureBehaviour(posts(times))?.clock
        if (clock) expect(clock.contributions).toBe(most(times, clock.minutes))
        else expect(most(times, 60)).toBeLessThan(BEHAVIOUR.partial_share * times.length)
      }),
      { seed: 6, numRuns: 300 },
    )
  })
})
