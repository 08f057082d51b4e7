import { describe, expect, it } from 'vitest'
import { createRandom } from '../../ingest/sources/synthetic/random.ts'
import { makeDayAxis } from './day-axis.ts'
import { followSource } from './follow-source.ts'
import { GIVEN_UP_DAYS, LEAST_EXPECTED, timesLongest } from './limits.ts'

// a Monday in no holiday; two years, over both changes of the clock, which are days like others
const FROM = '2023-02-06'
const DAYS = 728
const axis = makeDayAxis(FROM, '2025-02-03')
const countsOf = (count: (day: number) => number) => Float64Array.from({ length: DAYS }, (_, day) => count(day))
const follow = (counts: Float64Array, more: { wholeBefore?: number; aliveBefore?: number; strictness?: number; told?: number[] } = {}) =>
  followSource({ axis, counts, wholeBefore: 0, strictness: 1, ...more })
const isWeekend = (day: number) => day % 7 > 4

describe('a source that stops', () => {
  it('is silent when twenty would have come besides two days that may be holidays', () => {
    // 10 a day: after n whole days 10 n, less 0.98 of two of them; 19.6 is taken off, so on the fourth day
    const { silences } = follow(countsOf((day) => (day < 100 ? 10 : 0)))
    expect(silences).toHaveLength(1)
    expect(silences[0]).toMatchObject({ last: 99, noticed: 103, resumed: null, longest_days: 0 })
    expect(silences[0]?.expected).toBeCloseTo(40 - 0.98 * 20, 9)
    expect(silences[0]?.usual.a_day).toBe(10)
    expect(LEAST_EXPECTED).toBe(20)
  })

  it('does not wait for what a weekend never brings', () => {
    // Friday is the last of 10 a working day: Monday and Tuesday may be holidays, Wednesday and Thursday count
    const { silences } = follow(countsOf((day) => (day < 103 && !isWeekend(day) ? 10 : 0)))
    expect(silences[0]).toMatchObject({ last: 102, noticed: 108 })
  })

  it('is told later where it was silent for long before: more than so many times as long', () => {
    // 10 a day, and once nothing for two days: that is no alarm, and what is like it afterwards is none
    const before = (day: number) => (day === 60 || day === 61 ? 0 : 10)
    const { silences } = follow(countsOf((day) => (day < 100 ? before(day) : 0)))
    const sending = 100 - 2
    expect(silences[0]?.noticed).toBe(99 + Math.ceil(2 * timesLongest(sending - 1)))
    expect(silences[0]?.longest_days).toBe(2)
  })

  it('is told later by stricter limits and sooner by laxer ones, never before its time', () => {
    const counts = countsOf((day) => (day < 100 ? 10 : 0))
    const noticed = [0.8, 1, 1.5, 2].map((strictness) => follow(counts, { strictness }).silences[0]?.noticed as number)
    expect(noticed).toEqual([103, 103, 104, 105])
  })

  it('takes days to weeks where little is usual', () => {
    const slow = follow(countsOf((day) => (day < 400 && day % 7 === 0 ? 2 : 0)))
    // two a week: twenty are ten weeks; its own rhythm of a week is past long before
    expect(slow.silences[0]?.noticed).toBeGreaterThan(399 + 9 * 7)
    expect(slow.silences[0]?.noticed).toBeLessThan(399 + 13 * 7)
  })

  it('is given up after half a year, and is a feed again only when it has sent for a while', () => {
    const counts = countsOf((day) => (day < 100 ? 10 : 0))
    const { silences, is_feed } = follow(counts)
    expect(silences[0]).toMatchObject({ ended: 103 + GIVEN_UP_DAYS, ending: 'settled' })
    expect(is_feed).toBe(false)
    counts[600] = 10
    expect(follow(counts).silences).toHaveLength(1)
  })
})

describe('a source that sends again', () => {
  const gap = (from: number, to: number, after = 10) => countsOf((day) => (day >= from && day < to ? 0 : day >= to ? after : 10))

  it('has recovered on the first day that brings more than a tenth of what is usual', () => {
    expect(follow(gap(100, 120)).silences).toMatchObject([{ noticed: 103, resumed: 120, ended: 120, ending: 'recovered' }])
  })

  it('has not for one stray event', () => {
    const counts = countsOf((day) => (day < 100 ? 100 : day === 110 ? 1 : day >= 200 ? 100 : 0))
    expect(follow(counts).silences).toMatchObject([{ resumed: 110, ended: 200 }])
  })

  it('is judged afterwards by what was usual before, not by the gap', () => {
    const counts = gap(40, 70)
    for (let day = 80; day < DAYS; day++) counts[day] = 0
    const [, second] = follow(counts).silences
    expect(second).toMatchObject({ last: 79, noticed: 83 })
    expect(second?.usual.a_day).toBe(10)
  })
})

describe('what is no feed', () => {
  it.each([
    ['sent on one day alone', countsOf((day) => (day === 50 ? 50_000 : 0))],
    ['was imported on eight days within a year', countsOf((day) => (day % 45 === 0 && day < 360 ? 1000 : 0))],
    ['sent nine days in a row and never again', countsOf((day) => (day < 9 ? 1000 : 0))],
    ['sent one event in all', countsOf((day) => (day === 300 ? 1 : 0))],
    ['sends one event a quarter', countsOf((day) => (day % 91 === 0 && day < 500 ? 1 : 0))],
    ['never sent', countsOf(() => 0)],
  ])('never alarms: one that %s', (_, counts) => {
    expect(follow(counts).silences).toEqual([])
  })
})

describe('what is known to be whole', () => {
  const counts = () => countsOf((day) => (day < 100 ? 10 : 0))

  it('is not silent: who sent nothing had nothing to send', () => {
    expect(follow(counts(), { wholeBefore: DAYS }).silences).toEqual([])
    // from then on it counts anew
    expect(follow(counts(), { wholeBefore: 300 }).silences[0]?.noticed).toBe(303)
  })

  it('takes back what was told where nothing came after it, and lets it stand as ended where something did', () => {
    expect(follow(counts(), { wholeBefore: DAYS, told: [103] }).silences).toEqual([])
    const late = counts()
    late[150] = 500
    expect(follow(late, { wholeBefore: DAYS, told: [103] }).silences).toMatchObject([{ noticed: 103, ended: 150, ending: 'recovered' }])
  })
})

describe('a live feed that delivers nothing that is counted', () => {
  const counts = () => countsOf((day) => (day < 100 ? 10 : 0))

  it('is connected, so that a silence counts from then on', () => {
    expect(follow(counts(), { aliveBefore: 140 }).silences[0]?.noticed).toBe(143)
  })

  it('does not unsay what was told: what was lost until it was connected again is lost', () => {
    expect(follow(counts(), { aliveBefore: 140, told: [103] }).silences[0]).toMatchObject({ noticed: 103, resumed: null })
  })
})

describe('holidays', () => {
  it('need bring nothing at the turn of the year, and little in the first summer', () => {
    const christmas = axis.days.indexOf('2023-12-23')
    const noted = follow(countsOf((day) => (isWeekend(day) || (day >= christmas && day < christmas + 16) ? 0 : 40)))
    expect(noted.silences).toEqual([])
    const summer = axis.days.indexOf('2023-07-10')
    const dead = follow(countsOf((day) => (isWeekend(day) || day >= summer ? 0 : 40)))
    const spring = axis.days.indexOf('2023-05-08')
    const deadInSpring = follow(countsOf((day) => (isWeekend(day) || day >= spring ? 0 : 40)))
    expect((dead.silences[0]?.noticed as number) - summer).toBeGreaterThan((deadInSpring.silences[0]?.noticed as number) - spring)
    expect((dead.silences[0]?.noticed as number) - summer).toBeLessThan(14)
  })

  it('are known by the year before: three weeks in April without anything are told once at most', () => {
    const april = (day: number) => (axis.days[day] as string).slice(5) >= '04-01' && (axis.days[day] as string).slice(5) <= '04-21'
    const { silences } = follow(countsOf((day) => (april(day) ? 0 : 20)))
    expect(silences).toHaveLength(1)
    expect(axis.days[silences[0]?.noticed as number]).toMatch(/^2023-04/)
  })
})

it('says of each day only what came up to its end', () => {
  const random = createRandom(7)
  for (let trial = 0; trial < 12; trial++) {
    const rate = [0.2, 2, 20][trial % 3] as number
    const from = 200 + random.below(300)
    const counts = countsOf((day) => (day >= from && day < from + 40 ? 0 : random.poisson(rate)))
    const all = follow(counts)
    const until = from + random.below(60)
    const cut = {
      ...axis,
      days: axis.days.slice(0, until),
      weekdays: axis.weekdays.slice(0, until),
      holidays: axis.holidays.slice(0, until),
    }
    const part = followSource({ axis: cut, counts: counts.slice(0, until), wholeBefore: 0, strictness: 1 })
    expect(part.statistic).toEqual(all.statistic.slice(0, until))
    expect(part.silences.map(({ noticed }) => noticed)).toEqual(all.silences.map(({ noticed }) => noticed).filter((day) => day < until))
  }
})
