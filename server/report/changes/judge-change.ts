import type { Change } from '../../../shared/contract/changes.ts'
import type { Point } from '../../../shared/contract/metric.ts'
import { sayCountOf } from '../../../shared/format.ts'
import { type Surprise, surpriseOfCount, surpriseOfShare, surpriseOfValue, UNUSUAL } from './surprise.ts'

/** Periods that must lie before one that is judged, and at most so many count (our judgement: a year of months; before two years much was otherwise). */
export const LEAST_PAST = 12
export const MOST_PAST = 24
/** A period a year before that lay out on the same side this rarely makes it the season's doing (our judgement). */
const SEASON = 0.2

/** How a number swings: as counts do, as k of n, or as a positive value. */
export type ChangeKind = 'count' | 'share' | 'value'

/** One period of one number: `exposure` is of how much a count is, such as days that the feed was heard on; 0 for what was not heard. */
export type ToldPoint = { point: Point; exposure: number; is_whole: boolean }

export type ToldSeries = {
  id: string
  category: string | null
  kind: ChangeKind
  noun: 'month' | 'week'
  direction: 'up' | 'down' | 'none'
  /** A count that begins with periods of nothing was not told of yet then. */
  starts_with_first: boolean
  /** The oldest first; the last is the one judged. */
  points: readonly ToldPoint[]
  /** Index in `points` of the same period a year before; −1 where there is none. */
  year_before: number
}

type Judged = { surprise: Surprise | null; past: Point[]; cannot_tell: string | null }

const isShown = ({ status }: Point): boolean => status === 'ok' || status === 'count_only'

const hasNumber = (kind: ChangeKind, { point, exposure }: ToldPoint): boolean => {
  if (!isShown(point) || point.is_inferred === true || exposure <= 0) return false
  if (kind === 'share') return point.numerator !== null && point.denominator !== null && point.denominator > 0
  return point.value !== null && (kind === 'count' || point.value > 0)
}

/** The period at an index against those before it. */
const judgeAt = ({ kind, noun, points, starts_with_first }: ToldSeries, at: number): Judged => {
  const now = points[at] as ToldPoint
  const first = starts_with_first ? points.findIndex(({ point }) => (point.value ?? 0) > 0) : 0
  const past = first === -1 ? [] : points.slice(Math.max(first, at - MOST_PAST), at).filter((one) => one.is_whole && hasNumber(kind, one))
  const shown = past.map(({ point }) => point)
  const cannot = (cannot_tell: string): Judged => ({ surprise: null, past: shown, cannot_tell })
  if (now.point.is_inferred) return cannot('It rests on threads that were inferred, and those are not compared.')
  if (!isShown(now.point)) return cannot(now.point.reason ?? 'There is no value to compare.')
  if (!now.is_whole) return cannot(`The feed was silent for part of the ${noun}.`)
  if (!hasNumber(kind, now)) return cannot('There is no value to compare.')
  if (past.length < LEAST_PAST)
    return cannot(
      `It takes ${LEAST_PAST} ${noun}s before it to say what is usual; there ${past.length === 1 ? 'is' : 'are'} ${sayCountOf(past.length, noun)}.`,
    )
  const surprise = surpriseOf(kind, past, now)
  if (kind === 'share' && surprise.usual_low <= 0 && surprise.usual_high >= (now.point.denominator as number))
    return cannot('They are too few for any count of them to be unusual.')
  return { surprise, past: shown, cannot_tell: null }
}

const surpriseOf = (kind: ChangeKind, past: readonly ToldPoint[], now: ToldPoint): Surprise => {
  if (kind === 'value')
    return surpriseOfValue(
      past.map(({ point }) => point.value as number),
      now.point.value as number,
    )
  if (kind === 'count') {
    const counted = ({ point, exposure }: ToldPoint) => ({ count: point.value as number, exposure })
    return surpriseOfCount(past.map(counted), counted(now))
  }
  const shared = ({ point }: ToldPoint) => ({ numerator: point.numerator as number, denominator: point.denominator as number })
  return surpriseOfShare(past.map(shared), shared(now))
}

/** How surprising the last point of a series is, and in which direction. Pure. */
export const judgeChange = (series: ToldSeries): Change => {
  const { id, category, kind, direction, points, year_before } = series
  const at = points.length - 1
  const { point } = points[at] as ToldPoint
  const { surprise, past, cannot_tell } = judgeAt(series, at)
  const yearBefore = points[year_before]
  const then = year_before >= 0 ? judgeAt(series, year_before).surprise : null
  const isRare = surprise !== null && surprise.probability <= UNUSUAL
  const isSeason = isRare && then !== null && then.side === surprise.side && then.probability <= SEASON
  const isUnusual = isRare && !isSeason
  return {
    id,
    category,
    point,
    before: points[at - 1]?.point ?? null,
    year_before: yearBefore?.point ?? null,
    past,
    usual:
      surprise === null
        ? null
        : {
            low: surprise.usual_low,
            high: surprise.usual_high,
            expected: surprise.expected,
            of: kind === 'share' ? point.denominator : null,
          },
    side: surprise?.side ?? null,
    probability: surprise?.probability ?? null,
    once_in: surprise === null ? null : 1 / surprise.probability,
    is_unusual: isUnusual,
    is_as_a_year_before: isSeason,
    meaning: !isUnusual || direction === 'none' ? null : (surprise?.side === 'above') === (direction === 'up') ? 'better' : 'worse',
    cannot_tell,
  }
}

/** The most surprising first: what is unusual, then what only the season explains, then the rest; what cannot be told last. */
export const rankChanges = (changes: readonly Change[]): Change[] =>
  changes.toSorted((a, b) => Number(b.is_unusual) - Number(a.is_unusual) || (a.probability ?? 2) - (b.probability ?? 2))
