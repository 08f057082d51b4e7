/** When rules are judged, by the clock on the wall where a community lives. */
import { addDays, daysOfPeriod, periodOfDay } from '../../shared/period.ts'
import { wallTime } from '../../shared/wall-time.ts'
import type { Rule } from './alert-rule.ts'

type Grain = Rule['grain']

/** By weeks and months is judged once a day at this time: a week that closed on Sunday is told on Monday before seven. */
export const JUDGED_AT = '06:00'

/**
 * The round that an instant belongs to, as a text that grows with time: by days every hour, else every day from six in the morning on.
 * What was judged in an earlier round than that of now is due.
 */
export const roundOf = (grain: Grain, at: Date, timeZone: string): string => {
  if (grain === 'day') return at.toISOString().slice(0, 13)
  const [day = '', time = ''] = wallTime(at, timeZone).split('T')
  return time >= JUDGED_AT ? day : addDays(day, -1)
}

const QUARTER = 15 * 60_000

/** When the next round begins. */
export const nextJudgedAt = (grain: Grain, timeZone: string, now: Date): Date => {
  const running = roundOf(grain, now, timeZone)
  // offsets are whole quarters of an hour; a skipped day makes it two days at the most
  let at = new Date((Math.floor(now.getTime() / QUARTER) + 1) * QUARTER)
  for (let i = 0; i < 300 && roundOf(grain, at, timeZone) <= running; i++) at = new Date(at.getTime() + QUARTER)
  return at
}

/** First day of the period that holds a local day. */
export const periodHolding = (day: string, grain: Grain): string => daysOfPeriod(periodOfDay(day, grain), grain).from_on
