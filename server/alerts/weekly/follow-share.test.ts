import { describe, expect, it, test } from 'vitest'
import { answeredShareKinds } from '../../../e2e/alerts/kinds/answered-share.ts'
import { newcomersUnansweredKinds } from '../../../e2e/alerts/kinds/newcomers-unanswered.ts'
import { onePersonKinds } from '../../../e2e/alerts/kinds/one-person.ts'
import { liveShare, type ShareKind, STEADY_SHARES } from '../../../e2e/alerts/share-kinds.ts'
import type { SimulatedKind } from '../../../e2e/alerts/simulated-kind.ts'
import { WATCHED } from '../../../e2e/alerts/watch-share.ts'
import { createRandom } from '../../ingest/sources/synthetic/random.ts'
import { changeOfShare } from './change-of-share.ts'
import { type FollowOptions, followShare } from './follow-share.ts'
import { RISE_LIMITS } from './share-limits.ts'
import { type ShareSeries, sharesOf, topSharesOf, type WeekOfPeople, type WeekOfShare } from './share-series.ts'

const UNANSWERED: FollowOptions = { limits: RISE_LIMITS.unanswered, strictness: 1, kept: [] }
const TOP: FollowOptions = { limits: RISE_LIMITS.top, strictness: 1, kept: [] }
const week = (cases: number, of: number): WeekOfShare => ({ share: { cases, of }, is_holiday: false })
const weeksOf = (count: number, at: (i: number) => WeekOfShare) => Array.from({ length: count }, (_, i) => at(i))
const noticesOf = (series: ShareSeries, options = UNANSWERED) =>
  followShare(series, options).weeks.flatMap(({ notice }, i) => (notice ? [[i, notice] as const] : []))

describe('a share of unanswered questions', () => {
  const fallen = weeksOf(140, (i) => week(i < 100 || i >= 120 ? 1 : 3, 5))

  it('is noticed, and over when it is back for four weeks', () => {
    const [began, over, ...more] = noticesOf(sharesOf(fallen))
    expect(began?.[1]).toBe('began')
    expect(began?.[0]).toBeGreaterThanOrEqual(102)
    expect(began?.[0]).toBeLessThanOrEqual(108)
    // of the eight weeks up to week 126 one is left in which three of five stayed unanswered
    expect(over).toEqual([129, 'recovered'])
    expect(more).toEqual([])
  })
  it('rests on what came up to each week alone', () => {
    const random = createRandom(5)
    const all = weeksOf(160, () => week(random.poisson(1.5), 6))
    const whole = followShare(sharesOf(all), UNANSWERED).weeks
    for (const length of [40, 90, 133]) {
      const part = followShare(sharesOf(all.slice(0, length)), UNANSWERED).weeks
      expect(part).toEqual(whole.slice(0, length))
    }
  })
  it('is judged by its formula: all that is set against what', () => {
    // without a season to hold it against, weeks 33 to 40 against four spans of eight before
    const { reading } = followShare(sharesOf(weeksOf(41, (i) => week(i >= 33 ? 3 : i % 2, 4))), UNANSWERED).weeks[40] as {
      reading: { fast: { z: number; dispersion: number; now: object; before: object } }
    }
    expect(reading.fast.now).toMatchObject({ cases: 24, of: 32 })
    expect(reading.fast.before).toMatchObject({ cases: 16, of: 128 })
    expect(reading.fast.z).toBeCloseTo(changeOfShare({ cases: 24, of: 32 }, { cases: 16, of: 128 }, reading.fast.dispersion), 10)
  })
  it('of none is not alarming when one is left, nor when four are', () => {
    const leaving = (left: number) => sharesOf(weeksOf(120, (i) => week(i >= 110 && i < 110 + left ? 1 : 0, 2)))
    expect(noticesOf(leaving(1))).toEqual([])
    expect(noticesOf(leaving(4))).toEqual([])
    expect(noticesOf(leaving(8))).not.toEqual([])
  })
  it('is settled after a year, and clearly worse no sooner than 16 weeks after', () => {
    expect(noticesOf(sharesOf(weeksOf(170, (i) => week(i < 100 ? 1 : 4, 6))))).toEqual([
      [expect.any(Number), 'began'],
      [expect.any(Number), 'settled'],
    ])
    const worse = noticesOf(sharesOf(weeksOf(140, (i) => week(i < 100 ? 2 : i < 120 ? 8 : 16, 20))))
    expect(worse.map(([, notice]) => notice)).toEqual(['began', 'clearly_worse'])
    expect((worse[1]?.[0] ?? 0) - (worse[0]?.[0] ?? 0)).toBeGreaterThanOrEqual(16)
  })
  it('is later with stricter limits', () => {
    const series = sharesOf(weeksOf(130, (i) => week(i < 100 ? 4 : 10, 20)))
    const [usual] = noticesOf(series)
    const [strict] = noticesOf(series, { ...UNANSWERED, strictness: 1.4 })
    expect(strict?.[0]).toBeGreaterThan(usual?.[0] as number)
  })
  it('stands where it was told while most of it is there, and begins when it was told', () => {
    const [began] = noticesOf(sharesOf(fallen))
    const at = began?.[0] as number
    // late answers: not enough for an alarm, but most of one
    const late = sharesOf(fallen.map((one, i) => (i === at ? week(2, 5) : i > at ? week(1, 5) : one)))
    expect(noticesOf(late)).toEqual([])
    expect(noticesOf(late, { ...UNANSWERED, kept: [at] })[0]).toEqual([at, 'began'])
    // what shows it sooner does not move it, and what undoes it takes it away
    const sooner = sharesOf(fallen.map((one, i) => (i >= 98 && i < 104 ? week(5, 5) : one)))
    expect(noticesOf(sooner)[0]?.[0]).toBeLessThan(at)
    expect(noticesOf(sooner, { ...UNANSWERED, kept: [at] })[0]).toEqual([at, 'began'])
    expect(noticesOf(sharesOf(fallen.map(() => week(1, 5))), { ...UNANSWERED, kept: [at] })).toEqual([])
  })
  it('says why it cannot be judged', () => {
    const why = (weeks: readonly WeekOfShare[]) => followShare(sharesOf(weeks), UNANSWERED).weeks.at(-1)?.reading.cannot?.why
    expect(why(weeksOf(33, () => week(1, 5)))).toBe('short')
    expect(why(weeksOf(200, () => week(0, 0)))).toBe('short')
    expect(why(weeksOf(200, (i) => week(0, i % 4 === 0 ? 1 : 0)))).toBe('few')
    expect(why(weeksOf(100, (i) => (i < 95 ? week(1, 5) : { share: null, is_holiday: false })))).toBe('unheard')
    expect(why(weeksOf(100, () => week(1, 5)))).toBeUndefined()
  })
  it('has weeks of 10,000 questions, and one of them among weeks of five', () => {
    expect(noticesOf(sharesOf(weeksOf(150, (i) => week(i === 120 ? 2000 : 1, i === 120 ? 10_000 : 5))))).toEqual([])
    expect(noticesOf(sharesOf(weeksOf(120, (i) => week(i < 100 ? 2000 : 5000, 10_000)))).map(([, notice]) => notice)).toEqual(['began'])
  })
})

describe('the top person’s share', () => {
  const give = (people: readonly (readonly [number, number])[], anonymous = 0): WeekOfPeople => ({
    all: people.reduce((sum, [, count]) => sum + count, anonymous),
    people,
    is_holiday: false,
  })
  const five = [0, 1, 2, 3, 4].map((person) => [person, 1] as const)
  const given = (at: (i: number) => WeekOfPeople, count = 130) => topSharesOf(Array.from({ length: count }, (_, i) => at(i)))

  it('is that of whoever gave most in the weeks together', () => {
    const random = createRandom(3)
    const weeks = Array.from({ length: 40 }, () =>
      give(
        [...new Map([0, 1, 2, 3].map((person) => [person, random.below(4)] as const)).entries()].filter(([, count]) => count > 0),
        random.below(1),
      ),
    )
    const series = topSharesOf(weeks)
    for (const [from, to] of [
      [0, 7],
      [3, 3],
      [10, 22],
      [14, 39],
    ] as const) {
      const counts = new Map<number, number>()
      for (const { people } of weeks.slice(from, to + 1))
        for (const [person, count] of people) counts.set(person, (counts.get(person) ?? 0) + count)
      expect(series.sum(from, to, false)).toEqual({
        cases: Math.max(0, ...counts.values()),
        of: [...counts.values()].reduce((sum, count) => sum + count, 0),
        heard: to - from + 1,
      })
    }
  })
  it('rises when one takes over, whoever it is', () => {
    expect(
      noticesOf(
        given((i) => give(i < 100 ? five : [[7, 5]])),
        TOP,
      )[0]?.[1],
    ).toBe('began')
    expect(
      noticesOf(
        given((i) => give(i < 100 ? five : [[0, 5]])),
        TOP,
      )[0]?.[1],
    ).toBe('began')
  })
  it('does not rise below where it matters, nor where it was one person from the beginning', () => {
    const share = (mine: number) => [[0, mine] as const, ...[1, 2, 3, 4, 5, 6, 7, 8].map((person) => [person, 2] as const)]
    expect(
      noticesOf(
        given((i) => give(share(i < 100 ? 1 : 4))),
        TOP,
      ),
    ).toEqual([])
    expect(
      noticesOf(
        given(() => give([[0, 5]])),
        TOP,
      ),
    ).toEqual([])
  })
  it('does not rise where people take turns', () => {
    // whoever has the turn gives three of five; turns change every nine weeks
    const turns = given(
      (i) =>
        give([
          [Math.floor(i / 9) % 4, 3],
          [5, 1],
          [6, 1],
        ]),
      200,
    )
    expect(noticesOf(turns, TOP)).toEqual([])
  })
  it('is not known where too much is anonymous', () => {
    const { weeks } = followShare(
      given(() => give(five, 2)),
      TOP,
    )
    expect(weeks.at(-1)?.reading.cannot?.why).toBe('unheard')
  })
})

test('a share is followed in a few milliseconds', () => {
  const kind = { ...(STEADY_SHARES[3] as ShareKind), history: 520 }
  const series = liveShare(kind, 0, 1)
  const begun = performance.now()
  followShare(series, UNANSWERED)
  // 4 ms alone on one core; ten times as much under load
  expect(performance.now() - begun).toBeLessThan(200)
})

test('steady kinds stay below one false alarm in two years, and a plain fall is seen in nine weeks', () => {
  const run = ({ live }: SimulatedKind) => Array.from({ length: 12 }, (_, i) => live(WATCHED, 200_006 + i, 1).told)
  for (const { steady } of [answeredShareKinds, newcomersUnansweredKinds, onePersonKinds])
    for (const kind of steady) {
      const mails = run(kind).reduce((sum, told) => sum + told.length, 0)
      expect(mails / 12 / 2, kind.name).toBeLessThanOrEqual(0.5)
    }
  const first = run(answeredShareKinds.changing[1] as SimulatedKind).map(([week = Number.POSITIVE_INFINITY]) => week + 1)
  expect(first.sort((a, b) => a - b)[6]).toBeLessThanOrEqual(9)
})
