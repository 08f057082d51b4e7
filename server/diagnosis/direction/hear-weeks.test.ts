import { describe, expect, it } from 'vitest'
import { addDays } from '../../../shared/period.ts'
import { type HeardSeries, hearWeeks, type StoredWeek } from './hear-weeks.ts'

const week = (more: Partial<StoredWeek> = {}): StoredWeek => ({
  from_on: '',
  joins: 3,
  leavers: 1,
  members: 100,
  active_people: 10,
  questions: 6,
  answered: 5,
  is_joins_step: false,
  is_leavers_step: false,
  event_count: 30,
  is_known_whole: false,
  ...more,
})
const SILENT = { joins: 0, leavers: 0, active_people: 0, questions: 0, answered: 0, event_count: 0 }
const hear = (weeks: StoredWeek[], heardFrom: (id: HeardSeries['id']) => string | null = () => '2024-01-01') => {
  const dated = weeks.map((one, i) => ({ ...one, from_on: addDays('2024-01-01', i * 7) }))
  const all = hearWeeks(dated, { heardFrom, isHoliday: weeks.map(() => false) })
  const of = (id: HeardSeries['id']) => all.find((one) => one.id === id) as HeardSeries
  return { all, of }
}
const times = (count: number, one: StoredWeek) => Array.from({ length: count }, () => one)

describe('what is known of each week', () => {
  it('is all of it in ordinary weeks, with answers dated a week later and leavers by member', () => {
    const { of } = hear([week(), week({ answered: 2 }), week()])
    expect(of('joins')).toMatchObject({ counts: [3, 3, 3], exposures: [1, 1, 1], worse: -1 })
    expect(of('answered')).toMatchObject({ counts: [0, 5, 2], exposures: [0, 1, 1] })
    expect(of('leavers')).toMatchObject({ counts: [1, 1, 1], exposures: [100, 100, 100], worse: 1 })
  })

  it('is nothing while a busy feed was cut, nor in the weeks on either side', () => {
    const { of } = hear([...times(10, week()), ...times(3, week(SILENT)), ...times(3, week())])
    const known = [...times(9, week()).map(() => 1), 0, 0, 0, 0, 0, 1, 1]
    expect(of('active-people').exposures).toEqual(known)
    expect(of('active-people').silences.slice(9, 15)).toEqual([...Array(5).fill('feed'), null])
    // the last questions before the cut may have been answered in it
    expect(of('answered').exposures).toEqual([0, ...known.slice(1, 14), 0, 1])
  })

  it('is no less where few events are usual, nor where a source is known to have been whole', () => {
    const few = hear([...times(10, week({ event_count: 2 })), ...times(3, week(SILENT))])
    expect(few.of('active-people').exposures.slice(-3)).toEqual([1, 1, 1])
    const whole = hear([...times(10, week()), ...times(3, week({ ...SILENT, is_known_whole: true }))])
    expect(whole.of('joins')).toMatchObject({ counts: [...Array(10).fill(3), 0, 0, 0], exposures: Array(13).fill(1) })
  })

  it('knows years without any event for one cut', () => {
    const { of } = hear([...times(20, week()), ...times(300, week(SILENT)), ...times(5, week())])
    expect(of('questions').exposures.filter((exposure) => exposure === 0)).toHaveLength(302)
  })

  it('does not take it for a decline when the source stops telling who joins', () => {
    const { of } = hear([...times(10, week()), ...times(6, week({ joins: 0 }))])
    expect(of('joins').silences.slice(-6)).toEqual(Array(6).fill('not_told'))
    expect(of('active-people').exposures).toEqual(Array(16).fill(1))
    // three weeks without any of nine may be chance
    expect(hear([...times(10, week()), ...times(3, week({ joins: 0 }))]).of('joins').exposures).toEqual(Array(13).fill(1))
  })

  it('leaves out imports and purges, and weeks that are too anonymous to count people', () => {
    const { of } = hear([
      week(),
      week({ joins: 900, is_joins_step: true }),
      week({ leavers: 300, is_leavers_step: true }),
      week({ active_people: null }),
    ])
    expect(of('joins')).toMatchObject({ counts: [3, 0, 3, 3], exposures: [1, 0, 1, 1] })
    expect(of('leavers')).toMatchObject({ counts: [1, 1, 0, 1], exposures: [100, 100, 0, 100] })
    expect(of('active-people')).toMatchObject({ counts: [10, 10, 10, 0], exposures: [1, 1, 1, 0] })
  })

  it('begins with the first that was told, and for leavers with the source that tells them', () => {
    const { of } = hear([...times(4, week({ joins: 0, leavers: 0 })), ...times(2, week())], (id) =>
      id === 'leavers' ? '2024-01-15' : '2024-01-01',
    )
    expect(of('joins').exposures).toEqual([0, 0, 0, 0, 1, 1])
    expect(of('leavers').exposures).toEqual([0, 0, 100, 100, 100, 100])
  })

  it('has no series of what no source tells, and none of a week where there are none', () => {
    expect(hear([week()], (id) => (id === 'joins' ? null : '2024-01-01')).all.map(({ id }) => id)).not.toContain('joins')
    expect(hear([]).all.every(({ counts, exposures, silences }) => counts.length + exposures.length + silences.length === 0)).toBe(true)
    expect(hear([week({ members: 0 })]).of('leavers')).toMatchObject({ exposures: [0], silences: ['no_members'] })
  })
})
