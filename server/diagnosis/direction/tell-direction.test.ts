import { describe, expect, it } from 'vitest'
import { directionSchema } from '../../../shared/contract/verdict.ts'
import { addDays } from '../../../shared/period.ts'
import type { StoredWeek } from './hear-weeks.ts'
import { directionOf } from './tell-direction.ts'

const BEGIN = '2023-01-02'
const sunday = (week: number) => addDays(BEGIN, week * 7 + 6)
const weeksOf = (count: number, at: (week: number) => Partial<StoredWeek> = () => ({})): StoredWeek[] =>
  Array.from({ length: count }, (_, week) => ({
    from_on: addDays(BEGIN, week * 7),
    joins: 8,
    leavers: 2,
    members: 400,
    active_people: 20,
    questions: 10,
    answered: 8,
    is_joins_step: false,
    is_leavers_step: false,
    event_count: 60,
    is_known_whole: false,
    ...at(week),
  }))
const ask = (weeks: StoredWeek[], at: string, isForming = false, heardFrom: (id: string) => string | null = () => BEGIN) => {
  const told = directionOf(weeks, { heardFrom })(at, isForming)
  const detail = directionSchema.parse(told.trajectory_detail)
  return { ...told, detail, sentence: detail.sentence.replaceAll('\u00a0', ' ') }
}

describe('the direction', () => {
  it('is steady where nothing is unusual, and names what it rests on', () => {
    expect(ask(weeksOf(120), sunday(119))).toMatchObject({
      trajectory: 'steady',
      sentence: 'Steady: joins, active people, questions, answered questions and leavers are within their usual swings.',
      detail: { since: null },
    })
  })

  it('declines while an alarm stands, with what was usual before it', () => {
    const weeks = weeksOf(112, (week) => (week < 104 ? {} : { joins: 3, active_people: 9 }))
    const { trajectory, sentence, detail } = ask(weeks, sunday(111))
    expect(trajectory).toBe('declining')
    expect(sentence).toMatch(
      /^Declining since the week of \d+ (January|February) 2025: 9 people a week took part in the last 8 weeks where 20 would be usual; 24 people joined in the last 8 weeks where 64 would be usual\.$/,
    )
    expect(detail.series[0]).toMatchObject({ id: 'joins', state: 'down', observed: 24, expected: 64, ratio: 0.375, weeks: 8, reason: null })
    expect(detail.series.find(({ id }) => id === 'questions')).toMatchObject({ state: 'level', ratio: 1 })
  })

  it('grows by the same test upward', () => {
    const { trajectory, sentence } = ask(
      weeksOf(112, (week) => (week < 104 ? {} : { joins: 20 })),
      sunday(111),
    )
    expect(trajectory).toBe('growing')
    expect(sentence).toMatch(/^Growing since the week of .*: 160 people joined in the last 8 weeks where 64 would be usual\.$/)
  })

  it('says that things look like before while that has not held for long', () => {
    const weeks = weeksOf(140, (week) => (week >= 104 && week < 120 ? { joins: 2 } : {}))
    expect(ask(weeks, sunday(119)).trajectory).toBe('declining')
    expect(ask(weeks, sunday(128)).sentence).toMatch(
      /^Declining since .*The last weeks look like before: it is over once that has held for four weeks\.$/,
    )
    expect(ask(weeks, sunday(134)).trajectory).toBe('steady')
  })

  it('is that of the last week closed by the end of the day, whatever came after', () => {
    const weeks = weeksOf(112, (week) => (week < 104 ? {} : { joins: 2, questions: 2, answered: 2 }))
    for (const at of [sunday(104), addDays(sunday(105), -1), sunday(111), addDays(sunday(111), -1)]) {
      const closed = weeks.filter(({ from_on }) => addDays(from_on, 6) <= at)
      expect(ask(weeks, at)).toEqual(ask(closed, at))
    }
  })

  it('is forming or unknown while there is too little, and says what it takes', () => {
    expect(ask(weeksOf(12), sunday(11), true)).toMatchObject({
      trajectory: 'forming',
      sentence: 'Forming: there are 12 whole weeks of data, and a direction takes at least 34.',
    })
    const heardLate = ask(weeksOf(30), sunday(29), false)
    expect(heardLate).toMatchObject({ trajectory: 'unknown', sentence: 'Not known. It takes 34 weeks of history; there are 30.' })
    expect(ask([], '2023-01-04')).toMatchObject({ trajectory: 'unknown', sentence: 'Not known: there is no whole week of data yet.' })
    expect(ask(weeksOf(1), '2022-12-31', true).trajectory).toBe('forming')
  })

  it('is unknown where too little happens, and where no data reach', () => {
    const few = weeksOf(200, (week) => ({
      joins: week % 5 ? 0 : 1,
      leavers: 0,
      active_people: 0,
      questions: 0,
      answered: 0,
      event_count: 1,
    }))
    const { trajectory, detail } = ask(few, sunday(199))
    expect(trajectory).toBe('unknown')
    expect(detail.series[0]?.reason?.replaceAll('\u00a0', ' ')).toBe('Too few to judge: about 5 would be usual in 26 weeks.')
    expect(ask(weeksOf(120), sunday(121))).toMatchObject({
      trajectory: 'unknown',
      sentence: 'Not known: no data reach the weeks before this day.',
    })
    // the Sunday of a week that is not over
    expect(ask(weeksOf(120), sunday(120)).trajectory).toBe('steady')
  })

  it('gives a reason for every series that cannot be judged, and none else', () => {
    const { detail, trajectory } = ask(
      weeksOf(120, () => ({ active_people: null })),
      sunday(119),
      false,
      (id) => (id === 'joins' || id === 'leavers' ? null : BEGIN),
    )
    expect(trajectory).toBe('steady')
    expect(detail.series.map(({ id, state, reason }) => [id, state, reason])).toEqual([
      ['joins', 'cannot_judge', 'No source tells who joined.'],
      ['active-people', 'cannot_judge', expect.stringMatching(/too much is anonymous to count people/)],
      ['questions', 'level', null],
      ['answered', 'level', null],
      ['leavers', 'cannot_judge', 'No source tells both who joined and who left.'],
    ])
  })

  it('does not judge answers whose threads are inferred, and says so', () => {
    const { detail } = ask(weeksOf(120), sunday(119), false, (id) => (id === 'answered' ? null : BEGIN))
    expect(detail.series.find(({ id }) => id === 'answered')).toMatchObject({
      state: 'cannot_judge',
      reason: expect.stringContaining('inferred'),
    })
  })

  it('does not decline when the only source stops telling who joins, or falls silent', () => {
    const untold = weeksOf(120, (week) => (week < 104 ? {} : { joins: 0 }))
    expect(ask(untold, sunday(119))).toMatchObject({ trajectory: 'steady' })
    expect(ask(untold, sunday(119)).detail.series[0]?.reason).toMatch(/seems to have stopped telling/)
    const silent = weeksOf(108, (week) =>
      week < 100 ? {} : { joins: 0, leavers: 0, active_people: 0, questions: 0, answered: 0, event_count: 0 },
    )
    expect(ask(silent, sunday(107))).toMatchObject({ trajectory: 'unknown' })
    expect(ask(silent, sunday(107)).sentence).toMatch(/the feed was silent/)
  })
})
