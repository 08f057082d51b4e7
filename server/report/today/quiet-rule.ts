/** Who counts as a regular gone quiet, by the days on which they wrote. Pure; days are whole numbers, one apart. All limits are our judgement. */

/** A regular wrote in at least this many different weeks … */
export const REGULAR_WEEKS = 6
/** … of the 26 up to their last day: half a year, so that one busy month is no habit. */
export const HABIT_WEEKS = 26
/** Their past gaps are those of this many days up to their last: a year, which holds its holidays. */
export const PAST_DAYS = 365
/** Silence is worth a word from three weeks on: shorter is a holiday … */
export const MIN_SILENT_DAYS = 21
/** … once it is this many times as long as their longest gap before: whoever has long gaps is missed later, or never … */
export const TIMES_LONGEST = 2
/** … and until it is this long: who has been away for longer is no matter of today, and soon counts among the lapsed. */
export const MAX_SILENT_DAYS = 60
/** Nobody can be known to be a regular before the data go back this far: six weeks of writing need room, and so does the silence. */
export const MIN_HISTORY_DAYS = 84

export type Quiet = {
  /** Days since they wrote last on which the community wrote as much as usual. */
  silent_days: number
  /** Their longest gap in the year before. */
  longest_gap: number
  /** Days, and different weeks, in which they wrote in the half year up to the last. */
  habit_days: number
  habit_weeks: number
}

/**
 * What there is to say of somebody who wrote on `days` (rising, each once, none after `today`); null where they are no regular, or
 * silent no longer than usual. `countSilence` tells how many of the days after one, up to today, count as silence.
 */
export const findQuiet = (days: readonly number[], today: number, countSilence: (after: number) => number): Quiet | null => {
  const last = days.at(-1)
  if (last === undefined || today - last > MAX_SILENT_DAYS || today - last < MIN_SILENT_DAYS) return null
  const habit = days.filter((day) => day > last - HABIT_WEEKS * 7)
  const habit_weeks = new Set(habit.map((day) => Math.floor((last - day) / 7))).size
  if (habit_weeks < REGULAR_WEEKS) return null
  const past = days.filter((day) => day >= last - PAST_DAYS)
  const longest_gap = Math.max(...past.slice(1).map((day, i) => day - (past[i] as number)))
  const silent_days = countSilence(last)
  if (silent_days < MIN_SILENT_DAYS || silent_days < longest_gap * TIMES_LONGEST) return null
  return { silent_days, longest_gap, habit_days: habit.length, habit_weeks }
}

/** Weeks before that tell what is usual: long enough for a median, short enough to follow the seasons. */
export const USUAL_WEEKS = 8
/** Under this share of what is usual everyone is quieter, or the feed lags: silence then says nothing of a person. */
export const USUAL_SHARE = 0.5

export type Usual = { isUsual: boolean; written: number; usual: number }

/**
 * Whether a community wrote as usual in the seven days up to a day: on at least half as many person-days (one a person and day of
 * writing) as the median of the eight weeks before, and on any at all. `writersOn` gives the people who wrote on a day.
 */
export const tellUsual = (writersOn: (day: number) => number, day: number): Usual => {
  const weekTo = (to: number) => Array.from({ length: 7 }, (_, i) => writersOn(to - i)).reduce((sum, count) => sum + count, 0)
  const before = Array.from({ length: USUAL_WEEKS }, (_, i) => weekTo(day - 7 * (i + 1))).sort((a, b) => a - b)
  const usual = ((before[USUAL_WEEKS / 2 - 1] as number) + (before[USUAL_WEEKS / 2] as number)) / 2
  const written = weekTo(day)
  return { isUsual: written > 0 && written >= usual * USUAL_SHARE, written, usual }
}
