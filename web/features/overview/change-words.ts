/** A change in words. Pure. */
import type { Change, Changes } from '../../../shared/contract/changes.ts'
import type { Point } from '../../../shared/contract/metric.ts'
import {
  EN_DASH,
  formatCount,
  formatDecimal,
  formatHours,
  formatHoursInterval,
  formatPercent,
  formatPeriod,
  MIN_CASES_FOR_PERCENT,
  NO_BREAK,
  sayCount,
  sayCountOf,
  startSentence,
} from '../../../shared/format.ts'
import { grainOfLabel } from '../../../shared/period.ts'
import type { Unit } from '../../../shared/unit.ts'

/** Rarer than this many periods nobody can tell from two years of them. */
const RAREST: Record<Changes['grain'], number> = { month: 120, week: 260 }
const A_YEAR: Record<Changes['grain'], number> = { month: 12, week: 52 }

/** The period beside the one spoken of, which says its year: September; the week before. */
export const namePeriodBefore = (label: string): string =>
  grainOfLabel(label) === 'month' ? formatPeriod(label).replace(/ \d{4}$/, '') : 'the week before'

/** A share's parts: the percentage from 30 cases on, the bare count below. */
const sayPart = (count: number, of: number): string =>
  of >= MIN_CASES_FOR_PERCENT ? formatPercent(count / of, of) : `${formatCount(count)}${NO_BREAK}of${NO_BREAK}${formatCount(of)}`

/** The number itself, without its interval: what is usual stands beside it. */
export const sayNow = (point: Point, unit: Unit): string | null => {
  if (unit === 'share')
    return point.numerator === null || point.denominator === null || (point.value === null && point.status !== 'count_only')
      ? null
      : sayPart(point.numerator, point.denominator)
  if (point.value === null) return null
  return unit === 'hours' ? formatHours(point.value) : formatCount(point.value)
}

/** "usually 18 to 31"; null where it cannot be told. */
export const sayUsual = ({ usual }: Pick<Change, 'usual'>, unit: Unit): string | null => {
  if (usual === null) return null
  const { low, high, of } = usual
  if (unit === 'hours') return `usually ${formatHoursInterval(low, high)}`
  if (of === null) return low === high ? `usually ${formatCount(low)}` : `usually ${formatCount(low)} to ${formatCount(high)}`
  if (of < MIN_CASES_FOR_PERCENT)
    return `usually ${low === high ? formatCount(low) : `${formatCount(low)} to ${formatCount(high)}`} of ${formatCount(of)}`
  const [from, to] = [formatDecimal((low / of) * 100, 0), formatDecimal((high / of) * 100, 0)]
  return `usually ${from === to ? from : `${from}${EN_DASH}${to}`}${NO_BREAK}%`
}

/** "14 fewer than in September": what is more or less than in the period before. */
export const sayDifference = (now: Point, before: Point | null, unit: Unit): string | null => {
  if (before === null || now.status === 'bulk_step' || before.status === 'bulk_step') return null
  const then = sayNow(before, unit)
  const when = namePeriodBefore(before.period)
  const inWhen = grainOfLabel(before.period) === 'month' ? `in ${when}` : when
  if (then === null || sayNow(now, unit) === null) return null
  if (unit === 'share') {
    const few = Math.min(now.denominator ?? 0, before.denominator ?? 0) < MIN_CASES_FOR_PERCENT
    if (few || now.value === null || before.value === null) return `${then} ${inWhen}`
    const points = Math.round((now.value - before.value) * 100)
    return points === 0 ? `as ${inWhen}` : `${points > 0 ? 'up' : 'down'} ${sayCountOf(Math.abs(points), 'point')} from ${when}`
  }
  const difference = (now.value ?? 0) - (before.value ?? 0)
  if (unit === 'hours') {
    const size = formatHours(Math.abs(difference))
    return Math.abs(difference) < 1 / 60 ? `as ${inWhen}` : `${size} ${difference > 0 ? 'longer' : 'shorter'} than ${inWhen}`
  }
  return difference === 0 ? `as many as ${inWhen}` : `${sayCount(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'} than ${inWhen}`
}

/** "about once in two years": how often chance alone brings it so far out. */
export const sayRarity = (onceIn: number, grain: Changes['grain']): string => {
  if (onceIn > RAREST[grain]) return `more rarely than once in ${sayCount(RAREST[grain] / A_YEAR[grain])} years`
  const months = Math.round((onceIn / A_YEAR[grain]) * 12)
  if (grain === 'week' && onceIn < 10) return onceIn < 1.5 ? 'about every week' : `about one week in ${sayCount(Math.round(onceIn))}`
  if (months < 2) return grain === 'week' ? 'about once in two months' : 'about every month'
  if (months < 18)
    return grain === 'month' && months < 12 ? `about one month in ${sayCount(months)}` : `about once in ${sayCountOf(months, 'month')}`
  return `about once in ${sayCountOf(Math.round(months / 12), 'year')}`
}

/** What to make of it: unusual and how rare, the season's doing, or as usual; and better or worse, in words. */
export const sayJudgement = (change: Change, grain: Changes['grain']): string => {
  const { is_unusual, is_as_a_year_before, meaning, once_in, cannot_tell, year_before } = change
  if (once_in === null) return cannot_tell ?? 'How unusual it is cannot be told.'
  const rarity = sayRarity(once_in, grain)
  if (is_unusual) return `Unusual: ${rarity}${meaning === null ? '' : `, and for the ${meaning}`}.`
  if (is_as_a_year_before && year_before !== null)
    return `Unusual, but so it was in ${formatPeriod(year_before.period)}: the season, by the look of it.`
  return `Inside what is usual: ${rarity}.`
}

/** The whole of it in a sentence: what is out of the ordinary, of how many numbers, and what chance alone would bring. */
export const sayChanges = (changes: Changes): string => {
  const { period, looked_at, expected_by_chance, unusual_once_in, cannot_tell, grain } = changes
  if (period === null) return cannot_tell ?? 'Nothing can be told yet.'
  const when = formatPeriod(period)
  if (looked_at === 0) return `${startSentence(when)} beside the ${grain} before. ${cannot_tell ?? 'How unusual it is cannot be told.'}`
  const unusual = changes.changes.filter((change) => change.is_unusual).length
  const chance =
    expected_by_chance < 0.75
      ? 'fewer than one'
      : expected_by_chance < 1.5
        ? 'about one'
        : `about ${sayCount(Math.round(expected_by_chance))}`
  const looked = sayCountOf(looked_at, 'number')
  const what =
    unusual === 0
      ? `Nothing out of the ordinary in ${when}.`
      : `${startSentence(sayCount(unusual))} of ${looked} ${unusual === 1 ? 'is' : 'are'} out of the ordinary in ${when}.`
  return `${what} ${unusual === 0 ? `${startSentence(looked)} looked at; by` : 'By'} chance alone ${chance} would be as rare as once in ${formatCount(unusual_once_in)} ${grain}s.`
}
