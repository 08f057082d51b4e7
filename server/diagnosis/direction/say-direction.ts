import type { DirectionSeries, Verdict } from '../../../shared/contract/verdict.ts'
import { countOf, formatCount, formatDay, formatDecimal, joinWords, sayCount } from '../../../shared/format.ts'
import { LEAST_HISTORY_WEEKS, RECOVERED_RUN } from './limits.ts'

const NAMES: Record<DirectionSeries['id'], string> = {
  joins: 'joins',
  'active-people': 'active people',
  questions: 'questions',
  answered: 'answered questions',
  leavers: 'leavers',
}

type Said = {
  /** The Monday of the week in which it was noticed. */
  since: string | null
  series: readonly DirectionSeries[]
  named: readonly DirectionSeries['id'][]
  /** Weeks in a row that look like before. */
  calm: number
  /** Whole weeks of data. */
  weeks: number
}

/** Named series that are told with their numbers. */
const MOST_TOLD = 3

/** The direction in a sentence or two. */
export const sayDirection = (trajectory: Verdict['trajectory'], said: Said): string => {
  if (trajectory === 'forming') {
    const held = `Forming: there ${said.weeks === 1 ? 'is' : 'are'} ${countOf(said.weeks, 'whole week')} of data, and`
    // a community may ask for more than the detector needs
    return said.weeks < LEAST_HISTORY_WEEKS
      ? `${held} a direction takes at least ${LEAST_HISTORY_WEEKS}.`
      : `${held} its own threshold asks for more before a direction is told.`
  }
  if (trajectory === 'unknown') return sayUnknown(said.series)
  if (trajectory === 'steady') return saySteady(said.series)
  return sayChange(trajectory === 'declining' ? 'Declining' : 'Growing', said)
}

const sayChange = (word: string, { since, series, named, calm }: Said): string => {
  const began = `${word} since the week of ${formatDay(since ?? '')}`
  const off = series.filter((one) => named.includes(one.id) && (one.state === 'down' || one.state === 'up'))
  const soon = `it is over once that has held for ${sayCount(RECOVERED_RUN)} weeks`
  if (off.length === 0) return `${began}. The last weeks look like before: ${soon}.`
  const told = off.toSorted((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0)).slice(0, MOST_TOLD)
  const rest = off.filter((one) => !told.includes(one)).map((one) => NAMES[one.id])
  const more = rest.length > 0 ? `; and ${joinWords(rest)} likewise` : ''
  return `${began}: ${told.map(sayNumbers).join('; ')}${more}.${calm > 0 ? ` On average the last weeks look like before: ${soon}.` : ''}`
}

/** "12 people joined in the last 8 weeks where 26 would be usual". */
const sayNumbers = ({ id, observed, expected, weeks }: DirectionSeries): string => {
  const count = observed ?? 0
  const usual = expected === null ? 'others' : formatCount(Math.round(expected))
  const inWeeks = `in the last ${countOf(weeks ?? 0, 'week')} where ${usual} would be usual`
  const one = count === 1
  if (id === 'joins') return `${countOf(count, 'person', 'people')} joined ${inWeeks}`
  if (id === 'leavers') return `${countOf(count, 'member')} left ${inWeeks}`
  if (id === 'questions') return `${countOf(count, 'question')} ${one ? 'was' : 'were'} asked ${inWeeks}`
  if (id === 'answered') return `${countOf(count, 'question')} ${one ? 'was' : 'were'} answered within a week ${inWeeks}`
  // a person counts once in each week
  const [aWeek, usualAWeek] = [count / (weeks ?? 1), (expected ?? 0) / (weeks ?? 1)]
  const isFew = usualAWeek < FEW_PEOPLE
  const say = (people: number) => formatDecimal(people, isFew ? 1 : 0)
  return `${say(aWeek)} ${say(aWeek) === '1' ? 'person' : 'people'} a week took part in the last ${countOf(weeks ?? 0, 'week')} where ${say(usualAWeek)} would be usual`
}

/** Below so many people a week a rounded number would hide the change. */
const FEW_PEOPLE = 10

const saySteady = (series: readonly DirectionSeries[]): string => {
  const judged = series.filter((one) => one.state !== 'cannot_judge')
  const level = judged.filter((one) => one.state === 'level')
  const off = judged.filter((one) => one.state !== 'level')
  const parts = [
    level.length > 0 ? `${joinWords(level.map((one) => NAMES[one.id]))} are within their usual swings` : '',
    ...off.map((one) => `${sayNumbers(one)}, too little alone to call it a direction`),
  ].filter((part) => part !== '')
  return `Steady: ${parts.join('; ')}.`
}

/** The reason that most of them have; what no source tells is no news beside it. */
const sayUnknown = (series: readonly DirectionSeries[]): string => {
  const reasons = series.map((one) => one.reason ?? '')
  const lacking = reasons.filter((reason) => !reason.startsWith('No source'))
  const shared = [...Map.groupBy(lacking, (reason) => reason)].sort(([, a], [, b]) => b.length - a.length)[0]
  if (shared && (shared[1].length > 1 || lacking.length === 1)) return `Not known. ${shared[0]}`
  return 'Not known: too little is told, or too little happens, for any of the weekly numbers to be judged.'
}
