import { describe, expect, test } from 'vitest'
import type { VerdictName } from '../../shared/contract/verdict.ts'
import { decide } from './decide.ts'
import { cellsOfThreads } from './example-cells.ts'
import { countWindow, type ExampleThread } from './example-windows.ts'
import { factsOfCells } from './facts-of-cells.ts'
import { prepareDraws } from './prepare-draws.ts'
import { randomIndexOf } from './random-index.ts'
import { resample } from './resample.ts'
import { supportOf } from './support.ts'
import type { FeedFacts, WindowFacts } from './window-facts.ts'

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const member = (i: number) => `member ${i}`
const question = (by: string | null, ...answers: (string | null)[]): ExampleThread => ({
  kind: 'question',
  by,
  replies: answers.map((one) => ({ by: one })),
})
const post = (by: string | null, ...replies: (string | null)[]): ExampleThread => ({
  kind: 'post',
  by,
  replies: replies.map((one) => ({ by: one })),
})
const news = (by: string | null): ExampleThread => ({ kind: 'announcement', by })

const windowOf = (threads: readonly ExampleThread[], feed: Partial<FeedFacts> = {}) => {
  const cells = cellsOfThreads(threads)
  const facts: WindowFacts = { ...countWindow(threads, feed), ...factsOfCells(cells) }
  return { cells, facts, verdict: decide(facts), support: supportOf(cells, facts) }
}
const helping = (count: number, people = 10) =>
  times(count, (i) => question(member(i % people), member((i + 1) % people), member((i + 2) % people)))

/** The share of all draws that read as a verdict, each draw weighed by how often it comes: only for a few threads. */
const exhaustive = (threads: readonly ExampleThread[], verdict: VerdictName): number => {
  const cells = cellsOfThreads(threads)
  const facts = { ...countWindow(threads), ...factsOfCells(cells) }
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  const n = threads.length
  let share = 0
  const place = (at: number, left: number, weights: number[]) => {
    if (at === n - 1) {
      const all = [...weights, left]
      const ways = factorial(n) / all.reduce((product, weight) => product * factorial(weight), 1)
      // enough is known as it is, so no draw may be called too little
      const asDrawn = { ...facts, ...factsOfCells(cells, all) }
      const thresholds = { ...facts.house.thresholds, enough_contributions: 0, enough_people: 0 }
      if (decide({ ...asDrawn, house: { ...facts.house, thresholds } }) === verdict) share += ways / n ** n
      return
    }
    for (let weight = 0; weight <= left; weight++) place(at + 1, left - weight, [...weights, weight])
  }
  place(0, n, [])
  return share
}

describe('resample', () => {
  test('finds what all draws there are would, give or take its own chance', () => {
    // six threads: one by a talkative author, and five in which people help each other
    const threads = [
      post('author', ...times(16, () => 'author')),
      ...times(5, (i) => question(member(i), ...times(4, (j) => member((i + j + 1) % 7)))),
    ]
    const { cells, facts, verdict } = windowOf(threads)
    const { found, times: drawn } = resample(cells, facts)
    const expected = exhaustive(threads, verdict)
    const agreed = (found.find((one) => one.verdict === verdict)?.count ?? 0) / drawn
    expect(expected).toBeGreaterThan(0.2)
    expect(expected).toBeLessThan(0.9)
    // four standard errors
    expect(Math.abs(agreed - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / drawn))
  })

  test('gives the same answer to the same window, and another seed gives nearly the same', () => {
    const { cells, facts, verdict } = windowOf([...helping(12, 6), ...times(14, (i) => post('author', member(i % 6)))])
    const share = (seed?: string) =>
      (resample(cells, facts, seed ? { seed } : {}).found.find((one) => one.verdict === verdict)?.count ?? 0) / 1000
    expect(share()).toBe(share())
    const shares = times(4, (i) => share(`seed ${i}`))
    for (const one of shares) expect(Math.abs(one - share())).toBeLessThan(0.09)
    expect(new Set(shares).size).toBeGreaterThan(1)
  })

  test('groups of many threads spread as widely as threads one by one', () => {
    // half a percent more news than posts that nobody joins: a standard error is twice that
    const threads = times(2400, (i) => (i < 1212 ? news(member(i % 40)) : post(member(i % 40))))
    const { cells, facts, verdict } = windowOf(threads)
    const grouped = resample(cells, facts)
    const random = randomIndexOf('one by one')
    const { draw } = prepareDraws(cells, facts)
    let agreed = 0
    const weights = new Int32Array(threads.length)
    for (let i = 0; i < grouped.times; i++) {
      weights.fill(0)
      for (let drawn = 0; drawn < threads.length; drawn++) {
        const thread = random(threads.length)
        weights[thread] = (weights[thread] as number) + 1
      }
      if (decide(draw(weights)) === verdict) agreed++
    }
    const share = (grouped.found.find((one) => one.verdict === verdict)?.count ?? 0) / grouped.times
    expect(share).toBeGreaterThan(0.5)
    expect(share).toBeLessThan(0.9)
    expect(Math.abs(share - agreed / grouped.times)).toBeLessThan(0.09)
  })
})

describe('supportOf', () => {
  test('a flat chat, where each message stands alone, is never called clear; a weblog is', () => {
    const chat = [...times(60, () => post('talker')), ...times(40, (i) => post(member(i % 8)))]
    const flat = windowOf(chat)
    expect(flat.verdict).toBe('blog')
    expect(flat.support.support_detail).toMatchObject({ strength: 'leaning', caps: [expect.stringContaining('its source may not say')] })
    // that it shows no pattern is no less sure
    const even = windowOf(times(60, (i) => post(member(i % 8))))
    expect(even).toMatchObject({ verdict: 'mixed', support: { support_detail: { caps: [] } } })
    // the same messages in threads, and a weblog on which guests write now and then
    expect(windowOf([...chat, post('talker', member(1), member(2), member(3))]).support.support_detail.caps).toEqual([])
    const guests = windowOf([...times(60, () => post('author')), ...times(10, (i) => post(member(i)))])
    expect(guests.support.support_detail).toMatchObject({ strength: 'clear', caps: [] })
  })

  test('what is inferred is never called clear, and says so', () => {
    const doubts = { contribution_count: 100, inferred_count: 0, question_count: 50, unsure_question_count: 0 }
    const capsOf = (some: Partial<typeof doubts>, threads: readonly ExampleThread[] = helping(30)) => {
      const { cells, facts } = windowOf(threads)
      return supportOf(cells, facts, { doubts: { ...doubts, ...some } }).support_detail
    }
    expect(capsOf({})).toMatchObject({ strength: 'clear', caps: [] })
    expect(capsOf({ inferred_count: 19, unsure_question_count: 9 })).toMatchObject({ strength: 'clear', caps: [] })
    expect(capsOf({ inferred_count: 20 })).toMatchObject({
      strength: 'leaning',
      is_inferred: true,
      caps: [expect.stringContaining('Its threads are inferred: 20')],
    })
    expect(capsOf({ unsure_question_count: 10 })).toMatchObject({ strength: 'leaning', caps: [expect.stringContaining('often wrong')] })
    // the reason that the threads are inferred stands in the place of the guess that there may be none
    const chat = [...times(60, () => post('talker')), ...times(40, (i) => post(member(i % 8)))]
    expect(capsOf({ inferred_count: 100 }, chat).caps).toEqual([expect.stringContaining('Its threads are inferred')])
  })

  test('a community of many threads is clear, in words', () => {
    const { verdict, support } = windowOf(helping(30))
    expect(verdict).toBe('community')
    expect(support.support).toBe(1)
    expect(support.support_detail).toEqual({
      strength: 'clear',
      resamples: 1000,
      threads: 30,
      found: [{ verdict: 'community', share: 1 }],
      caps: [],
      sentence: 'Clear: all 1,000 windows drawn anew from its 30 threads read the same.',
    })
  })

  test('one thread that holds everything always agrees with itself, and is never called clear', () => {
    const { support } = windowOf([post('author', ...times(60, (i) => member(i % 9)))])
    expect(support.support).toBe(1)
    expect(support.support_detail).toMatchObject({ strength: 'leaning', threads: 1, found: [{ share: 1 }] })
    expect(support.support_detail.caps).toEqual(['It has 1 thread, and from fewer than 10 it is never called clear.'])
    expect(support.support_detail.sentence).toBe(
      'Leaning: all 1,000 windows drawn anew from its 1 thread read the same. It has 1 thread, and from fewer than 10 it is never called clear.',
    )
  })

  test('ten threads may be clear, nine may not', () => {
    const talking = (count: number) => times(count, (i) => question(member(i), ...times(4, (j) => member((i + j + 1) % 10))))
    expect(windowOf(talking(10)).support.support_detail.strength).toBe('clear')
    expect(windowOf(talking(9)).support.support_detail).toMatchObject({ strength: 'leaning', threads: 9 })
  })

  // each exactly at the threshold that decides it, so that about half of the draws fall short of it
  const crowd = (i: number) => member(i % 11)
  test.each<[VerdictName, string, ExampleThread[]]>([
    [
      'workgroup',
      'half is work',
      [...times(20, (i): ExampleThread => ({ kind: 'work', by: crowd(i) })), ...times(20, (i) => post(crowd(i)))],
    ],
    ['newsletter', 'half is news', [...times(20, (i) => news(crowd(i))), ...times(10, (i) => post(crowd(i), crowd(i + 1)))]],
    ['blog', 'half by one person', [...times(20, () => post('author')), ...times(20, (i) => post(crowd(i)))]],
    [
      'blog',
      'eight tenths in the threads of one person',
      [...times(40, (i) => post('author', crowd(i))), ...times(10, (i) => post(crowd(i), crowd(i + 1)))],
    ],
    [
      'teaching_platform',
      'six tenths of the answers by one person',
      times(30, (i) => question(crowd(i), i % 5 < 3 ? 'teacher' : crowd(i + 1))),
    ],
    ['community', 'half of the questions answered', times(40, (i) => (i % 2 ? question(crowd(i), crowd(i + 1)) : question(crowd(i))))],
    [
      'community',
      'a fifth is help',
      [...times(10, (i) => question(crowd(i), crowd(i + 1))), ...times(40, (i) => post(crowd(i), crowd(i + 1)))],
    ],
  ])('%s at its threshold, %s, is not called clear', (name, _, threads) => {
    const { verdict, support } = windowOf(threads)
    expect(verdict).toBe(name)
    expect(support.support).toBeGreaterThan(0.3)
    expect(support.support).toBeLessThan(0.8)
    expect(support.support_detail.strength).not.toBe('clear')
    expect(support.support_detail.sentence).toMatch(
      /^(Leaning|No clear pattern): \d\d\u00a0% of 1,000 windows drawn anew from its \d+ threads read the same; the others read as /,
    )
  })

  test('a hundred thousand contributions in one thread are one thread', () => {
    const { support } = windowOf([question('asker', ...times(100_000, (i) => member((i * i) % 301)))])
    expect(support.support_detail).toMatchObject({ strength: 'leaning', threads: 1, resamples: 1000 })
  })

  test('a window that holds just enough is not too little because a draw holds less', () => {
    // eleven threads of two to five contributions: 32 in all, and five people
    const threads = times(11, (i) => question(member(i % 5), ...times(1 + (i % 3), (j) => member((i + j + 1) % 5))))
    const { facts, verdict, support } = windowOf(threads)
    expect(facts.people.contribution_count).toBe(32)
    expect(verdict).toBe('community')
    expect(support.support_detail.found.map((one) => one.verdict)).not.toContain('too_little_data')
  })

  test('twelve of twelve news are a clear newsletter, and one person alone a clear blog', () => {
    expect(windowOf(times(12, () => news('editor')))).toMatchObject({
      verdict: 'newsletter',
      support: { support: 1, support_detail: { strength: 'clear', threads: 12 } },
    })
    expect(windowOf(times(12, () => post('author'))).support.support_detail.strength).toBe('clear')
  })

  test('where little data are judged all the same, each draw has to be plain on them', () => {
    // 13 of 16 are news: plain as it is (57 % at the lower end), and not in every draw
    const { verdict, support } = windowOf([...times(13, () => news('editor')), ...times(3, (i) => post(member(i)))])
    expect(verdict).toBe('newsletter')
    expect(support.support).toBeLessThan(1)
    expect(support.support_detail.found.map((one) => one.verdict)).toContain('too_little_data')
  })

  test('dormant and too little data are not asked of threads', () => {
    for (const [threads, feed, verdict] of [
      [helping(3), {}, 'too_little_data'],
      [helping(20), { recent_contribution_count: 0 }, 'dormant'],
      [[], { history_weeks: 0 }, 'too_little_data'],
    ] as const) {
      const found = windowOf(threads, feed)
      expect(found.verdict).toBe(verdict)
      expect(found.support.support).toBeNull()
      expect(found.support.support_detail).toMatchObject({ strength: null, resamples: 0, found: [], threads: threads.length })
      expect(found.support.support_detail.sentence).toMatch(/not asked/)
    }
  })

  test('which of two equally busy people comes first changes nothing', () => {
    const named = (a: string, b: string) => [
      ...times(12, (i) => question(i % 2 ? a : member(i % 3), b, member(5))),
      ...times(12, (i) => question(i % 2 ? b : member(i % 3), a, member(6))),
    ]
    expect(windowOf(named('ada', 'bea')).support).toEqual(windowOf(named('zoe', 'yan')).support)
    expect(windowOf(named('ada', 'bea')).support).toEqual(windowOf(named('bea', 'ada')).support)
  })

  test('a fifth by accounts that may be programs, and it is never called clear, and says who could tell', () => {
    // 24 of 120 contributions, and then of 121
    const threads = [...helping(32), ...times(24, () => news('feed'))]
    const capped = (some: readonly ExampleThread[], suspects: string[]) => {
      const cells = cellsOfThreads(some)
      return supportOf(cells, { ...countWindow(some), ...factsOfCells(cells) }, { suspects }).support_detail
    }
    expect(capped(threads, [])).toMatchObject({ strength: 'clear', caps: [] })
    expect(capped(threads, ['feed', 'someone else'])).toMatchObject({
      strength: 'leaning',
      caps: ['An account that may be a program wrote 20\u00a0% of it; say on the page House rules whether it is.'],
    })
    expect(capped([...threads, news(null)], ['feed'])).toMatchObject({ strength: 'clear', caps: [] })
    const two = [...helping(32), ...times(24, (i) => news(`feed ${i % 2}`))]
    expect(capped(two, ['feed 0', 'feed 1']).caps).toEqual([
      '2 accounts that may be programs wrote 20\u00a0% of it; say on the page House rules whether they are.',
    ])
  })

  test('everyone anonymous is a window like another, without people', () => {
    const { verdict, support } = windowOf(times(40, () => news(null)))
    expect(verdict).toBe('newsletter')
    expect(support.support_detail.strength).toBe('clear')
  })
})
