/** The words of a notice of a decline, as it stands at the end of a week. */
import type { AlertContent, AlertNotice } from '../../../shared/contract/alert.ts'
import { countOf, formatDay, formatDecimal, formatPeriod, joinWords, sayCountOf, startSentence } from '../../../shared/format.ts'
import { addDays, daysBetween, periodOfDay } from '../../../shared/period.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { sayAlarmRate } from '../../../shared/say-alarm-rate.ts'
import { changeOfRate, ratioOfRates } from '../../diagnosis/direction/change-of-rate.ts'
import { ALONE_Z, ALONE_Z_OF_MORE, NAMED_Z, RECOVERED_RUN, WORSE_WEEKS, WORSE_Z_OF_TWO } from '../../diagnosis/direction/limits.ts'
import { seenTwiceAs } from '../../diagnosis/direction/opening.ts'
import { swingOf } from '../../diagnosis/direction/swing.ts'
import type { AlertMaterial, Episode } from '../alert-rule.ts'
import { stateRate } from '../state-rate.ts'
import { driveDecline } from './drive-decline.ts'
import { estimateSince, saySince, type SinceWords } from './estimate-since.ts'
import { type Db, type DeclineFrom, lagOf, mondayOf, namedAt, type NamedTold, othersAt, weekAt } from './follow-decline.ts'
import { lookFirst } from './look-first.ts'
import { changedSources, sayCaveats } from './say-caveats.ts'
import { figureOf, isByWeek, sayHeadline, saySeries, SERIES_WORDS, sayShort, type Told } from './say-series.ts'
import { chartOf } from './show-weeks.ts'

export type ToldBy = { db: Db; from: DeclineFrom }

/** A subject is one line, and a phone shows its first 40 letters. */
const LONGEST_SUBJECT = 120
const LONGEST_NAME = 40
/** Series that are told with their numbers in sentences; the others stand in the figures. */
const MOST_SENTENCES = 2

export const nameOf = ({ name }: AlertMaterial): string => plainLine(name, LONGEST_NAME)
export const subjectOf = (material: AlertMaterial, text: string): string => plainLine(`${nameOf(material)}: ${text}`, LONGEST_SUBJECT)
export const frameOf = ({ material }: DeclineFrom, on: string): Pick<AlertContent, 'rule' | 'community' | 'on' | 'known_by'> => ({
  rule: 'decline',
  community: { slug: material.slug, name: material.name, time_zone: material.timeZone },
  on,
  known_by: material.knownBy.toISOString(),
})
export const evidencePath = ({ material }: DeclineFrom, began_on: string): string =>
  `/c/${material.slug}/alerts?rule=decline&on=${began_on}`

/** "the 8 weeks up to 3 May 2026", or "the 8 weeks up to 3 May 2026 (4 of them count)". */
export const saySpan = (from: DeclineFrom, { id, told, to }: Pick<NamedTold, 'id' | 'told' | 'to'>): string => {
  const span = `the ${countOf(told.weeks, 'week')} up to ${formatDay(addDays(mondayOf(from, to - lagOf(id)), 6))}`
  return told.heard === told.weeks ? span : `${span} (${told.heard} of them ${told.heard === 1 ? 'counts' : 'count'})`
}

/** Since when it shows, as seen at the end of a week. */
export const sinceOf = (from: DeclineFrom, named: readonly NamedTold[], began: number, week: number, on: string): SinceWords => {
  const since = estimateSince(
    named.map(({ at, named: { direction, judged } }) => ({
      series: from.all[at] as DeclineFrom['all'][number],
      direction,
      dispersion: judged.dispersion,
    })),
    week,
    began,
  )
  const lag = named.every(({ id }) => lagOf(id) > 0) ? 1 : 0
  return saySince(since ?? { week: began, low: began, high: began }, (at) => mondayOf(from, at - lag), on)
}

export const tellDecline = async (
  by: ToldBy,
  episode: Episode,
  notice: Exclude<AlertNotice, 'withdrawn'>,
  on: string,
): Promise<AlertContent> => {
  const { db, from } = by
  const began = weekAt(from, episode.began_on)
  const week = weekAt(from, on)
  // clearly worse is judged by eight weeks, whichever they are
  const span8 = notice === 'clearly_worse' ? { weeks: WORSE_WEEKS, is_masked: false } : undefined
  const named = namedAt(from, began, week, span8)
  const since = sinceOf(from, namedAt(from, began, began), began, notice === 'began' ? week : began, on)
  const [first] = named as [NamedTold]
  const span = saySpan(from, first)
  const isOver = notice === 'recovered' || notice === 'passed'
  const driven = isOver ? { driver: null, by: null, moves: null } : await driveDecline(db, from, named)
  const months = sayLength(daysBetween(since.from_on, addDays(on, 7)))
  const words =
    notice === 'began'
      ? sayBegan(from, { episode, named, since, week })
      : notice === 'clearly_worse'
        ? sayWorse(by, { episode, named, since, week, on })
        : notice === 'passed'
          ? sayPassed(by, { episode, named: namedAt(from, began, began), week })
          : sayRecovered(by, { episode, named, since, week, months })
  const from_on = mondayOf(from, first.from)
  const sources = changedSources(from, from_on, addDays(on, 7))
  return {
    ...frameOf(from, on),
    notice,
    subject: subjectOf(from.material, words.short),
    headline: `${startSentence(words.headline ?? words.short)}.`,
    sentences: words.sentences,
    how_sure: words.how_sure,
    figures: named.map(({ told }) => figureOf(told)),
    driver: driven.driver,
    look_first: lookFirst({
      slug: from.material.slug,
      named: named.map(({ id }) => id),
      by: driven.by,
      from_on: since.from_on,
      to_on: on,
      is_source_silent: !isOver && sources.silent.length > 0,
    }),
    chart: chartOf(from, first, span),
    caveats: isOver ? [] : await sayCaveats(db, from, named),
    evidence_path: evidencePath(from, episode.began_on),
  }
}

/** The headline alone, without taking the change apart. */
export const headlineOf = (from: DeclineFrom, episode: Episode): string => {
  const week = weekAt(from, episode.began_on)
  const named = namedAt(from, week, week)
  const words = sayBegan(from, { episode, named, since: sinceOf(from, named, week, week, episode.began_on), week })
  return `${startSentence(words.headline ?? words.short)}.`
}

type Words = { short: string; headline?: string; sentences: string[]; how_sure: string }
type Asked = { episode: Episode; named: NamedTold[]; since: SinceWords; week: number }

const sayAll = (from: DeclineFrom, named: readonly NamedTold[], compared?: (usual: string) => string): string[] => [
  ...named.slice(0, MOST_SENTENCES).map((one) => `${startSentence(saySeries(one.told, saySpan(from, one), compared))}.`),
  ...(named.length > MOST_SENTENCES
    ? [
        `${startSentence(joinWords(named.slice(MOST_SENTENCES).map(({ id }) => SERIES_WORDS[id].inside)))} changed likewise, see the figures.`,
      ]
    : []),
]

const sayOthers = (from: DeclineFrom, named: readonly NamedTold[], week: number): string[] => {
  const others = othersAt(from, named, week).map((id) => SERIES_WORDS[id].inside)
  return others.length === 0 ? [] : [`${startSentence(joinWords(others))} stay within what is usual here.`]
}

const sayBegan = (from: DeclineFrom, { episode, named, since, week }: Asked): Words => {
  const [first] = named as [NamedTold]
  const noticed = Math.round(daysBetween(since.from_on, addDays(episode.began_on, 7)) / 7)
  const before = weekAt(from, episode.began_on) - 1
  const isFirst = from.followed.statistics.slice(0, before + 1).every((statistic) => statistic === null)
  const events = named.filter((one) => one.named.is_one_event && one.id === 'leavers')
  const together = events[0] === undefined ? null : sayTogether(from, events[0])
  const isEvent = together !== null && first.id === 'leavers'
  return {
    short: together && isEvent ? together.short : sayShort(first.told, since.short),
    headline: together && isEvent ? together.short : sayHeadline(first.told, since.short),
    sentences: [
      ...(together ? [together.sentence] : []),
      ...sayAll(from, named),
      ...sayOthers(from, named, week),
      isEvent
        ? `It was noticed at the end of the week of ${formatDay(episode.began_on)}.`
        : `${since.sentence} It was noticed at the end of the week of ${formatDay(episode.began_on)}${
            isFirst ? ', the first that could be judged' : noticed > 1 && since.is_exact ? `, ${countOf(noticed, 'week')} later` : ''
          }.`,
    ],
    how_sure: sayHowSure(from, named, week),
  }
}

/** Most of those who left did so in one week. */
const sayTogether = (from: DeclineFrom, { at, from: first, to, told }: NamedTold): { short: string; sentence: string } => {
  const counts = from.all[at]?.counts ?? []
  let most = first
  for (let week = first; week <= to; week++) if ((counts[week] ?? 0) > (counts[most] ?? 0)) most = week
  const count = counts[most] as number
  const week = `in the week of ${formatDay(mondayOf(from, most))}`
  return {
    short: `${sayCountOf(count, 'member')} left ${week}`,
    sentence: `${startSentence(sayCountOf(count, 'member'))} left together, ${week}; in a usual week it is about ${formatDecimal(told.expected / Math.max(1, told.heard))}.`,
  }
}

/** Further out than this a number says no more. */
const FAR = 10

const sayHowSure = ({ strictness, followed }: DeclineFrom, named: readonly NamedTold[], week: number): string => {
  const [first] = named as [NamedTold]
  // questions and their answers are one thing seen twice
  const second = named.find(({ id }) => seenTwiceAs(id) !== seenTwiceAs(first.id))
  const say = ({ z }: NamedTold) => (z > FAR ? `more than ${FAR}` : formatDecimal(z))
  const limits = `An alert takes ${formatDecimal((first.id === 'leavers' ? ALONE_Z_OF_MORE : ALONE_Z) * strictness)} in ${first.id === 'leavers' ? 'leavers alone' : 'one number'}, or ${formatDecimal(NAMED_Z * strictness)} in two at once.`
  const far =
    second && second.z >= NAMED_Z * strictness
      ? `The fall in ${SERIES_WORDS[first.id].inside} is ${say(first)} times and that in ${SERIES_WORDS[second.id].inside} ${say(second)} times as large as these numbers usually swing here by themselves.`
      : `The change is ${say(first)} times as large as this number usually swings here by itself.`
  const { a_year, standard_error } = stateRate('decline', strictness, swingOf(followed.readings, week))
  // not simulated
  if (standard_error === null) return `${fallOrRise(far, first, second)} ${limits}`
  return `${fallOrRise(far, first, second)} ${limits} By simulation, where nothing changes, the worst kind of community that swings like this one gets ${sayFalse(a_year)}.`
}
const fallOrRise = (text: string, first: NamedTold, second: NamedTold | undefined): string =>
  first.id === 'leavers'
    ? text.replace('The fall in', 'The rise in').replace('that in', 'the fall in')
    : second?.id === 'leavers'
      ? text.replace('that in', 'the rise in')
      : text
/** "about one false alarm in five years". */
export const sayFalse = (aYear: number): string =>
  sayAlarmRate(aYear).replace(
    /(\S+)( a year| in )/,
    (_, count: string, rest: string) => `${count} false ${count === 'one' ? 'alarm' : 'alarms'}${rest}`,
  )

/** "5 weeks", "about 4 months". */
const sayLength = (days: number): string => {
  const weeks = Math.round(days / 7)
  return weeks < 9 ? countOf(weeks, 'week') : `about ${countOf(Math.round(days / 30.44), 'month')}`
}

const sayWorse = ({ from }: ToldBy, { episode, named, since, week, on }: Asked & { on: string }): Words => {
  const lastOn = [episode.began_on, ...episode.worse_on].filter((day) => day < on).at(-1) as string
  const last = weekAt(from, lastOn)
  const compared = named
    .map((one) => {
      const sum = from.sums[one.at] as DeclineFrom['sums'][number]
      const now = sum(week - WORSE_WEEKS + 1, week, false)
      const then = sum(last + 1, week - WORSE_WEEKS, false)
      const spans = { observed: now.count, exposure: now.exposure, before: then.count, exposure_before: then.exposure }
      const z = one.named.direction * (changeOfRate(spans, one.named.judged.dispersion) ?? 0)
      const expected = then.exposure === 0 ? 0 : (then.count / then.exposure) * now.exposure
      const told: Told = { id: one.id, observed: now.count, expected, weeks: WORSE_WEEKS, heard: now.heard }
      return { ...one, told, z, ratio: then.exposure === 0 || now.exposure === 0 ? 1 : ratioOfRates(spans) }
    })
    .filter(({ z }) => z >= WORSE_Z_OF_TWO)
    .sort((a, b) => b.z - a.z)
  const [first] = compared
  const short = first ? `clearly worse: ${sayWorseShort(first.told)}` : 'clearly worse than when it was last told'
  return {
    short,
    headline: `The decline since ${since.month} has become ${short}`,
    sentences: [
      ...compared
        .slice(0, MOST_SENTENCES)
        .map(
          (one) =>
            `${startSentence(saySeries(one.told, saySpan(from, one), (usual) => `while in as many weeks since the last notice it was ${usual}`))}.`,
        ),
      `Before it began, usual would have been: ${joinWords(named.map(({ told }) => `${figureOf(told).label.toLowerCase()}: ${figureOf(told).usual}${isByWeek(told) ? '' : ` in ${countOf(told.heard, 'week')}`}`))}.`,
      `It was first noticed in the week of ${formatDay(episode.began_on)}${lastOn === episode.began_on ? '' : `, and last told in the week of ${formatDay(lastOn)}`}. ${since.sentence}`,
    ],
    how_sure: first
      ? `Set against the weeks since the last notice, the change is ${formatDecimal(first.z)} times as large as this number usually swings here by itself.`
      : 'It is set against the weeks since the last notice.',
  }
}

/** "9 new members in 8 weeks, about 18 when last told". */
const sayWorseShort = (told: Told): string => {
  const { noun } = SERIES_WORDS[told.id]
  const { now, usual } = figureOf(told)
  if (told.observed === 0) return `no ${noun} in ${countOf(told.heard, 'week')}, ${usual}${isByWeek(told) ? ' a week' : ''} before`
  const count = isByWeek(told) ? `${now} active people a week` : now.replace(' in ', ` ${noun} in `)
  return `${count}, ${usual} since it was last told`
}

/** Series that a subject has room for. */
const MOST_BACK = 2

const sayRecovered = ({ from }: ToldBy, { episode, named, since, week, months }: Asked & { months: string }): Words => {
  const back = joinWords(named.map(({ id }) => SERIES_WORDS[id].inside))
  const end = formatPeriod(periodOfDay(mondayOf(from, week), 'month'))
  return {
    short: named.length > MOST_BACK ? `back near what was usual, after ${months}` : `${back} are back near what was usual, after ${months}`,
    headline: `${back} are back near what was usual, after ${months}`,
    sentences: [
      ...sayAll(from, named, (usual) => `where ${usual} would have been usual before`),
      `It lasted from about ${since.month} to ${end}, and was noticed in the week of ${formatDay(episode.began_on)}.`,
    ],
    how_sure: `On average the numbers that were off have been at nine tenths or more of what was usual before, for ${sayCountOf(RECOVERED_RUN, 'week')} in a row.`,
  }
}

const sayPassed = ({ from }: ToldBy, { episode, named, week }: Omit<Asked, 'since'>): Words => {
  const left = named.find(({ id }) => id === 'leavers') ?? (named[0] as NamedTold)
  const together = sayTogether(from, left)
  const [now] = namedAt(from, weekAt(from, episode.began_on), week)
  return {
    short: `since ${together.short}, no more have left than usual`,
    headline: `${startSentence(together.short)}; since then no more have left than usual`,
    sentences: [
      together.sentence,
      ...(now ? [`${startSentence(saySeries(now.told, saySpan(from, now)))}.`] : []),
      'As an event it is over. That says nothing of whether any of them has come back.',
    ],
    how_sure: `For ${sayCountOf(RECOVERED_RUN, 'week')} in a row no more have left than before it.`,
  }
}
