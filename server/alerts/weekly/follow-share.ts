import {
  KEPT_SHARE,
  KEPT_SHIFT_WEEKS,
  RECOVERED_RUN,
  RECOVERY_AFTER_WEEKS,
  SETTLED_WEEKS,
  SLOW_WEEKS,
  WORSE_AFTER_WEEKS,
  WORSE_WEEKS,
  WORSE_Z,
} from '../../diagnosis/direction/limits.ts'
import { changeOfShare, shareOf } from './change-of-share.ts'
import { type JudgedShare, readShares, scoreOfShare, type ShareLimits, type ShareReading } from './read-share.ts'
import { LEAST_CASES, RECOVERED_REST, SHARE_WINDOWS, WORSE_RISE } from './share-limits.ts'
import type { ShareSeries } from './share-series.ts'

/** A rise that stands, or stood. Weeks are indices. */
export type ShareRise = {
  began: number
  worse: number[]
  /** Null while it stands. */
  ended: number | null
  ending: 'recovered' | 'settled' | null
  /** The test that noticed it; what was usual then stays what is usual of it. */
  judged: JudgedShare
}

export type WeekOfShares = {
  reading: ShareReading
  /** In units of what it takes to be told; null where it cannot be judged. */
  score: number | null
  is_standing: boolean
  notice: 'began' | 'clearly_worse' | 'recovered' | 'settled' | null
}

export type FollowOptions = {
  limits: ShareLimits
  strictness: number
  /** Weeks in which a rise was told before: it stands while it is most of the way out. */
  kept: readonly number[]
}

/** The test that is further out; null where there is none. */
export const furthestOf = ({ fast, slow }: ShareReading, limits: ShareLimits, strictness: number): JudgedShare | null => {
  if (fast === null || slow === null) return fast ?? slow
  return scoreOfShare(slow, limits, strictness) > scoreOfShare(fast, limits, strictness) ? slow : fast
}

/** Follows a share through all weeks, each resting on weeks up to it alone. Pure. */
export const followShare = (
  series: ShareSeries,
  { limits, strictness, kept }: FollowOptions,
): { weeks: WeekOfShares[]; rises: ShareRise[] } => {
  let first = series.first
  let read = readShares(series, first)
  let rise = null as ShareRise | null
  let calm = 0
  let over = null as number | null
  const weeks: WeekOfShares[] = []
  const rises: ShareRise[] = []
  for (let week = 0; week < series.length; week++) {
    // half a year that holds a rise which is over would tell of it once more
    const isSlowSpoiled = over !== null && week - over < SLOW_WEEKS
    const reading: ShareReading = isSlowSpoiled ? { ...read(week), slow: null } : read(week)
    const furthest = furthestOf(reading, limits, strictness)
    const score = furthest && scoreOfShare(furthest, limits, strictness)
    let notice: WeekOfShares['notice'] = null
    if (rise === null) {
      // late events neither move what was told to an earlier week nor take it back while most of it is there
      const isToldSoon = kept.some((told) => told > week && told <= week + KEPT_SHIFT_WEEKS)
      const isTold = kept.some((told) => told <= week && told >= week - KEPT_SHIFT_WEEKS && !rises.some(({ began }) => began >= told))
      const isOut = score !== null && score >= 1 && !isToldSoon
      if (furthest && (isOut || (isTold && scoreOfShare(furthest, limits, Math.min(1, strictness)) >= KEPT_SHARE))) {
        rise = { began: week, worse: [], ended: null, ending: null, judged: furthest }
        rises.push(rise)
        calm = 0
        notice = 'began'
      }
    } else {
      const told: number = rise.worse.at(-1) ?? rise.began
      calm = week - told >= RECOVERY_AFTER_WEEKS && isBack(rise, series, week) ? calm + 1 : 0
      if (calm >= RECOVERED_RUN) notice = 'recovered'
      else if (week - told >= SETTLED_WEEKS) {
        notice = 'settled'
        // the new level is what is usual from here on
        first = told + 1
        read = readShares(series, first)
      } else if (week - told >= WORSE_AFTER_WEEKS && isClearlyWorse(told, rise, series, week)) {
        notice = 'clearly_worse'
        rise.worse.push(week)
      }
      if (notice === 'recovered' || notice === 'settled') {
        rise.ended = week
        rise.ending = notice
        if (notice === 'recovered') over = week
        rise = null
      }
    }
    weeks.push({ reading, score, is_standing: rise !== null, notice })
  }
  return { weeks, rises }
}

/** How many weeks say how it is by now: the fewest that hold enough cases. */
export const weeksOfNow = (series: ShareSeries, week: number): number =>
  SHARE_WINDOWS.find((weeks) => series.sum(Math.max(0, week - weeks + 1), week, false).of >= LEAST_CASES) ??
  (SHARE_WINDOWS.at(-1) as number)

/** Most of the rise is undone. */
const isBack = ({ judged }: ShareRise, series: ShareSeries, week: number): boolean => {
  const weeks = weeksOfNow(series, week)
  const now = series.sum(Math.max(0, week - weeks + 1), week, false)
  const usual = shareOf(judged.before)
  return now.of > 0 && now.heard >= weeks / 2 && shareOf(now) <= usual + RECOVERED_REST * (shareOf(judged.now) - usual)
}

/** The last weeks against all since it was told. */
const isClearlyWorse = (told: number, { judged }: ShareRise, series: ShareSeries, week: number): boolean => {
  const now = series.sum(week - WORSE_WEEKS + 1, week, false)
  const since = { cases: 0, of: 0 }
  for (let to = week - WORSE_WEEKS; to - SHARE_WINDOWS[0] / 2 >= told; to -= SHARE_WINDOWS[0]) {
    const part = series.sum(Math.max(told + 1, to - SHARE_WINDOWS[0] + 1), to, false)
    since.cases += part.cases
    since.of += part.of
  }
  if (now.of === 0 || since.of === 0 || shareOf(now) - shareOf(since) < WORSE_RISE) return false
  return changeOfShare(now, since, judged.dispersion) >= WORSE_Z
}
