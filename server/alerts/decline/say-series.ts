/** The weekly numbers in words. Pure. */
import type { AlertContent } from '../../../shared/contract/alert.ts'
import type { DirectionSeries } from '../../../shared/contract/verdict.ts'
import {
  countOf,
  formatCount,
  formatDecimal,
  formatPercent,
  MIN_CASES_FOR_PERCENT,
  NO_BREAK,
  sayCount,
  sayCountOf,
} from '../../../shared/format.ts'

export type SeriesId = DirectionSeries['id']

/** What was counted in so many weeks, against what is usual of as many. */
export type Told = { id: SeriesId; observed: number; expected: number; weeks: number; heard: number }

type Words = {
  /** Of a figure and of a series. */
  label: string
  /** Of the chart. */
  title: string
  unit: string
  /** After "42 % fewer" and "fewer". */
  noun: string
  /** Inside a sentence: "new members are as usual". */
  inside: string
}

export const SERIES_WORDS: Record<SeriesId, Words> = {
  joins: { label: 'New members', title: 'New members a week', unit: 'people', noun: 'new members', inside: 'new members' },
  'active-people': {
    label: 'Active people a week',
    title: 'People who took part, week by week',
    unit: 'people',
    noun: 'active people',
    inside: 'active people',
  },
  questions: { label: 'Questions', title: 'Questions a week', unit: 'questions', noun: 'questions', inside: 'questions' },
  answered: {
    label: 'Questions answered within a week',
    title: 'Questions answered within a week, by the week they were asked',
    unit: 'questions',
    noun: 'questions answered',
    inside: 'answered questions',
  },
  leavers: {
    label: 'Members who left',
    title: 'Members who left, week by week',
    unit: 'people',
    noun: 'members leaving',
    inside: 'leavers',
  },
}

const ids = Object.keys(SERIES_WORDS) as SeriesId[]
/** Which series a figure told of. */
export const seriesOfLabel = (label: string): SeriesId | null => ids.find((id) => SERIES_WORDS[id].label === label) ?? null
export const seriesOfTitle = (title: string): SeriesId | null => ids.find((id) => SERIES_WORDS[id].title === title) ?? null

/** Of so few a week a rate says little: then they are counted over the weeks, each person once in each. */
const LEAST_A_WEEK = 3
/** A person counts once in each week, so people are told by the week. */
export const isByWeek = ({ id, expected, heard }: Pick<Told, 'id' | 'expected' | 'heard'>): boolean =>
  id === 'active-people' && expected >= LEAST_A_WEEK * Math.max(1, heard)
const isPeople = ({ id }: Pick<Told, 'id'>) => id === 'active-people'
/** Below so many people a week no percentage is told of them. */
const FEW_A_WEEK = 10
/** Below so many a week a rounded number would hide the change, or belie the percentage beside it: 5.5 of 10.1 is no 6 of 10. */
const ROUNDED_FROM = 20

const aWeek = ({ observed, expected, heard }: Told) => ({ now: observed / Math.max(1, heard), usual: expected / Math.max(1, heard) })
const decimalsOf = (usual: number) => (usual < ROUNDED_FROM ? 1 : 0)
const sayRate = (value: number, usual: number) => formatDecimal(value, decimalsOf(usual))

/** "18 in 8 weeks", or "12 a week". */
export const sayNow = (told: Told): string => {
  if (!isByWeek(told)) return `${formatCount(told.observed)} in ${countOf(told.heard, 'week')}`
  const { now, usual } = aWeek(told)
  return sayRate(now, usual)
}

/** "about 31", or "about 20". */
export const sayUsual = (told: Told): string => {
  if (!isByWeek(told)) return sayExpected(told.expected)
  const { usual } = aWeek(told)
  return `about ${sayRate(usual, usual)}`
}

/** Fewer than one is no number that anybody counts. */
const sayExpected = (expected: number): string =>
  Math.round(expected) === 0 ? (expected === 0 ? 'none' : 'hardly any') : `about ${formatCount(Math.round(expected))}`

/** Whether as many would be usual as a percentage takes. */
const isManyFor = (told: Told): boolean => told.expected >= MIN_CASES_FOR_PERCENT && (!isPeople(told) || aWeek(told).usual >= FEW_A_WEEK)

/** From so many times as many on that is said so. */
const TIMES_FROM = 1.9

/** "42 % fewer", "9 fewer", "twice as many", "about 2.5 times as many", "about as many". */
export const sayChange = (told: Told): string => {
  const { observed, expected } = told
  const ratio = expected === 0 ? Number.POSITIVE_INFINITY : observed / expected
  // “none” beside a number would read as no change
  if (observed === 0) return 'down to none'
  if (isManyFor(told)) {
    if (ratio >= TIMES_FROM) return Math.abs(ratio - 2) <= 0.1 ? 'twice as many' : `about ${formatDecimal(ratio)} times as many`
    const share = Math.abs(ratio - 1)
    return share < 0.005 ? 'as many' : `${formatPercent(share, 0)} ${ratio < 1 ? 'fewer' : 'more'}`
  }
  const { now, usual } = aWeek(told)
  const [a, b] = isByWeek(told) ? [now, usual] : [observed, expected]
  const difference = isByWeek(told) ? Number((a - b).toFixed(decimalsOf(usual))) : Math.round(a - b)
  if (difference === 0) return 'about as many'
  return `${Number.isInteger(difference) ? sayCount(Math.abs(difference)) : formatDecimal(Math.abs(difference))} ${difference < 0 ? 'fewer' : 'more'}`
}

export const figureOf = (told: Told): AlertContent['figures'][number] => ({
  label: SERIES_WORDS[told.id].label,
  now: sayNow(told),
  usual: sayUsual(told),
  change: sayChange(told),
})

/** Short, for a subject: "42 % fewer new members", or where few are usual "12 new members in 8 weeks, about 27 usual". */
export const sayShort = (told: Told, since: string): string => {
  const { noun } = SERIES_WORDS[told.id]
  if (told.observed === 0) return `no ${noun} ${since} (${sayUsual(told)}${isByWeek(told) ? ' a week' : ''} usual)`
  if (isManyFor(told)) return `${sayChange(told)} ${noun} ${since}`
  const more = told.observed > told.expected ? 'more' : 'fewer'
  return `${more} ${noun} ${since} (${sayNow(told)}${isByWeek(told) ? ' a week' : ''}, ${sayUsual(told)} usual)`
}

const NOUNS: Record<Exclude<SeriesId, 'active-people'>, { one: string; many: string; did: [string, string] }> = {
  joins: { one: 'person', many: 'people', did: ['joined', 'joined'] },
  leavers: { one: 'member', many: 'members', did: ['left', 'left'] },
  questions: { one: 'question', many: 'questions', did: ['was asked', 'were asked'] },
  answered: { one: 'question', many: 'questions', did: ['was answered within a week', 'were answered within a week'] },
}

const sayTimes = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${sayCount(count)} times`)
const WOULD_BE_USUAL = (usual: string): string => `where ${usual} would be usual`
/** A number of people a week, in words where it is a small whole one. */
const sayPeople = (text: string): string =>
  `${/^[1-9]$/.test(text) ? sayCount(Number(text)) : text}${NO_BREAK}${text === '1' ? 'person' : 'people'}`

/**
 * "18 people joined in the 8 weeks up to 3 May 2026, where about 31 would be usual". `span`: "the 8 weeks up to 3 May 2026";
 * `compared`: the last half, from what is usual.
 */
export const saySeries = (told: Told, span: string, compared = WOULD_BE_USUAL): string => {
  if (isByWeek(told)) {
    const { now, usual } = aWeek(told)
    const text = sayRate(now, usual)
    const than = `about ${sayRate(usual, usual)}`
    if (told.observed === 0) return `nobody took part in ${span}, ${compared(`${than} a week`)}`
    return `${sayPeople(text)} a week took part in ${span}, ${compared(than)}`
  }
  if (told.id === 'active-people') {
    if (told.observed === 0) return `nobody took part in ${span}, ${compared(sayExpected(told.expected))}`
    return `${sayTimes(told.observed)} somebody took part in ${span} (each person counts once a week), ${compared(sayExpected(told.expected))}`
  }
  const { one, many, did } = NOUNS[told.id]
  const subject = told.observed === 0 ? (one === 'person' ? 'nobody' : `no ${one}`) : sayCountOf(told.observed, one, many)
  return `${subject} ${told.observed <= 1 ? did[0] : did[1]} in ${span}, ${compared(sayExpected(told.expected))}`
}

/** The same as a sentence of its own, short: "There have been 42 % fewer new members since March". */
export const sayHeadline = (told: Told, since: string): string => {
  const { noun } = SERIES_WORDS[told.id]
  const usual = `${sayUsual(told)}${isByWeek(told) ? ' a week' : ''} would be usual`
  if (told.observed === 0) return `There have been no ${noun} ${since}, where ${usual}`
  if (isManyFor(told)) return `There have been ${sayChange(told)} ${noun} ${since}`
  const more = told.observed > told.expected ? 'more' : 'fewer'
  return `There have been ${more} ${noun} ${since}: ${sayNow(told)}${isByWeek(told) ? ' a week' : ''}, where ${usual}`
}
