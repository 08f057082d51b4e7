import type { DayAxis } from './day-axis.ts'
import {
  FEED_DAYS,
  FEED_SPAN_DAYS,
  GIVEN_UP_DAYS,
  LEAST_EXPECTED,
  RECOVERED_DAYS,
  RECOVERED_SHARE,
  timesLongest,
  YEAR_DAYS,
} from './limits.ts'
import { makeSilence, type SourceDays, seasonOf, type Usual, usualBefore } from './usual-days.ts'

/** One silence that was noticed. Days are places on the axis. */
export type NoticedSilence = {
  /** The last day on which it sent. */
  last: number
  /** The day at whose end it was noticed. */
  noticed: number
  /** The first day on which anything came again; null while nothing has. */
  resumed: number | null
  /** Null while it stands. */
  ended: number | null
  ending: 'recovered' | 'settled' | null
  usual: Usual
  /** Events that would have come by the day it was noticed. */
  expected: number
  /** The longest silence of the year before it, in days. */
  longest_days: number
}

export type FollowedSource = {
  /** By day of the axis, in units of the limit; NaN where it is no feed yet, or was given up. */
  statistic: Float64Array
  silences: NoticedSilence[]
  /** What is usual now. */
  usual: Usual
  /** It is a feed by its last year. */
  is_feed: boolean
}

export type FollowedFrom = {
  axis: DayAxis
  /** Events that came, by day of the axis. */
  counts: Float64Array
  /** It is known to have been whole before this place on the axis: who sent nothing had nothing to send. */
  wholeBefore: number
  /** It was connected then and later: a silence that nobody was told of began no sooner. One that was told lost what came before it was connected again. */
  aliveBefore?: number
  strictness: number
  /** Silences that were told in spite of that: their days of notice. */
  told?: readonly number[]
}

/** A silence that ended by itself. `size`: in average days of what is usual, so that weekends and holidays weigh what they hold. */
type OwnSilence = { end: number; size: number; days: number }

/**
 * A source day by day against its own past: silent when enough would have come, and when it never was silent for nearly so long.
 * Only whole days count, each by what came up to its end. Pure; some milliseconds for three years.
 */
export const followSource = ({ axis, counts, wholeBefore, aliveBefore = 0, strictness, told = [] }: FollowedFrom): FollowedSource => {
  const length = axis.days.length
  const first = counts.findIndex((count) => count > 0)
  const source: SourceDays = { axis, counts, isCut: new Uint8Array(length), first }
  const statistic = new Float64Array(length).fill(Number.NaN)
  const silences: NoticedSilence[] = []
  if (first === -1) return { statistic, silences, usual: usualBefore(source, 0), is_feed: false }

  const toldSilences = lastBeforeTold(counts, told)
  const lastSent = counts.findLastIndex((count) => count > 0)
  // what was told and has ended with what came stays, whatever the source says later
  const isKnown = (day: number) =>
    (day < wholeBefore && !(toldSilences.has(last) && last < lastSent)) || (day < aliveBefore && !toldSilences.has(last))
  const sending = [first]
  let since = 0
  const own: OwnSilence[] = []
  let last = first
  let usual = usualBefore(source, first)
  let silence = makeSilence(usual)
  let noticed: NoticedSilence | null = null

  // by the year up to the last day on which it sent: however long it is silent then, that stays what it was
  const isFeed = (): boolean => {
    while (since < sending.length && (sending[since] as number) < last - YEAR_DAYS) since++
    return sending.length - since >= FEED_DAYS && last - (sending[since] as number) >= FEED_SPAN_DAYS
  }
  const longestOfYear = (): { size: number; days: number } =>
    own.reduce((most, one) => (one.end >= last - YEAR_DAYS && one.size > most.size ? one : most), { end: 0, size: 0, days: 0 })
  const passInSilence = (day: number) => {
    if (day === last + 1) {
      usual = usualBefore(source, day)
      silence = makeSilence(usual)
    }
    silence.add(axis.weekdays[day] as number, usual.is_steady ? seasonOf(source, day) : 1)
  }
  const sizeOf = (days: number) => (usual.a_day > 0 ? silence.all() / usual.a_day : days)
  const judge = (day: number) => {
    const longest = longestOfYear()
    const times = timesLongest(Math.max(1, sending.length - since - 1))
    const byLongest = longest.size > 0 ? sizeOf(day - last) / (times * longest.size) : Number.POSITIVE_INFINITY
    return { statistic: Math.min(silence.expected() / LEAST_EXPECTED, byLongest) / strictness, longest_days: longest.days }
  }
  const hear = (day: number, isOwnSilence: boolean) => {
    if (isOwnSilence && day - last > 1) own.push({ end: day, size: sizeOf(day - last - 1), days: day - last - 1 })
    sending.push(day)
    last = day
    statistic[day] = isFeed() ? 0 : Number.NaN
  }
  const end = (one: NoticedSilence, day: number, ending: 'recovered' | 'settled') => {
    one.ended = day
    one.ending = ending
    noticed = null
    // a long pause of a source that sends in bursts is more likely its own than a cut, and tells how long the next may be
    if (ending === 'recovered') return hear(day, !one.usual.is_steady)
    // given up: only when it has sent for a while again it is a feed once more
    since = sending.length
    isGivenUp = true
  }
  let isGivenUp = false
  const isRecovered = ({ resumed, usual: { by_weekday } }: NoticedSilence, day: number): boolean => {
    if (resumed === null) return false
    let [came, expected] = [0, 0]
    for (let d = Math.max(resumed, day - RECOVERED_DAYS + 1); d <= day; d++) {
      came += counts[d] as number
      expected += by_weekday[axis.weekdays[d] as number] as number
    }
    return came > 0 && came >= RECOVERED_SHARE * expected
  }
  const stand = (one: NoticedSilence, day: number) => {
    if ((counts[day] as number) > 0) one.resumed ??= day
    if (isRecovered(one, day)) return end(one, day, 'recovered')
    if (day - one.noticed >= GIVEN_UP_DAYS) return end(one, day, 'settled')
    source.isCut[day] = 1
    silence.add(axis.weekdays[day] as number, usual.is_steady ? seasonOf(source, day) : 1)
    statistic[day] = Math.max(1, judge(day).statistic)
  }

  for (let day = first + 1; day < length; day++) {
    if (noticed !== null) stand(noticed, day)
    else if ((counts[day] as number) > 0) {
      hear(day, !isGivenUp)
      isGivenUp = false
    } else if (!isGivenUp) {
      passInSilence(day)
      if (!isFeed()) continue
      if (isKnown(day)) {
        silence = makeSilence(usual)
        statistic[day] = 0
        continue
      }
      const { statistic: out, longest_days } = judge(day)
      statistic[day] = out
      if (out < 1) continue
      noticed = { last, noticed: day, resumed: null, ended: null, ending: null, usual, expected: silence.expected(), longest_days }
      silences.push(noticed)
      source.isCut.fill(1, last + 1, day + 1)
    }
  }
  return { statistic, silences, usual: noticed === null ? usualBefore(source, last + 1) : usual, is_feed: !isGivenUp && isFeed() }
}

/** The silences that were told, by the last day on which the source had sent. */
const lastBeforeTold = (counts: Float64Array, told: readonly number[]): ReadonlySet<number> =>
  new Set(told.map((day) => counts.findLastIndex((count, i) => i <= day && count > 0)))
