import { type DayAxis, NO_HOLIDAY, YEARS_END } from './day-axis.ts'
import {
  HOLIDAY_SHARE,
  MOST_OF_A_DAY,
  SEASON_AROUND_DAYS,
  SEASON_EXPECTED,
  STEADY_SHARE,
  STEADY_WEEKS,
  SUMMER_SHARE,
  UNTOLD_HOLIDAYS,
  USUAL_DAYS,
  USUAL_SENDING_DAYS,
  YEAR_DAYS,
  YEARS_END_SHARE,
} from './limits.ts'

const WEEK = 7

/** What a source sends on a day when all is as ever. */
export type Usual = {
  /** Events on an average day. */
  a_day: number
  /** Events on each weekday, Monday first. */
  by_weekday: readonly number[]
  /** It sends in most weeks, so that seasons can be asked of it. */
  is_steady: boolean
}

/** Events by day of the axis, and which days are known to have been cut: these say nothing of what is usual. */
export type SourceDays = { axis: DayAxis; counts: Float64Array; isCut: Uint8Array; first: number }

/** What is usual before a silence that begins on day `at`, by weekday. The first day that was ever sent on is left out: it brings what lay there. */
export const usualBefore = (source: SourceDays, at: number): Usual => {
  const from = (days: number) => Math.max(source.first + 1, at - days)
  const sendingDays = (days: number) => {
    let sending = 0
    for (let day = from(days); day < at; day++) if ((source.counts[day] as number) > 0 && !source.isCut[day]) sending++
    return sending
  }
  const window = USUAL_DAYS.find((days) => sendingDays(days) >= USUAL_SENDING_DAYS) ?? (USUAL_DAYS[USUAL_DAYS.length - 1] as number)
  const days: number[] = []
  for (let day = from(window); day < at; day++) if (!source.isCut[day]) days.push(day)
  const sent = days.map((day) => source.counts[day] as number)
  const most = MOST_OF_A_DAY * medianOf(sent.filter((count) => count > 0))
  const sums = [0, 0, 0, 0, 0, 0, 0]
  const seen = [0, 0, 0, 0, 0, 0, 0]
  days.forEach((day, i) => {
    const weekday = source.axis.weekdays[day] as number
    sums[weekday] = (sums[weekday] as number) + Math.min(most, sent[i] as number)
    seen[weekday] = (seen[weekday] as number) + 1
  })
  const by_weekday = sums.map((sum, weekday) => (seen[weekday] ? sum / (seen[weekday] as number) : 0))
  return { a_day: by_weekday.reduce((sum, count) => sum + count, 0) / 7, by_weekday, is_steady: sendsInMostWeeks(source, at) }
}

const sendsInMostWeeks = ({ counts, isCut, first }: SourceDays, at: number): boolean => {
  let [weeks, sending] = [0, 0]
  for (let to = at; to - WEEK >= Math.max(first, at - STEADY_WEEKS * WEEK); to -= WEEK) {
    let isKnown = true
    let sent = 0
    for (let day = to - WEEK; day < to; day++) {
      if (isCut[day]) isKnown = false
      sent += counts[day] as number
    }
    if (isKnown) weeks++
    if (isKnown && sent > 0) sending++
  }
  return sending >= weeks * STEADY_SHARE
}

const medianOf = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/**
 * How much of the usual a day has by its season: as the quietest week that holds or adjoins the same day had a year ago (where a
 * holiday lies moves by a few days), or where that is not known or too few, by the calendar.
 */
export const seasonOf = ({ axis, counts, isCut, first }: SourceDays, day: number): number => {
  const ago = day - YEAR_DAYS
  /** Events a day from one place on the axis to another, both included; null where less than half of it is known. */
  const mean = (from: number, to: number, withCuts = false): number | null => {
    let [sum, seen] = [0, 0]
    for (let d = Math.max(first + 1, from); d <= Math.min(day - 1, to); d++) {
      if (isCut[d] && !withCuts) continue
      sum += counts[d] as number
      seen++
    }
    return seen * 2 > to - from ? sum / seen : null
  }
  const around = ago - WEEK > first ? mean(ago - SEASON_AROUND_DAYS, ago + SEASON_AROUND_DAYS) : null
  if (around !== null && around * WEEK >= SEASON_EXPECTED) {
    // what was taken for a cut a year ago may have been a holiday
    const weeks = [ago - WEEK, ago - 3, ago + 1].map((from) => mean(from, from + WEEK - 1, true)).filter((week) => week !== null)
    if (weeks.length > 0) return Math.min(1, ...weeks.map((week) => week / around))
  }
  const holiday = axis.holidays[day]
  return holiday === NO_HOLIDAY ? 1 : holiday === YEARS_END ? YEARS_END_SHARE : SUMMER_SHARE
}

export type Silence = {
  add: (weekday: number, season: number) => void
  /** Events that would have come. */
  all: () => number
  /** The same, if the two busiest of its days were holidays that no calendar told of. */
  expected: () => number
}

/** The days of one silence, added up as it goes on. */
export const makeSilence = (usual: Usual): Silence => {
  let sum = 0
  const busiest: number[] = Array.from({ length: UNTOLD_HOLIDAYS }, () => 0)
  return {
    add: (weekday, season) => {
      const count = (usual.by_weekday[weekday] as number) * season
      sum += count
      if (count > (busiest[0] as number)) {
        busiest[0] = count
        busiest.sort((a, b) => a - b)
      }
    },
    all: () => sum,
    expected: () => sum - (1 - HOLIDAY_SHARE) * busiest.reduce((all, count) => all + count, 0),
  }
}
