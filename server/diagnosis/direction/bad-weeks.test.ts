import { describe, expect, it } from 'vitest'
import { createRandom } from '../../ingest/sources/synthetic/random.ts'
import { addDays, daysBetween } from '../../../shared/period.ts'
import { followChange } from './detect.ts'
import { hearWeeks, type StoredWeek } from './hear-weeks.ts'
import { holidaysOf } from './tell-direction.ts'

const BEGIN = '2018-01-01'
const weeksOf = (count: number, at: (week: number, on: string) => Partial<StoredWeek> = () => ({})): StoredWeek[] =>
  Array.from({ length: count }, (_, week) => {
    const from_on = addDays(BEGIN, week * 7)
    const usual = { joins: 8, leavers: 2, members: 400, active_people: 20, questions: 10, answered: 8, event_count: 60 }
    return { from_on, ...usual, is_joins_step: false, is_leavers_step: false, is_known_whole: true, ...at(week, from_on) }
  })
const follow = (weeks: StoredWeek[]) => followChange(hearWeeks(weeks, { heardFrom: () => BEGIN, isHoliday: holidaysOf(weeks) }), 'worse')
const told = (weeks: StoredWeek[]) => follow(weeks).weeks.flatMap(({ notice }, week) => (notice ? [`${week} ${notice}`] : []))

describe('weeks as they should not be', () => {
  it('fewer than can be set against anything are not judged', () => {
    const { statistics } = follow(weeksOf(33, (week) => (week > 25 ? { joins: 0, active_people: 0, questions: 0, answered: 0 } : {})))
    expect(statistics.every((statistic) => statistic === null)).toBe(true)
    expect(told([])).toEqual([])
  })

  it('nothing ever, and nothing any more after little, is nothing', () => {
    const none = { joins: 0, leavers: 0, members: 0, active_people: 0, questions: 0, answered: 0, event_count: 0 }
    expect(told(weeksOf(300, () => none))).toEqual([])
    expect(told(weeksOf(300, (week) => (week === 40 ? { ...none, joins: 1, members: 1 } : none)))).toEqual([])
  })

  it('a single spike is no decline when it is over', () => {
    for (const joins of [80, 800, 8_000_000]) expect(told(weeksOf(300, (week) => (week === 150 ? { joins } : {})))).toEqual([])
  })

  it('everybody purged and imported again is neither a decline nor growth', () => {
    const weeks = weeksOf(260, (week) => {
      if (week === 150) return { leavers: 400, is_leavers_step: true }
      if (week === 151) return { members: 0, joins: 400, is_joins_step: true }
      return {}
    })
    expect(told(weeks)).toEqual([])
    // unmarked it is one: hundreds left in a week
    const unmarked = weeks.map((week) => ({ ...week, is_joins_step: false, is_leavers_step: false }))
    expect(told(unmarked)[0]).toBe('150 began')
  })

  it('a year of 53 weeks moves no holiday into the working weeks', () => {
    const weeks = weeksOf(53 * 7, (_, on) =>
      on.slice(5) >= '12-20' || on.slice(5) <= '01-04' ? { joins: 1, active_people: 3, questions: 1, answered: 1 } : {},
    )
    expect(weeks.some(({ from_on }) => from_on === '2020-12-28')).toBe(true)
    expect(told(weeks)).toEqual([])
  })

  it('weeks are seven local days each: where clocks change nothing is longer or shorter', () => {
    const weeks = weeksOf(120)
    for (const [i, week] of weeks.entries()) if (i > 0) expect(daysBetween((weeks[i - 1] as StoredWeek).from_on, week.from_on)).toBe(7)
    // an hour more or less of a busy week is a hundredth of it
    expect(told(weeksOf(300, (week) => (week % 26 === 12 ? { joins: 8 + (week % 52 === 12 ? 1 : -1) } : {})))).toEqual([])
  })

  it('millions are judged as tens are', () => {
    const fall = (times: number) =>
      weeksOf(130, (week) => {
        const factor = (week < 104 ? 1 : 0.4) * times
        return {
          joins: 10 * factor,
          active_people: 20 * factor,
          questions: 10 * factor,
          answered: 10 * factor,
          leavers: 2 * times,
          members: 400 * times,
        }
      })
    for (const times of [1, 1000, 1_000_000]) {
      const [first, ...others] = told(fall(times))
      expect(first).toMatch(/^10[4-9] began$/)
      expect(others).toEqual([])
    }
    for (const statistic of follow(fall(1_000_000)).statistics) expect(Number.isNaN(statistic ?? 0)).toBe(false)
  })

  it('a decline and its recovery are told once each, and the statistic goes up to 1 without a jump', () => {
    const random = createRandom(5)
    const level = (week: number) =>
      week < 120 ? 1 : week < 160 ? Math.max(0.4, 1 - (week - 120) / 12) : Math.min(1, 0.4 + (week - 160) / 25)
    const weeks = weeksOf(240, (week) => ({
      joins: random.poisson(20 * level(week)),
      active_people: random.poisson(30 * level(week)),
      questions: random.poisson(15 * level(week)),
      answered: random.poisson(12 * level(week)),
      leavers: random.poisson(2),
    }))
    const notices = told(weeks)
    expect(notices.map((one) => one.split(' ')[1])).toEqual(['began', 'recovered'])
    const began = Number(notices[0]?.split(' ')[0])
    expect(began - 120).toBeLessThan(12)
    const { statistics } = follow(weeks)
    expect(statistics[began - 1]).toBeGreaterThan(0.4)
    for (let week = 100; week < 120; week++) expect(statistics[week]).toBeLessThan(1)
  })
})
