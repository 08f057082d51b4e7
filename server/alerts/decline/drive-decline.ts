/** Who or what carries a decline, by taking it apart, in words. */
import type { AlertContent } from '../../../shared/contract/alert.ts'
import { formatCount, formatPercent, formatPeriod, MIN_CASES_FOR_PERCENT, startSentence } from '../../../shared/format.ts'
import { daysBetween } from '../../../shared/period.ts'
import { plainLine } from '../../../shared/plain-text.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import { findDriver, type Found, type JudgedPart, LEAST_PEOPLE, type Part } from './find-driver.ts'
import type { DeclineFrom, Db, NamedTold } from './follow-decline.ts'
import { type Dimension, loadParts, loadSpells, NEW_DAYS } from './load-parts.ts'
import { type CohortSize, cohortsOf, type CountedWeeks, countedWeeks, partsOf } from './part-series.ts'
import type { SeriesId } from './say-series.ts'

type Driver = NonNullable<AlertContent['driver']>
export type TakenApart = { id: SeriesId; dimension: Dimension | CohortSize; found: Found; counted: CountedWeeks }
/** What carries it, and by which series and dimension, for what to look at first. */
export type Driven = {
  driver: Driver | null
  by: { id: SeriesId; dimension: TakenApart['dimension']; key: string } | null
  moves: Moves | null
}
/** Joins against leavers: cases for the worse of each. */
export type Moves = { joins: number; leavers: number }

const MOST_PARTS = 3
const MOST_SERIES = 3

const DIMENSIONS: Record<SeriesId, readonly TakenApart['dimension'][]> = {
  joins: ['channel', 'source'],
  'active-people': ['channel', 'source', 'standing'],
  questions: ['channel', 'source'],
  answered: ['person', 'channel', 'source'],
  leavers: ['month', 'quarter'],
}
const OF: Record<TakenApart['dimension'], string> = {
  channel: 'Channel',
  source: 'Source',
  person: 'Who answers',
  standing: 'How long here',
  month: 'Joined in',
  quarter: 'Joined in',
}

export const driveDecline = async (db: Db, from: DeclineFrom, named: readonly NamedTold[]): Promise<Driven> => {
  const apart: TakenApart[] = []
  for (const one of named.slice(0, MOST_SERIES)) {
    const counted = countedWeeks(from, one)
    for (const dimension of DIMENSIONS[one.id]) {
      const parts = await loadDimension(db, from, one, dimension, counted)
      if (parts.length < 2) continue
      const { judged, direction } = one.named
      const found = findDriver(parts, { direction, dispersion: judged.dispersion, before: judged.before })
      if (found.excess > 0) apart.push({ id: one.id, dimension, found, counted })
    }
  }
  const moves = movesOf(from, named)
  return { ...sayDriver(apart, moves, named), moves }
}

const isCohort = (dimension: TakenApart['dimension']): dimension is CohortSize => dimension === 'month' || dimension === 'quarter'

const loadDimension = async (
  db: Db,
  from: DeclineFrom,
  named: NamedTold,
  dimension: TakenApart['dimension'],
  counted: CountedWeeks,
): Promise<Part[]> => {
  if (isCohort(dimension))
    return smallTogether(cohortsOf(from, named, await loadSpells(db, from.material, counted.days), counted, dimension))
  // where the data begin everybody is new
  if (dimension === 'standing' && daysBetween(from.material.firstOn, counted.days.from_on) < NEW_DAYS) return []
  if (dimension === 'source' && from.material.context.sources.length < 2) return []
  const loaded = await loadParts(db, from.material, { id: named.id, dimension, days: counted.days })
  if (loaded === null) return []
  const parts = partsOf(from, named, loaded, counted)
  return dimension === 'person' ? topAgainstOthers(parts) : smallTogether(parts)
}

/** Parts of few people are told of together, and never as the cause; so is what belongs to no part. */
export const smallTogether = (parts: readonly Part[]): Part[] => {
  const isOwn = ({ key, people }: Part) => key !== null && key !== '' && people >= LEAST_PEOPLE
  const others = parts.filter((part) => !isOwn(part))
  const sum = (of: (part: Part) => number) => others.reduce((all, part) => all + of(part), 0)
  const own = parts.filter(isOwn)
  if (others.length === 0) return own
  return [
    ...own,
    { key: null, label: '', people: sum(({ people }) => people), now: sum(({ now }) => now), usual: sum(({ usual }) => usual) },
  ]
}

/** Whoever used to give most, against everybody else. */
const topAgainstOthers = (parts: readonly Part[]): Part[] => {
  const top = parts.reduce<Part | null>((most, one) => (one.key !== null && (most === null || one.usual > most.usual) ? one : most), null)
  if (top === null) return []
  const others = parts.filter((one) => one !== top)
  return [
    { ...top, key: 'top', label: 'The person who used to answer most' },
    {
      key: null,
      label: 'Everybody else',
      people: others.length,
      now: others.reduce((sum, one) => sum + one.now, 0),
      usual: others.reduce((sum, one) => sum + one.usual, 0),
    },
  ]
}

/** Of the change in net members, how much is fewer joins and how much more leavers; null where one of them cannot be told. */
const movesOf = ({ all, sums, followed }: DeclineFrom, named: readonly NamedTold[]): Moves | null => {
  const one = named.find(({ id }) => id === 'joins' || id === 'leavers')
  if (one === undefined) return null
  const excessOf = (id: SeriesId): number | null => {
    const told = named.find((other) => other.id === id)
    if (told) return told.named.direction * (told.told.observed - told.told.expected)
    const at = all.findIndex((series) => series.id === id)
    const judged = at === -1 ? null : followed.readings[one.to]?.[at]?.fast
    if (!judged || judged.exposure_before === 0) return null
    // over the same weeks as the one that is named
    const { count, exposure } = (sums[at] as DeclineFrom['sums'][number])(one.from, one.to, one.is_masked)
    return (id === 'joins' ? -1 : 1) * (count - (judged.before / judged.exposure_before) * exposure)
  }
  const [joins, leavers] = [excessOf('joins'), excessOf('leavers')]
  return joins === null || leavers === null || joins + leavers <= 0 ? null : { joins, leavers }
}

/** Of so many cases, or as a share where there are enough. */
export const sayPart = (excess: number, whole: number): string => {
  const share = excess / whole
  if (share <= 0) return 'none of it'
  if (share >= 0.995) return 'all of it'
  if (whole < MIN_CASES_FOR_PERCENT) return `about ${formatCount(Math.round(excess))} of ${formatCount(Math.round(whole))}`
  return `${formatPercent(share)} of it`
}

const labelOf = ({ label, key }: JudgedPart, dimension: TakenApart['dimension']): string => {
  if (dimension === 'person') return label
  if (key === null || key === '') return isCohort(dimension) ? 'Before the data begin, or small groups' : 'None told, or small groups'
  if (dimension === 'standing') return key === 'new' ? 'Began within three months' : 'Longer than three months'
  if (isCohort(dimension)) return cohortWords(key)
  return plainLine(label, 60)
}
const QUARTERS = ['January to March', 'April to June', 'July to September', 'October to December']
const cohortWords = (key: string): string =>
  key.includes('Q') ? `${QUARTERS[Number(key.slice(6)) - 1]} ${key.slice(0, 4)}` : formatPeriod(key)

const WHOLE: Record<SeriesId, string> = {
  joins: 'the fall in new members',
  'active-people': 'the fall in active people',
  questions: 'the fall in questions',
  answered: 'the fall in answered questions',
  leavers: 'the rise in leavers',
}

const round = (value: number): string => formatCount(Math.round(value))
const numbersOf = ({ now, usual }: JudgedPart): string => `${round(now)}, where about ${round(usual)} would be usual`

const sayNamed = ({ id, dimension, found }: TakenApart, part: JudgedPart): string => {
  const rest = { now: 0, usual: 0 }
  for (const other of found.parts) if (other !== part) Object.assign(rest, { now: rest.now + other.now, usual: rest.usual + other.usual })
  const elsewhere = `everybody else together: ${round(rest.now)}, where about ${round(rest.usual)} would be usual`
  const name = quoteName(labelOf(part, dimension))
  if (dimension === 'person') {
    const share = formatPercent(part.usual_share)
    const given =
      Math.round(part.now) === 0
        ? 'has given none in these weeks'
        : `has given ${round(part.now)} in these weeks, where about ${round(part.usual)} would be usual`
    return `One person who was first to answer ${share} of the questions that were answered before ${given}; the others, ${round(rest.now)}, where about ${round(rest.usual)} would be usual.`
  }
  if (isCohort(dimension))
    return `Most of ${WHOLE[id]} is among those who joined in ${cohortWords(part.key as string)}: ${numbersOf(part)}; ${elsewhere}.`
  if (dimension === 'standing')
    return part.key === 'new'
      ? `Most of ${WHOLE[id]} is that fewer people begin: those in their first three months.`
      : `Most of ${WHOLE[id]} is among people who have been here for longer than three months.`
  const where =
    dimension === 'source'
      ? `comes from the source ${name}`
      : id === 'joins'
        ? `is among people who first show up in ${name}`
        : `lies in ${name}`
  const unit = id === 'active-people' ? ' (people, counted once a week)' : ''
  return `Most of ${WHOLE[id]} ${where}: ${numbersOf(part)}${unit}; ${elsewhere}.`
}

const WHO: Record<string, string> = {
  new: 'people in their first three months',
  longer: 'people who have been here for longer than three months',
}

/** So that a part that always was large is not taken for a cause. */
const sayBefore = ({ usual_share }: JudgedPart): string => ` (${formatPercent(usual_share)} of all before)`

/** Half of the cases lay there before, too: it falls as all does. */
const ALIKE = 0.5

const sayNone = ({ id, dimension, found }: TakenApart): string => {
  const largest = found.parts.find(({ key }) => key !== null)
  const kind = isCohort(dimension)
    ? 'time of joining'
    : dimension === 'person'
      ? 'person'
      : dimension === 'standing'
        ? 'group of people'
        : OF[dimension].toLowerCase()
  if (largest === undefined) return `What carries ${WHOLE[id]} cannot be told: its parts are too small.`
  const label = labelOf(largest, dimension)
  if (dimension === 'person') return `It is not that one person stopped answering: ${WHOLE[id]} is shared by many.`
  if (largest.share >= ALIKE && largest.usual_share >= ALIKE) {
    const where = dimension === 'standing' ? `is among ${WHO[largest.key as string]}` : `lies in ${quoteName(label)}`
    return `No single ${kind} stands out in ${WHOLE[id]}: most of it ${where}, as most of all did before.`
  }
  if (largest.share >= ALIKE)
    return `No single ${kind} stands out in ${WHOLE[id]} by more than chance. The largest part: ${quoteName(label)}, ${sayPart(largest.excess, found.excess)}.`
  if (dimension === 'standing')
    return `${startSentence(WHOLE[id])} is among new people and among those who have been here for longer; neither stands out.`
  return `No single ${kind} explains half of ${WHOLE[id]}. The largest part: ${quoteName(label)}, ${sayPart(largest.excess, found.excess)}.`
}

const sayMoves = ({ joins, leavers }: Moves): string => {
  const whole = joins + leavers
  if (leavers <= 0 || leavers / whole < 0.1) return 'Fewer join; no more leave than usual.'
  if (joins <= 0 || joins / whole < 0.1) return 'More leave; no fewer join than usual.'
  if (whole < MIN_CASES_FOR_PERCENT)
    return `Of about ${round(whole)} members fewer than usual, about ${round(joins)} are fewer joins and about ${round(leavers)} more leavers.`
  return `Of the change in membership, fewer joins make up ${formatPercent(joins / whole)} and more leavers ${formatPercent(leavers / whole)}.`
}

const isTellable = (dimension: TakenApart['dimension'], { key }: JudgedPart): boolean => key !== null && dimension !== 'person'

const sayDriver = (apart: readonly TakenApart[], moves: Moves | null, named: readonly NamedTold[]): Pick<Driven, 'driver' | 'by'> => {
  const found = apart.find((one) => one.found.named !== null)
  const part = found?.found.named ?? null
  const shown = found ?? apart[0]
  const parts: Driver['parts'] = []
  if (moves !== null) {
    const whole = moves.joins + moves.leavers
    const both = [
      { of: 'Joins or leavers', label: 'Fewer joins', excess: moves.joins },
      { of: 'Joins or leavers', label: 'More leavers', excess: moves.leavers },
    ]
    for (const { of, label, excess } of both) if (excess / whole >= 0.1) parts.push({ of, label, share: sayPart(excess, whole) })
  }
  if (shown)
    parts.push(
      ...shown.found.parts
        .filter((one) => one.share > 0 && (isTellable(shown.dimension, one) || one === part))
        .slice(0, MOST_PARTS)
        .map((one) => ({
          of: OF[shown.dimension],
          label: labelOf(one, shown.dimension),
          share: `${sayPart(one.excess, shown.found.excess)}${part === null ? sayBefore(one) : ''}`,
        })),
    )
  const isMovesCause = moves !== null && named.some(({ id }) => id === 'joins' || id === 'leavers')
  const sentences = [isMovesCause ? sayMoves(moves) : '', found && part ? sayNamed(found, part) : apart[0] ? sayNone(apart[0]) : ''].filter(
    (sentence) => sentence !== '',
  )
  if (sentences.length === 0) return { driver: null, by: null }
  return {
    driver: { is_found: part !== null, sentence: sentences.join(' '), parts },
    by: found && part ? { id: found.id, dimension: found.dimension, key: part.key as string } : null,
  }
}
