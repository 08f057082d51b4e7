import { changeOfRate, expectedFrom, logRatio, ratioOfRates, type TwoSpans } from './change-of-rate.ts'
import {
  FAST_RATIO,
  LEAST_HISTORY_WEEKS,
  leastReference,
  REFERENCE_WEEKS,
  SEASON_REFERENCE_WEEKS,
  SEASON_YEARS,
  SEASON_Z,
  SLOW_EXPECTED,
  SLOW_FACTOR,
  SLOW_RATIO,
  SLOW_WEEKS,
  SWING_BEFORE_WEIGHT,
  SWING_CLIP,
  SWING_REFERENCE_WEEKS,
  SWING_WEEKS,
  swingBefore,
  WINDOWS,
  YEAR_WEEKS,
} from './limits.ts'
import { type SumWeeks, sumsOf, type WeeklySeries } from './weekly-series.ts'

/** One test of a series at the end of a week. */
export type Judged = TwoSpans & {
  weeks: number
  expected: number
  ratio: number
  dispersion: number
  z: number
  /** Against the same weeks of earlier years; null before there are any. */
  season_z: number | null
}

/** Why a series cannot be judged at the end of a week. */
export type CannotJudge =
  | { why: 'short'; history: number; asked: number }
  | { why: 'small'; expected: number; weeks: number }
  | { why: 'unheard'; heard: number; weeks: number }

/** Fast: the last weeks against the year before them. Slow: half a year against the same half a year earlier. */
export type Reading = { fast: Judged | null; slow: Judged | null; cannot: CannotJudge | null }

/** A series at the end of any week, from its week `first` on: earlier ones do not count. Each week is worked out once. */
export const readSeries = (series: WeeklySeries, first: number, sums: SumWeeks = sumsOf(series)): ((week: number) => Reading) => {
  const reader = { sums, first, swings: swingsOf(series.counts.length, first, sums) }
  const known: Reading[] = []
  return (week) => {
    known[week] ??= readAt(reader, week)
    return known[week]
  }
}

/** Where the feed was silent for most of the last weeks, what went before says nothing of now. */
const readAt = (reader: Reader, week: number): Reading => {
  const { weeks } = WINDOWS[0]
  const lately = reader.sums(Math.max(reader.first, week - weeks + 1), week, false)
  const fast = readFast(reader, week)
  if (lately.heard >= weeks / 2 || fast.cannot?.why === 'short') return { ...fast, slow: readSlow(reader, week) }
  return { fast: null, slow: null, cannot: { why: 'unheard', heard: lately.heard, weeks } }
}

type Reader = { sums: SumWeeks; first: number; swings: (weeks: number) => Float64Array }

const spansOf = ({ sums }: Reader, [from, to]: [number, number], [fromBefore, toBefore]: [number, number], isMasked: boolean) => {
  const window = sums(from, to, isMasked)
  const before = sums(fromBefore, toBefore, isMasked)
  return {
    spans: { observed: window.count, exposure: window.exposure, before: before.count, exposure_before: before.exposure },
    heard: window.heard,
    heard_before: before.heard,
  }
}

/** The window that ends with a week, and the up to 52 weeks before it. */
const windowAt = (reader: Reader, week: number, weeks: number, isMasked: boolean) =>
  spansOf(reader, [week - weeks + 1, week], [Math.max(reader.first, week - weeks + 1 - REFERENCE_WEEKS), week - weeks], isMasked)

const readFast = (reader: Reader, week: number): Pick<Reading, 'fast' | 'cannot'> => {
  const history = week - reader.first + 1
  let cannot: CannotJudge = { why: 'short', history, asked: LEAST_HISTORY_WEEKS }
  for (const { weeks, expected: asked } of WINDOWS) {
    if (history < weeks + leastReference(weeks)) {
      // so few of them that a longer history is needed
      if (cannot.why === 'small') cannot = { why: 'short', history, asked: weeks + leastReference(weeks) }
      break
    }
    const hasYearAgo = history >= YEAR_WEEKS + SEASON_REFERENCE_WEEKS + weeks
    const season = hasYearAgo ? seasonOf(reader, week, weeks) : []
    const isMasked = season.length === 0
    const { spans, heard, heard_before } = windowAt(reader, week, weeks, isMasked)
    const expected = expectedFrom(spans)
    if (heard < weeks / 2 || heard_before < leastReference(weeks) / 2) {
      if (cannot.why !== 'small' || heard < weeks / 2) cannot = { why: 'unheard', heard, weeks }
      continue
    }
    if (expected < asked) {
      cannot = { why: 'small', expected, weeks }
      continue
    }
    const dispersion = dispersionAt(reader, week - weeks, weeks, expected)
    return {
      fast: {
        ...spans,
        weeks,
        expected,
        ratio: ratioOfRates(spans),
        dispersion,
        z: changeOfRate(spans, dispersion) as number,
        season_z: isMasked ? null : seasonZ(spans, season, dispersion),
      },
      cannot: null,
    }
  }
  return { fast: null, cannot }
}

/** The same windows one to three years back, where enough is known before them. */
const seasonOf = (reader: Reader, week: number, weeks: number): TwoSpans[] => {
  const years: TwoSpans[] = []
  for (let year = 1; year <= SEASON_YEARS; year++) {
    const then = week - year * YEAR_WEEKS
    if (then - weeks + 1 - reader.first < SEASON_REFERENCE_WEEKS) break
    const { spans, heard, heard_before } = windowAt(reader, then, weeks, false)
    if (heard >= weeks / 2 && heard_before >= SEASON_REFERENCE_WEEKS / 2) years.push(spans)
  }
  return years
}

const seasonZ = (spans: TwoSpans, years: readonly TwoSpans[], dispersion: number): number => {
  const now = logRatio(spans, dispersion)
  const then = years.map((year) => logRatio(year, dispersion))
  const mean = then.reduce((sum, { value }) => sum + value, 0) / then.length
  const variance = then.reduce((sum, one) => sum + one.variance, 0) / then.length ** 2
  return (now.value - mean) / Math.sqrt(now.variance + variance)
}

const readSlow = (reader: Reader, week: number): Judged | null => {
  const from = week - SLOW_WEEKS + 1
  if (from - YEAR_WEEKS < reader.first) return null
  const { spans, heard, heard_before } = spansOf(reader, [from, week], [from - YEAR_WEEKS, week - YEAR_WEEKS], false)
  const expected = expectedFrom(spans)
  if (expected < SLOW_EXPECTED || heard < SLOW_WEEKS / 2 || heard_before < SLOW_WEEKS / 2) return null
  const dispersion = dispersionAt(reader, week - SLOW_WEEKS, WINDOWS[0].weeks, expected)
  const z = SLOW_FACTOR * (changeOfRate(spans, dispersion) as number)
  return { ...spans, weeks: SLOW_WEEKS, expected, ratio: ratioOfRates(spans), dispersion, z, season_z: null }
}

/** For each week the change of rate of the window that ends with it, holidays left out; not a number where too little is known. */
const swingsOf = (weekCount: number, first: number, sums: SumWeeks): Reader['swings'] => {
  const known = new Map<number, Float64Array>()
  return (weeks) => {
    const made = known.get(weeks)
    if (made) return made
    const swings = new Float64Array(weekCount).fill(Number.NaN)
    for (let week = first + weeks; week < weekCount; week++) {
      const { spans, heard, heard_before } = windowAt({ sums, first, swings: () => swings }, week, weeks, true)
      if (heard < weeks / 2 || heard_before < SWING_REFERENCE_WEEKS) continue
      swings[week] = changeOfRate(spans) ?? Number.NaN
    }
    known.set(weeks, swings)
    return swings
  }
}

/** How much more than by chance the series has swung in the two years up to a week, drawn towards what is usual while little is known. */
export const dispersionAt = (reader: Reader, until: number, weeks: number, expected: number): number => {
  const swings = reader.swings(weeks)
  const usual = swingBefore(expected)
  const clip = SWING_CLIP * Math.sqrt(usual)
  let squares = 0
  let count = 0
  for (let week = Math.max(reader.first, until - SWING_WEEKS + 1); week <= until; week++) {
    const swing = swings[week] as number
    if (Number.isNaN(swing)) continue
    squares += Math.min(clip, Math.abs(swing)) ** 2
    count++
  }
  // neighbouring windows overlap: so many weeks make one window's worth of knowledge
  return Math.max(1, (squares / weeks + SWING_BEFORE_WEIGHT * usual) / (count / weeks + SWING_BEFORE_WEIGHT))
}

/** How far out a reading is in a direction, −1 downward and +1 upward: 0 where it does not count. */
export const scoreOf = ({ fast, slow }: Reading, direction: -1 | 1): number =>
  Math.max(0, fast ? fastScore(fast, direction) : 0, slow ? slowScore(slow, direction) : 0)

export const fastScore = ({ ratio, z, season_z }: Judged, direction: -1 | 1): number =>
  isBeyond(ratio, FAST_RATIO, direction) && (season_z === null || direction * season_z >= SEASON_Z) ? direction * z : 0
export const slowScore = ({ ratio, z }: Judged, direction: -1 | 1): number => (isBeyond(ratio, SLOW_RATIO, direction) ? direction * z : 0)
export const isBeyond = (ratio: number, limit: number, direction: -1 | 1): boolean => (direction < 0 ? ratio <= limit : ratio >= 1 / limit)
