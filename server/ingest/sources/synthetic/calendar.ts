import { Temporal } from 'temporal-polyfill'
import type { Random } from './random.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** How much happens in each hour of a local day: mornings, afternoons, a little at night (our judgement, as are the next). */
const BY_HOUR = [1, 0.6, 0.4, 0.3, 0.3, 0.6, 1.5, 3, 5.5, 7.5, 8, 7.5, 6, 6.5, 7, 7, 6.5, 5.5, 4.5, 4, 4.5, 4.5, 3.5, 2]
const HOUR_SUM = BY_HOUR.reduce((sum, weight) => sum + weight, 0)
/** Monday to Sunday; the mean is 1. */
const BY_WEEKDAY = [1.26, 1.3, 1.27, 1.21, 1.04, 0.46, 0.46]

export type LocalDay = {
  /** The instant the day begins in its zone. */
  starts_at: number
  /** How much happens on this day, 1 on average. */
  activity: number
}

/** The local days that begin after `from` and before `to` (instants in ms), with weekends, a summer lull and the end of the year. `seasonality` 0: every day alike. */
export function* localDays(from: number, to: number, timeZone: string, seasonality: number): Generator<LocalDay> {
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate()
  for (;;) {
    const starts_at = day.toZonedDateTime(timeZone).epochMilliseconds
    if (starts_at > to) return
    const week = BY_WEEKDAY[day.dayOfWeek - 1] as number
    const summer = 1 + 0.25 * Math.cos((2 * Math.PI * (day.dayOfYear - 30)) / 365)
    const holidays = (day.month === 12 && day.day > 22) || (day.month === 1 && day.day < 3) ? 0.35 : 1
    yield { starts_at, activity: 1 + seasonality * (week * summer * holidays - 1) }
    day = day.add({ days: 1 })
  }
}

/** A moment of a day, more likely when people are awake. */
export const momentOfDay = (day: LocalDay, random: Random): number => {
  let rest = random.next() * HOUR_SUM
  let hour = 0
  for (; hour < 23 && rest >= (BY_HOUR[hour] as number); hour++) rest -= BY_HOUR[hour] as number
  return day.starts_at + Math.floor((hour + random.next()) * HOUR_MS)
}

/** A reply that would come at night mostly waits for the morning. `day` is any day near, for the local hour. */
export const whenAwake = (at: number, day: LocalDay, random: Random): number => {
  const intoDay = (((at - day.starts_at) % DAY_MS) + DAY_MS) % DAY_MS
  if (intoDay >= 6.5 * HOUR_MS || random.isTrue(0.15)) return Math.floor(at)
  return Math.floor(at - intoDay + (6.5 + 3 * random.next()) * HOUR_MS)
}
