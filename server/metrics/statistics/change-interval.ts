/**
 * 95 % intervals of a change between two spans. `widening` is by how much an interval must be wider than chance alone makes it,
 * because cases hang together: cases count for 1 / widening² each (1: each for itself).
 */
import { type Interval, wilsonInterval, Z_95 } from './wilson-interval.ts'

/** k of n. */
export type Share = { k: number; n: number }

/** Wilson's interval of a share, widened. Null when n is 0. */
export const wideShare = ({ k, n }: Share, widening = 1): Interval | null => wilsonInterval(k / widening ** 2, n / widening ** 2)

/**
 * Difference of two independent shares, after − before: Newcombe's hybrid of their Wilson intervals (Newcombe 1998,
 * 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10). Null when either n is 0.
 */
export const shareDifference = (before: Share, after: Share, widening = 1): (Interval & { value: number }) | null => {
  const [b, a] = [wideShare(before, widening), wideShare(after, widening)]
  if (b === null || a === null) return null
  const [p0, p1] = [before.k / before.n, after.k / after.n]
  const value = p1 - p0
  return {
    value,
    low: Math.max(-1, value - Math.hypot(p1 - a.low, b.high - p0)),
    high: Math.min(1, value + Math.hypot(a.high - p1, p0 - b.low)),
  }
}

/**
 * Ratio of two counts over spans of one length, after ÷ before. Given their sum, the count after is a binomial share of it, whose
 * Wilson interval is turned into the ratio's (Przyborowski & Wilenski 1940 condition so; Wilson in place of the exact interval).
 * `value` null and `high` null: nothing was before. Null when both are 0.
 */
export const countRatio = (
  before: number,
  after: number,
  widening = 1,
): { value: number | null; low: number; high: number | null } | null => {
  const share = wideShare({ k: after, n: before + after }, widening)
  if (share === null) return null
  return {
    value: before === 0 ? null : after / before,
    low: share.low / (1 - share.low),
    high: share.high === 1 ? null : share.high / (1 - share.high),
  }
}

/** The score interval of a count (Poisson), widened: how much a span like it may hold. */
export const wideCount = (count: number, widening = 1): Interval => {
  const z = Z_95 * widening
  const half = z * Math.sqrt(count + (z * z) / 4)
  // at 0 the two parts are equal but for rounding
  return { low: count === 0 ? 0 : count + (z * z) / 2 - half, high: count + (z * z) / 2 + half }
}
