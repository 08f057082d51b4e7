/**
 * A span of days against the one before it, by the yardstick of the community's own past: the same comparison at many earlier
 * dates, at which nothing was noted. Method, formulas and limits: docs/interventions.md.
 */
import { countRatio, shareDifference, wideCount, wideShare } from './change-interval.ts'
import { studentT95 } from './student-t.ts'
import { type Interval, Z_95 } from './wilson-interval.ts'

/** A share by its cases, a count of things that happened, or a value of which only the change counts: by its ratio, or difference. */
export type SpanNumber =
  | { kind: 'share'; k: number; n: number }
  | { kind: 'count'; count: number }
  | { kind: 'ratio' | 'difference'; value: number }

/** Two neighbouring spans; `at` is the day that parts them, counted from any day. */
export type SpanPair = { at: number; before: SpanNumber; after: SpanNumber }

export type Comparison = {
  before_range: Interval | null
  after_range: Interval | null
  change: { kind: 'difference' | 'ratio'; value: number | null; low: number | null; high: number | null } | null
  /** At how many of the earlier dates the change was as large; the first and last of them, counted as `at` is. */
  placebo: { as_large: number; dates: number; first: number; last: number } | null
  /** Ratio of variances; null where the past is too short, and for values, which have no chance to be held against. */
  swing: number | null
  finding: 'more' | 'less' | 'not_unusual' | 'cannot_tell'
}

/** Fewer earlier dates than this cannot say that something happens once in twenty (our judgement: 1 of 20 is the claim). */
export const MIN_DATES = 20
/** And they must lie in at least this many whole spans before the day: dates a week apart share most of their days (our judgement). */
export const MIN_SPANS = 4
/** "Unusual" is said of what came by itself in at most this share of comparisons (our judgement: the usual one of statistics). */
export const CLAIM_RATE = 0.05
/** A share of fewer cases stays a count (house rule), and counts of fewer together say nothing of a change (our judgement). */
export const MIN_CASES = 10

/** Whether both sides hold enough to be compared. */
const isEnough = ({ before, after }: Omit<SpanPair, 'at'>): boolean => {
  if (before.kind === 'share' && after.kind === 'share') return before.n >= MIN_CASES && after.n >= MIN_CASES
  if (before.kind === 'count' && after.kind === 'count') return before.count + after.count >= MIN_CASES
  if (before.kind === 'ratio' && after.kind === 'ratio') return before.value > 0 && after.value > 0
  return before.kind === 'difference' && after.kind === 'difference'
}

/** How large a change is, squared: of shares and counts in variances of chance, so that few cases weigh as little as they tell. */
const sizeOf = ({ before, after }: Omit<SpanPair, 'at'>): number => {
  if (before.kind === 'share' && after.kind === 'share') {
    const p = (before.k + after.k) / (before.n + after.n)
    const variance = p * (1 - p) * (1 / before.n + 1 / after.n)
    return variance === 0 ? 0 : (after.k / after.n - before.k / before.n) ** 2 / variance
  }
  if (before.kind === 'count' && after.kind === 'count') return (after.count - before.count) ** 2 / (after.count + before.count)
  return stepOf(before, after) ** 2
}

const stepOf = (before: SpanNumber, after: SpanNumber): number => {
  if (before.kind === 'ratio' && after.kind === 'ratio') return Math.log(after.value / before.value)
  return before.kind === 'difference' && after.kind === 'difference' ? after.value - before.value : Number.NaN
}

/**
 * Degrees of freedom of a mean of squared changes at dates that share days: n² / Σρ² over all pairs of dates (Satterthwaite), with
 * the correlation ρ that changes between neighbouring spans of a steady process have at that distance.
 */
export const degreesOfDates = (dates: readonly number[], spanDays: number): number => {
  let sum = 0
  for (const a of dates)
    for (const b of dates) {
      const x = Math.abs(a - b) / spanDays
      const correlation = x <= 1 ? 1 - 1.5 * x : x < 2 ? (x - 2) / 2 : 0
      sum += correlation ** 2
    }
  return sum === 0 ? 0 : dates.length ** 2 / sum
}

const rangeOf = (number: SpanNumber, widening: number | null): Interval | null => {
  if (number.kind === 'share') return wideShare(number, widening ?? 1)
  // how many more or fewer a count might have been is not known before its swing is
  return number.kind === 'count' && widening !== null ? wideCount(number.count, widening) : null
}

const changeOf = ({ before, after }: SpanPair, widening: number | null, halfStep: number | null): Comparison['change'] => {
  if (before.kind === 'share' && after.kind === 'share') {
    const found = shareDifference(before, after, widening ?? 1)
    return found === null ? null : { kind: 'difference', ...found }
  }
  if (before.kind === 'count' && after.kind === 'count') {
    const found = countRatio(before.count, after.count, widening ?? 1)
    if (found === null) return null
    return { kind: 'ratio', value: found.value, low: widening === null ? null : found.low, high: widening === null ? null : found.high }
  }
  const step = stepOf(before, after)
  if (!Number.isFinite(step)) return null
  const ends = halfStep === null ? null : [step - halfStep, step + halfStep]
  const [value, low = null, high = null] = [step, ...(ends ?? [])].map((one) => (before.kind === 'ratio' ? Math.exp(one) : one))
  return { kind: before.kind === 'ratio' ? 'ratio' : 'difference', value: value as number, low, high }
}

/** The change that the interval leaves no room for. */
const isApartFromNone = (change: NonNullable<Comparison['change']>): boolean => {
  const none = change.kind === 'ratio' ? 1 : 0
  return (change.low !== null && change.low > none) || (change.high !== null && change.high < none)
}

/**
 * `past`: the same comparison at earlier dates, of spans that end before `at`; pairs that hold too little are left out here. A change
 * is called more or less only where its interval leaves out none at all, and the past shows at most one of twenty as large.
 */
export const compareSpans = (tried: SpanPair, past: readonly SpanPair[], spanDays: number): Comparison => {
  const comparable = past.filter(isEnough)
  const dates = comparable.map(({ at }) => at)
  const reach = dates.length === 0 ? 0 : tried.at - Math.min(...dates) + spanDays
  const isKnown = dates.length >= MIN_DATES && reach >= MIN_SPANS * spanDays
  const isChance = tried.before.kind === 'share' || tried.before.kind === 'count'

  let widening: number | null = null
  let halfStep: number | null = null
  let swing: number | null = null
  if (isKnown) {
    const mean = comparable.reduce((sum, pair) => sum + sizeOf(pair), 0) / comparable.length
    const half = studentT95(Math.max(1, degreesOfDates(dates, spanDays))) * Math.sqrt(mean)
    if (isChance) {
      swing = mean
      // never narrower than chance: a past that swung less may have done so by luck
      widening = Math.max(1, half / Z_95)
    } else halfStep = half
  }
  const size = isEnough(tried) ? sizeOf(tried) : null
  // equal but for rounding is as large
  const asLarge = size === null ? 0 : comparable.filter((pair) => sizeOf(pair) >= size - 1e-9).length
  const change = changeOf(tried, widening, halfStep)
  const placebo =
    isKnown && size !== null ? { as_large: asLarge, dates: dates.length, first: Math.min(...dates), last: Math.max(...dates) } : null
  const ranges = { before_range: rangeOf(tried.before, widening), after_range: rangeOf(tried.after, widening) }
  if (change === null || placebo === null || size === null)
    return { ...ranges, change: size === null ? null : change, placebo: null, swing, finding: 'cannot_tell' }
  const isUnusual = isApartFromNone(change) && (placebo.as_large + 1) / (placebo.dates + 1) <= CLAIM_RATE
  const isMore = change.kind === 'ratio' ? (change.value ?? Number.POSITIVE_INFINITY) > 1 : (change.value ?? 0) > 0
  return { ...ranges, change, placebo, swing, finding: isUnusual ? (isMore ? 'more' : 'less') : 'not_unusual' }
}
