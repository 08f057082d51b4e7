import type { Named } from './detect.ts'
import {
  FEW_A_WEEK,
  RECOVERED_LEAST,
  RECOVERED_MOST,
  RECOVERED_RATIO,
  RECOVERY_WEEKS,
  RECOVERY_WEEKS_FEW,
  SEASON_REFERENCE_WEEKS,
  YEAR_WEEKS,
} from './limits.ts'
import type { SumWeeks } from './weekly-series.ts'

/** `first`: the week from which on the past counts. */
type At = { sums: readonly SumWeeks[]; week: number; first: number }

/** Whether the named series are on average near the level that was usual before, and none is far from it. */
export const isBackToNormal = (named: ReadonlyMap<number, Named>, at: At): boolean => {
  const levels = [...named].map(([i, one]) => levelOf(one, i, at))
  if (levels.length === 0 || levels.some((level) => level === null || level < RECOVERED_LEAST)) return false
  const sum = (levels as number[]).reduce((all, level) => all + Math.min(RECOVERED_MOST, level), 0)
  return sum / levels.length >= RECOVERED_RATIO
}

/** How much of the change is undone: 1 at the level before, less while it still shows. Null where nothing is known of the last weeks. */
const levelOf = ({ rate, direction }: Named, i: number, { sums, week, first }: At): number | null => {
  const sum = sums[i] as SumWeeks
  // holidays count once there is a year to compare with, as when it was noticed
  const isMasked = week - first < YEAR_WEEKS + SEASON_REFERENCE_WEEKS
  const lately = sum(Math.max(0, week - RECOVERY_WEEKS + 1), week, isMasked)
  const exposureOfAWeek = lately.heard === 0 ? 0 : lately.exposure / lately.heard
  const span = rate * exposureOfAWeek < FEW_A_WEEK ? sum(Math.max(0, week - RECOVERY_WEEKS_FEW + 1), week, isMasked) : lately
  if (span.exposure === 0) return null
  const now = span.count / span.exposure
  if (direction < 0) return rate === 0 ? RECOVERED_MOST : now / rate
  return now === 0 ? RECOVERED_MOST : rate / now
}
