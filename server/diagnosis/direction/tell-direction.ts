import { DIRECTION_SERIES, type Direction, type DirectionSeries, type Verdict } from '../../../shared/contract/verdict.ts'
import { addDays, daysBetween, periodOfDay } from '../../../shared/period.ts'
import { type Change, followChange } from './detect.ts'
import { type HeardFrom, type HeardSeries, hearWeeks, type StoredWeek } from './hear-weeks.ts'
import { HOLIDAY_WEEKS } from './limits.ts'
import { describeSeries, type AtWeek } from './describe-series.ts'
import { sayDirection } from './say-direction.ts'

/** The direction as of the end of a local day; `isForming` where the data do not go back far enough to ask. */
export type TellDirection = (at: string, isForming: boolean) => Pick<Verdict, 'trajectory' | 'trajectory_detail'>

export type DirectionAsked = {
  heardFrom: HeardFrom
  /** Weeks of the year, counted from 0, that do not count until they can be set against a year ago. */
  holidayWeeks?: readonly number[]
}

/** Follows the weeks once, and tells of any day what was so by the last week closed then. Pure. */
export const directionOf = (weeks: readonly StoredWeek[], { heardFrom, holidayWeeks = HOLIDAY_WEEKS }: DirectionAsked): TellDirection => {
  const all = hearWeeks(weeks, { heardFrom, isHoliday: holidaysOf(weeks, holidayWeeks) })
  const worse = followChange(all, 'worse')
  const better = followChange(all, 'better')
  const first = weeks[0]?.from_on

  return (at, isForming) => {
    const asked = first === undefined ? -1 : Math.floor(daysBetween(first, addDays(at, 1)) / 7) - 1
    const week = Math.min(asked, weeks.length - 1)
    const lacks = reasonWithout(weeks, asked)
    if (lacks !== null) {
      const series = DIRECTION_SERIES.map((id) => cannotJudge(id, lacks))
      return answer(isForming ? 'forming' : 'unknown', { since: null, series, sentence: lacks })
    }
    const standing: AtWeek = {
      week,
      worse: (worse.weeks[week] as { change: Change | null }).change,
      better: (better.weeks[week] as { change: Change | null }).change,
    }
    const series = DIRECTION_SERIES.map((id): DirectionSeries => {
      const i = all.findIndex((one) => one.id === id)
      return i === -1
        ? cannotJudge(id, id === 'answered' && heardFrom('questions') !== null ? ANSWERED_IS_INFERRED : NOT_TOLD[id])
        : describeSeries(all[i] as HeardSeries, i, standing, { worse: worse.readings[week]?.[i], better: better.readings[week]?.[i] })
    })
    const change = standing.worse ?? standing.better
    const trajectory = isForming
      ? 'forming'
      : standing.worse
        ? 'declining'
        : standing.better
          ? 'growing'
          : series.some((one) => one.state !== 'cannot_judge')
            ? 'steady'
            : 'unknown'
    const isTold = trajectory === 'declining' || trajectory === 'growing'
    const since = isTold && change ? (weeks[change.since] as StoredWeek).from_on : null
    const named = isTold && change ? [...change.named.keys()].map((i) => (all[i] as HeardSeries).id) : []
    const sentence = sayDirection(trajectory, { since, series, named, calm: change?.calm ?? 0, weeks: week + 1 })
    return answer(trajectory, { since, series, sentence })
  }
}

const answer = (trajectory: Verdict['trajectory'], trajectory_detail: Direction) => ({ trajectory, trajectory_detail })

/** Which weeks do not count until they can be set against a year ago. */
export const holidaysOf = (weeks: readonly StoredWeek[], holidayWeeks: readonly number[] = HOLIDAY_WEEKS): boolean[] =>
  weeks.map((week) => holidayWeeks.includes(weekOfYear(week.from_on)))

/** ISO weeks counted from 0. */
const weekOfYear = (day: string): number => Number(periodOfDay(day, 'week').slice(6)) - 1

/** A Sunday that is not over is no gap; two weeks without data are. */
const reasonWithout = (weeks: readonly StoredWeek[], asked: number): string | null => {
  if (weeks.length === 0 || asked < 0) return 'Not known: there is no whole week of data yet.'
  return asked - (weeks.length - 1) >= 2 ? 'Not known: no data reach the weeks before this day.' : null
}

const NOT_TOLD: Record<DirectionSeries['id'], string> = {
  joins: 'No source tells who joined.',
  'active-people': 'No source tells who contributes.',
  questions: 'No source tells which contributions are questions.',
  answered: 'No source tells which contributions are questions.',
  leavers: 'No source tells both who joined and who left.',
}

/** Both take the same of a source, so who asks is known, and only who answers whom is not. */
const ANSWERED_IS_INFERRED = 'Who answers whom is inferred here, which is too uncertain to be judged week by week.'

const cannotJudge = (id: DirectionSeries['id'], reason: string): DirectionSeries => ({
  id,
  state: 'cannot_judge',
  ratio: null,
  z: null,
  observed: null,
  expected: null,
  weeks: null,
  reason,
})
