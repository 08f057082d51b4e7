import {
  leastReference,
  REFERENCE_WEEKS,
  SEASON_REFERENCE_WEEKS,
  SEASON_YEARS,
  SEASON_Z,
  SLOW_FACTOR,
  SLOW_WEEKS,
  SWING_BEFORE_WEIGHT,
  SWING_CLIP,
  SWING_REFERENCE_WEEKS,
  SWING_WEEKS,
  YEAR_WEEKS,
} from '../../diagnosis/direction/limits.ts'
import { changeOfAngle, changeOfShare, type Share, shareOf } from './change-of-share.ts'
import { LEAST_CASES, LEAST_CASES_BEFORE, SHARE_WINDOWS, SHARE_Z, shareSwingBefore } from './share-limits.ts'
import type { Part, ShareSeries } from './share-series.ts'

/** What makes a rise one to tell of, beside being beyond chance. */
export type ShareLimits = {
  /** By how much at least, as a share of all. */
  rise: number
  /** By how many cases more than would be usual at least. */
  cases: number
  /** To what share at least. */
  share: number
}

/** One test of a share at the end of a week: the last `weeks` against those before, or (slow) against the same a year earlier. */
export type JudgedShare = {
  kind: 'fast' | 'slow'
  weeks: number
  now: Part
  before: Part
  dispersion: number
  z: number
  /** Against the same weeks of earlier years; null before there are any. */
  season_z: number | null
}

/** Why a share cannot be judged at the end of a week. */
export type CannotJudgeShare =
  /** `weeks`: so few that as many have to be judged together, which asks for a longer history. */
  | { why: 'short'; history: number; asked: number; weeks: number }
  | { why: 'few'; of: number; weeks: number; asked: number }
  | { why: 'few_before'; of: number; asked: number }
  | { why: 'unheard'; heard: number; weeks: number }

export type ShareReading = { fast: JudgedShare | null; slow: JudgedShare | null; cannot: CannotJudgeShare | null }

type Reader = { series: ShareSeries; first: number; swings: (weeks: number) => Float64Array }

/** A share at the end of any week, from its week `first` on: earlier ones do not count. */
export const readShares = (series: ShareSeries, first: number): ((week: number) => ShareReading) => {
  const reader = { series, first, swings: swingsOf(series, first) }
  const known: ShareReading[] = []
  return (week) => {
    known[week] ??= readAt(reader, week)
    return known[week]
  }
}

/** The up to 52 weeks before a window, in spans of its length: what has a top person of its own in each does not add up otherwise. */
const beforeOf = ({ series, first }: Pick<Reader, 'series' | 'first'>, from: number, weeks: number, isMasked: boolean): Part => {
  const before = { cases: 0, of: 0, heard: 0 }
  const earliest = Math.max(first, from - REFERENCE_WEEKS)
  // a rest of less than half a span is left out
  for (let to = from - 1; to - earliest + 1 >= weeks / 2; to -= weeks) {
    const begin = Math.max(earliest, to - weeks + 1)
    const part = series.sum(begin, to, isMasked)
    before.cases += part.cases
    before.of += part.of
    before.heard += part.heard
  }
  return before
}

const windowAt = (reader: Pick<Reader, 'series' | 'first'>, week: number, weeks: number, isMasked: boolean) => ({
  now: reader.series.sum(week - weeks + 1, week, isMasked),
  before: beforeOf(reader, week - weeks + 1, weeks, isMasked),
})

const readAt = (reader: Reader, week: number): ShareReading => {
  const [weeks] = SHARE_WINDOWS
  const history = week - reader.first + 1
  if (history < weeks + leastReference(weeks))
    return { fast: null, slow: null, cannot: { why: 'short', history: Math.max(0, history), asked: weeks + leastReference(weeks), weeks } }
  const { heard } = reader.series.sum(week - weeks + 1, week, false)
  if (heard < weeks / 2) return { fast: null, slow: null, cannot: { why: 'unheard', heard, weeks } }
  return { ...readFast(reader, week), slow: readSlow(reader, week) }
}

const readFast = (reader: Reader, week: number): Pick<ShareReading, 'fast' | 'cannot'> => {
  const history = week - reader.first + 1
  let cannot: CannotJudgeShare | null = null
  for (const weeks of SHARE_WINDOWS) {
    if (history < weeks + leastReference(weeks)) {
      cannot = { why: 'short', history, asked: weeks + leastReference(weeks), weeks }
      break
    }
    const hasYearAgo = history >= YEAR_WEEKS + SEASON_REFERENCE_WEEKS + weeks
    const years = hasYearAgo ? seasonOf(reader, week, weeks) : []
    const isMasked = years.length === 0
    const { now, before } = windowAt(reader, week, weeks, isMasked)
    if (now.heard < weeks / 2 || before.heard < leastReference(weeks) / 2) {
      cannot = { why: 'unheard', heard: now.heard, weeks }
      continue
    }
    if (now.of < LEAST_CASES) {
      cannot = { why: 'few', of: now.of, weeks, asked: LEAST_CASES }
      continue
    }
    if (before.of < LEAST_CASES_BEFORE) {
      cannot = { why: 'few_before', of: before.of, asked: LEAST_CASES_BEFORE }
      continue
    }
    const dispersion = dispersionAt(reader, week - weeks, weeks, { now, before })
    const season_z = isMasked ? null : seasonZ({ now, before }, years, dispersion)
    const z = changeOfShare(now, before, dispersion)
    return { fast: { kind: 'fast', weeks, now, before, dispersion, z, season_z }, cannot: null }
  }
  return { fast: null, cannot }
}

type Spans = { now: Share; before: Share }

/** The same windows one to three years back, where enough is known of them. */
const seasonOf = (reader: Reader, week: number, weeks: number): Spans[] => {
  const years: Spans[] = []
  for (let year = 1; year <= SEASON_YEARS; year++) {
    const then = week - year * YEAR_WEEKS
    if (then - weeks + 1 - reader.first < SEASON_REFERENCE_WEEKS) break
    const { now, before } = windowAt(reader, then, weeks, false)
    if (now.heard >= weeks / 2 && before.heard >= SEASON_REFERENCE_WEEKS / 2) years.push({ now, before })
  }
  return years
}

const seasonZ = ({ now, before }: Spans, years: readonly Spans[], dispersion: number): number => {
  const here = changeOfAngle(now, before, dispersion)
  const then = years.map((year) => changeOfAngle(year.now, year.before, dispersion))
  const mean = then.reduce((sum, { value }) => sum + value, 0) / then.length
  const variance = then.reduce((sum, one) => sum + one.variance, 0) / then.length ** 2
  return (here.value - mean) / Math.sqrt(here.variance + variance)
}

const readSlow = (reader: Reader, week: number): JudgedShare | null => {
  const from = week - SLOW_WEEKS + 1
  if (from - YEAR_WEEKS < reader.first) return null
  const now = reader.series.sum(from, week, false)
  const before = reader.series.sum(from - YEAR_WEEKS, week - YEAR_WEEKS, false)
  if (now.of < LEAST_CASES || before.of < LEAST_CASES || now.heard < SLOW_WEEKS / 2 || before.heard < SLOW_WEEKS / 2) return null
  const dispersion = dispersionAt(reader, week - SLOW_WEEKS, SHARE_WINDOWS[0], { now, before })
  const z = SLOW_FACTOR * changeOfShare(now, before, dispersion)
  return { kind: 'slow', weeks: SLOW_WEEKS, now, before, dispersion, z, season_z: null }
}

/** For each week the change of the window that ends with it, holidays left out; not a number where too little is known. */
const swingsOf = (series: ShareSeries, first: number): Reader['swings'] => {
  const known = new Map<number, Float64Array>()
  return (weeks) => {
    const made = known.get(weeks)
    if (made) return made
    const swings = new Float64Array(series.length).fill(Number.NaN)
    for (let week = first + weeks; week < series.length; week++) {
      const { now, before } = windowAt({ series, first }, week, weeks, true)
      if (now.heard < weeks / 2 || before.heard < SWING_REFERENCE_WEEKS || now.of === 0 || before.of === 0) continue
      swings[week] = changeOfShare(now, before)
    }
    known.set(weeks, swings)
    return swings
  }
}

/** How much more than by chance the share has swung in the two years up to a week, drawn towards what is usual while little is known. */
const dispersionAt = (reader: Reader, until: number, weeks: number, { now, before }: Spans): number => {
  const swings = reader.swings(weeks)
  const pooled = (now.cases + before.cases) / (now.of + before.of)
  const usual = shareSwingBefore(now.of * pooled * (1 - pooled), reader.series.wander)
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

/** How far out a test is, in units of what it takes to be told: 1 where the last of all conditions is met, 0 where it is no worse. */
export const scoreOfShare = (judged: JudgedShare, limits: ShareLimits, strictness: number): number => {
  const { now, before, z, season_z } = judged
  const usual = shareOf(before)
  return Math.max(
    0,
    Math.min(
      z / (SHARE_Z * strictness),
      (shareOf(now) - usual) / limits.rise,
      (now.cases - now.of * usual) / limits.cases,
      limits.share === 0 ? Number.POSITIVE_INFINITY : shareOf(now) / limits.share,
      season_z === null ? Number.POSITIVE_INFINITY : season_z / SEASON_Z,
    ),
  )
}
