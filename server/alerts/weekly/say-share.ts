/** What the alerts of shares have in common in words. Pure. */
import type { StatedRate } from '../../../shared/contract/alert.ts'
import {
  countOf,
  dayInZone,
  formatCount,
  formatDay,
  formatDecimal,
  formatPercent,
  MIN_CASES_FOR_PERCENT,
  sayCount,
} from '../../../shared/format.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import { addDays } from '../../../shared/period.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import { SEASON_REFERENCE_WEEKS, YEAR_WEEKS } from '../../diagnosis/direction/limits.ts'
import { type Share, shareOf } from './change-of-share.ts'
import type { CannotJudgeShare, JudgedShare } from './read-share.ts'
import { SHARE_WINDOWS, SHARE_Z } from './share-limits.ts'

/** "the eight weeks up to 5 April 2026"; `after`: the day after the last. */
export const saySpan = (weeks: number, after: string): string => `the ${sayCount(weeks)} weeks up to ${formatDay(addDays(after, -1))}`

/** "12 of 41", or from 30 on "12 of 41 (29 %)". */
export const sayOf = (cases: number, of: number): string =>
  of >= MIN_CASES_FOR_PERCENT
    ? `${formatCount(cases)} of ${formatCount(of)} (${formatPercent(cases / of, of)})`
    : `${formatCount(cases)} of ${formatCount(of)}`

/** How many of these would be usual by a share: at least one in words where it is more than none. */
export const sayUsual = (share: number, of: number): string => {
  const usual = share * of
  return usual > 0 && usual < 0.5 ? 'hardly any' : sayCount(Math.round(usual)).replace(/^no$/, 'none')
}

/** The same in a column of figures: "about 4". */
export const figureOfUsual = (share: number, of: number): string =>
  share * of < 0.5 ? sayUsual(share, of) : `about ${formatCount(Math.round(share * of))}`

/** By how much two shares of the same cases differ, as many as they allow: "21 fewer", or from 30 on "29 % instead of 80 %". */
export const sayDifference = (now: Share, usual: number): string => {
  const more = Math.round(now.cases - usual * now.of)
  const [percent, usualPercent] = [formatPercent(shareOf(now), now.of), formatPercent(usual, now.of)]
  if (now.of >= MIN_CASES_FOR_PERCENT) return percent === usualPercent ? 'as usual' : `${percent} instead of ${usualPercent}`
  return more === 0 ? 'as usual' : `${sayCount(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'}`
}

export const sayHowSure = ({ kind, z }: JudgedShare, strictness: number, stated: StatedRate): string => {
  const against = kind === 'slow' ? 'the same half year a year earlier' : 'the year before'
  const far = `Set against ${against}, the change is ${formatDecimal(Math.abs(z))} times as large as this share usually swings here by itself; it takes ${formatDecimal(SHARE_Z * strictness)}.`
  return stated.standard_error === null
    ? far
    : `${far} False alarms where nothing changes, by simulation, in the worst kind of community that swings like this one: ${sayAlarmRate(stated.a_year)}.`
}

export const sayCannot = (cannot: CannotJudgeShare | null, noun: (count: number) => string): string => {
  if (cannot === null) return 'Nothing is known of it yet.'
  if (cannot.why === 'short' && cannot.history === 0)
    return `It takes ${countOf(cannot.asked, 'week')} of history, which has not begun yet.`
  if (cannot.why === 'short')
    return `${cannot.weeks === SHARE_WINDOWS[0] ? 'It' : `So little happens that ${countOf(cannot.weeks, 'week')} are judged together, which`} takes ${countOf(cannot.asked, 'week')} of history; there ${cannot.history === 1 ? 'is' : 'are'} ${cannot.history}.`
  if (cannot.why === 'few') return `Too few to judge: ${noun(cannot.of)} in ${countOf(cannot.weeks, 'week')}; it takes ${cannot.asked}.`
  if (cannot.why === 'few_before') return `Too few to compare with: ${noun(cannot.of)} before; it takes ${cannot.asked}.`
  return `Only ${cannot.heard} of the last ${countOf(cannot.weeks, 'week')} can be judged: of the others nothing is known, too much is anonymous, or they are holidays.`
}

/** Sources that began in these local days, but for the first of all: what they add counts like a change. */
export const saySourcesBegun = (
  sources: readonly { source: string; first_event_at: string | null }[],
  { from_on, to_on }: { from_on: string; to_on: string },
  timeZone: string,
): string[] => {
  const begun = sources.flatMap(({ source, first_event_at: at }) => (at === null ? [] : [{ source, on: dayInZone(at, timeZone) }]))
  const first = begun.map(({ on }) => on).sort()[0] ?? ''
  const late = begun.filter(({ on }) => on > first && on >= from_on && on < to_on)
  return late.map(
    ({ source, on }) =>
      `${quoteName(plainLine(source))} has told of it since ${formatDay(on)}: what a new source adds counts like a change.`,
  )
}

/** What to know of every alert of a share that is this young, or rests on so long a span. */
export const sayCaveats = ({ kind, weeks, season_z }: JudgedShare): string[] => [
  ...(kind === 'fast' && season_z === null
    ? [
        `The history is shorter than ${countOf(YEAR_WEEKS + SEASON_REFERENCE_WEEKS + weeks, 'week')}, so a season of the year cannot be told from a change yet.`,
      ]
    : []),
  ...(kind === 'fast' && weeks > SHARE_WINDOWS[0] ? [`So little happens that ${countOf(weeks, 'week')} had to be taken together.`] : []),
]
