/** What is told of silent feeds, in words. Pure: every name in it was written by somebody, and comes out as one plain line. */
import type { AlertContent } from '../../../shared/contract/alert.ts'
import {
  dayInZone,
  formatCount,
  formatDay,
  formatInstant,
  formatPercent,
  joinWords,
  sayCount,
  sayCountOf,
  startSentence,
} from '../../../shared/format.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import { GIVEN_UP_DAYS } from './limits.ts'
import type { Connection, Connections } from './load-arrivals.ts'

export type SilentSource = {
  /** Null: all sources together, each of which sends too seldom to be judged alone. */
  source: string | null
  last_at: Date
  silent_days: number
  /** Events on an average day. */
  usual_a_day: number
  would_have_come: number
  /** Its longest silence in the year before, in whole days. */
  longest_days: number
  /** Of all events that usually come; null where it is the only source. */
  share: number | null
}

export type ToldCommunity = { slug: string; name: string; time_zone: string }
type Frame = Pick<AlertContent, 'rule' | 'notice' | 'community' | 'on' | 'known_by' | 'chart' | 'evidence_path'>

/** Named at most; the others are counted. */
const NAMED = 5
const NAME_LENGTH = 60

export const nameSource = (source: string | null): string => (source === null ? 'all sources together' : quoteName(plainLine(source)))
const nameCommunity = ({ name }: ToldCommunity): string => plainLine(name, NAME_LENGTH)
export const nameSources = (sources: readonly (string | null)[]): string => {
  const named = sources.slice(0, NAMED).map(nameSource)
  const more = sources.length - named.length
  return joinWords(more > 0 ? [...named, `${sayCountOf(more, 'other')}`] : named)
}

const DAYS_OF_MONTH = 365.25 / 12
const round = (value: number): string => formatCount(value >= 100 ? Number(value.toPrecision(2)) : Math.round(value))
/** How many are usual, in the shortest of the usual spans of time that holds more than one: about 40 a day, about 3 a week. */
export const sayUsual = (aDay: number): string => {
  const [count, span] = aDay >= 1.5 ? [aDay, 'day'] : aDay * 7 >= 1.5 ? [aDay * 7, 'week'] : [aDay * DAYS_OF_MONTH, 'month']
  if (count < 0.5) return 'fewer than one event a month'
  return `about ${round(count)} ${Math.round(count) === 1 ? 'event' : 'events'} a ${span}`
}
const sayDays = (days: number): string => sayCountOf(days, 'whole day')
const since = ({ last_at }: SilentSource, { time_zone }: ToldCommunity): string => formatInstant(last_at.toISOString(), time_zone)
const sinceDay = ({ last_at }: SilentSource, { time_zone }: ToldCommunity): string => formatDay(dayInZone(last_at.toISOString(), time_zone))
const first = (silent: readonly SilentSource[]): SilentSource => silent.reduce((a, b) => (b.last_at < a.last_at ? b : a))
const sourcesOf = (silent: readonly SilentSource[]): (string | null)[] => silent.map(({ source }) => source)

const figuresOf = (silent: readonly SilentSource[], community: ToldCommunity): AlertContent['figures'] =>
  silent.slice(0, NAMED).map((one) => ({
    label: one.source === null ? 'All sources together' : nameSource(one.source),
    now: `nothing since ${since(one, community)}`,
    usual: sayUsual(one.usual_a_day),
    change: sayDays(one.silent_days),
  }))

/** Where one looks for the fault, at most three places. */
const lookFirst = ({ slug }: ToldCommunity, { sources, ingest_key_count }: Connections): AlertContent['look_first'] => {
  const data = `/c/${encodeURIComponent(slug)}/data`
  const isAny = (has: (one: Connection) => boolean) => sources.some(has)
  return [
    ...(isAny(({ webhook_count }) => webhook_count > 0)
      ? [{ text: 'The live feed: is it still set up where it comes from, with the same secret?', path: `${data}#feeds` }]
      : []),
    ...(isAny(({ last_import_at }) => last_import_at !== null)
      ? [{ text: 'The imports: did the last one go through, and is a newer export due?', path: `${data}#imports` }]
      : []),
    ...(ingest_key_count > 0
      ? [{ text: 'The key that the program sends with: is it still there, and when was it last used?', path: `${data}#keys` }]
      : []),
    { text: 'The sources: what each last told, and when.', path: `${data}#sources` },
  ].slice(0, 3)
}

/** What of the connection explains it, where something does. */
const findFault = (
  silent: readonly SilentSource[],
  { sources, ingest_key_count, key_last_used_at }: Connections,
  community: ToldCommunity,
): string | null => {
  for (const one of silent) {
    const known = sources.find(({ source }) => source === one.source)
    if (known === undefined) continue
    const name = nameSource(one.source)
    const at = (time: Date) => formatInstant(time.toISOString(), community.time_zone)
    if (known.last_refused_at !== null && known.last_refused_at > one.last_at)
      return `Deliveries of ${name} still come and are refused, last on ${at(known.last_refused_at)}: they are not signed with the secret that was set up here.`
    if (known.last_failed_at !== null && known.last_failed_at > one.last_at)
      return `Deliveries of ${name} still come and could not be used, last on ${at(known.last_failed_at)} (answered with ${known.last_status}).`
    if (known.has_last_import_failed && known.last_import_at !== null && known.last_import_at > one.last_at)
      return `The last import of ${name}, on ${at(known.last_import_at)}, failed.`
    if (known.webhook_count > 0 || known.last_import_at !== null) continue
    if (ingest_key_count === 0) return `${name} has no way in any more: no live feed is set up for it, and no key may send.`
    if (key_last_used_at === null || key_last_used_at <= new Date(one.last_at.getTime() + 3_600_000))
      return `No key that may send has been used since ${name} was last heard.`
  }
  return null
}

const driverOf = (silent: readonly SilentSource[], connections: Connections, community: ToldCommunity): AlertContent['driver'] => {
  const fault = findFault(silent, connections, community)
  const parts = silent
    .slice(0, NAMED)
    .flatMap(({ source, share }) =>
      share === null ? [] : [{ of: 'Source', label: nameSource(source), share: `${formatPercent(share)} of what usually comes` }],
    )
  if (fault === null && parts.length === 0) return null
  return { is_found: fault !== null, sentence: fault ?? 'What is known here of the connection does not show what is wrong.', parts }
}

const NO_DECLINE = 'That is most likely a fault of ours or of the connection. It says nothing of the members, and is no decline.'
const CAVEATS = [
  'It is judged by when events came, at the end of each day of the community; only whole days count, and holidays count for little.',
  `If it was given up on purpose, nothing need be done: after ${formatCount(GIVEN_UP_DAYS / 7)} weeks this ends by itself.`,
]

const sayRest = (others: readonly string[]): string =>
  others.length === 0
    ? 'While nothing comes, the weeks are left out of the decline alarm.'
    : `${startSentence(nameSources(others))} still ${others.length === 1 ? 'sends' : 'send'}. Until the other comes again, numbers may fall only because its events are missing.`

const howSure = (
  silent: readonly SilentSource[],
  { a_year, most_days_a_year }: Pick<SilentTold, 'a_year' | 'most_days_a_year'>,
): string => {
  const one = silent.reduce((a, b) => (b.would_have_come > a.would_have_come ? b : a))
  const before =
    one.longest_days === 0 ? 'it sent on every day on which that was usual' : `its longest silence was ${sayDays(one.longest_days)}`
  const ofMostDays = most_days_a_year === null ? '' : `, and of those that send on most days ${sayAlarmRate(most_days_a_year)} or fewer`
  return `About ${round(one.would_have_come)} events would have come by now; in the year before, ${before}. False alarms, by simulation: ${sayAlarmRate(a_year)} of the worst kind of source${ofMostDays}.`
}

export type SilentTold = {
  frame: Frame
  silent: readonly SilentSource[]
  others: readonly string[]
  connections: Connections
  a_year: number
  /** Of sources that send on most days; null where that is not known. */
  most_days_a_year: number | null
}

/** It has begun, or a further source (`fresh`) has joined it. */
export const saySilent = (
  { frame, silent, others, connections, ...rates }: SilentTold,
  fresh: readonly SilentSource[] | null = null,
): AlertContent => {
  const { community } = frame
  const told = fresh ?? silent
  const names = nameSources(sourcesOf(told))
  const from = first(told)
  const isMany = told.length > 1
  const before = silent.filter((one) => !told.includes(one))
  return {
    ...frame,
    subject:
      told[0]?.source === null
        ? `${nameCommunity(community)}: no data from any source since ${sinceDay(from, community)}`
        : `${nameCommunity(community)}: no data from ${isMany ? `${sayCount(told.length)} ${fresh ? 'further ' : ''}sources` : names} since ${sinceDay(from, community)}`,
    headline:
      told[0]?.source === null
        ? `Nothing has come from any source since ${since(from, community)}.`
        : `${fresh ? 'Now nothing comes' : 'Nothing has come'} from ${names} ${fresh ? 'any more: nothing ' : ''}since ${since(from, community)}.`,
    sentences: [
      isMany
        ? `Before, ${joinWords(told.slice(0, NAMED).map((one) => `${nameSource(one.source)} sent ${sayUsual(one.usual_a_day)}`))}.`
        : `${startSentence(sayUsual(from.usual_a_day))} were usual; none has come for ${sayDays(from.silent_days)}.`,
      ...(before.length > 0
        ? [`${startSentence(nameSources(sourcesOf(before)))} ${before.length === 1 ? 'was' : 'were'} silent already.`]
        : []),
      NO_DECLINE,
      sayRest(others),
    ],
    how_sure: howSure(told, rates),
    figures: figuresOf([...told, ...before], community),
    driver: driverOf(told, connections, community),
    look_first: lookFirst(community, connections),
    caveats: CAVEATS,
  }
}

/** What came again: `came` events since `resumed_on`, and what the days of the silence hold by now. */
export type Recovered = SilentSource & { resumed_on: string; came: number; delivered: { day_count: number; event_count: number } }

export const sayRecovered = ({
  frame,
  recovered,
  others,
}: {
  frame: Frame
  recovered: readonly Recovered[]
  others: readonly string[]
}): AlertContent => {
  const { community } = frame
  const names = nameSources(sourcesOf(recovered))
  const missing = recovered.filter(({ silent_days, delivered }) => delivered.day_count < silent_days)
  const data = `/c/${encodeURIComponent(community.slug)}`
  const from = recovered.reduce((a, b) => (b.resumed_on < a.resumed_on ? b : a))
  return {
    ...frame,
    subject: `${nameCommunity(community)}: data come again${recovered.length > 1 || from.source === null ? '' : ` from ${names}`}`,
    headline: `Events come again${from.source === null ? '' : ` from ${names}`}: the first on ${formatDay(from.resumed_on)}.`,
    sentences: [
      ...recovered.slice(0, NAMED).map((one) => sayGap(one, community)),
      ...(others.length > 0 ? [`Still silent: ${nameSources(others)}.`] : []),
    ],
    how_sure: 'Events have come, so this is known.',
    figures: recovered.slice(0, NAMED).map((one) => ({
      label: one.source === null ? 'All sources together' : nameSource(one.source),
      now: `${sayCountOf(one.came, 'event')} since ${formatDay(one.resumed_on)}`,
      usual: sayUsual(one.usual_a_day),
      change: `${sayDays(one.silent_days)} silent`,
    })),
    driver: null,
    look_first:
      missing.length > 0
        ? [
            { text: 'Bring what is missing: an export that covers these days adds only what is new.', path: `${data}/import` },
            { text: 'The sources: what each last told, and when.', path: `${data}/data#sources` },
          ]
        : [{ text: 'The sources: what each last told, and when.', path: `${data}/data#sources` }],
    caveats: [],
  }
}

const sayGap = (one: Recovered, community: ToldCommunity): string => {
  const { silent_days, delivered } = one
  const what = one.source === null ? 'Nothing' : `From ${nameSource(one.source)} nothing`
  const gap = `${what} had come since ${since(one, community)}, for ${sayDays(silent_days)}.`
  if (delivered.day_count === 0) return `${gap} Nothing of these days has been delivered since: they are missing.`
  const events = sayCountOf(delivered.event_count, 'event')
  return delivered.day_count >= silent_days
    ? `${gap} All of these days have been delivered late, with ${events}: nothing need be missing.`
    : `${gap} Of ${sayCount(delivered.day_count)} of these days ${events} ${delivered.event_count === 1 ? 'has' : 'have'} been delivered late; of the others nothing is known, or nothing happened.`
}

/** What was told is undone: the source has said since that it was whole. */
export const sayNotSilent = (frame: Frame, kept: AlertContent): AlertContent => ({
  ...frame,
  subject: `${nameCommunity(frame.community)}: not silent after all`,
  headline: 'The feed that was called silent was not: it had nothing to send.',
  sentences: [
    `It was told: ${plainLine(kept.headline, 300)}`,
    'Since then the source, or an export of it, has said that it was whole over these days. Nothing was lost, and nothing need be done.',
  ],
  how_sure: 'The source itself says so.',
  figures: kept.figures,
  driver: null,
  look_first: [
    { text: 'The sources: what each last told, and when.', path: `/c/${encodeURIComponent(frame.community.slug)}/data#sources` },
  ],
  caveats: [],
})
