/** What limits of another strictness would have told over the past, beside those of now. */
import type { AlertCourse } from '../../../shared/contract/alert.ts'
import { formatDay, sayCountOf, sayTimes, startSentence } from '../../../shared/format.ts'
import { daysBetween } from '../../../shared/period.ts'

type Told = AlertCourse['alerts'][number]

/** Beginnings further apart than this are two things, not one told later (our judgement: the longest window that is judged). */
const SAME_WITHIN_DAYS = 182

export type Compared = { on: string; headline: string; what: 'same' | 'later' | 'sooner' | 'missing' | 'added'; days: number }

const reaches = ({ began_on, ended_on }: Told, on: string): boolean => began_on <= on && (ended_on === null || on <= ended_on)

/** Two that stand at one time, or begin near each other, tell of one thing. */
const areSame = (a: Told, b: Told): boolean =>
  reaches(a, b.began_on) || reaches(b, a.began_on) || Math.abs(daysBetween(a.began_on, b.began_on)) <= SAME_WITHIN_DAYS

/** Each alert of now, and of the replay, with what becomes of it; in the order of time. Each is held against the nearest that is left. */
export const compareReplay = (now: readonly Told[], replay: readonly Told[]): Compared[] => {
  const free = new Set(replay)
  const compared = now.map((told): Compared => {
    const same = [...free]
      .filter((other) => areSame(told, other))
      .sort((a, b) => Math.abs(daysBetween(told.began_on, a.began_on)) - Math.abs(daysBetween(told.began_on, b.began_on)))[0]
    const base = { on: told.began_on, headline: told.headline }
    if (same === undefined) return { ...base, what: 'missing', days: 0 }
    free.delete(same)
    const days = daysBetween(told.began_on, same.began_on)
    return { ...base, what: days === 0 ? 'same' : days > 0 ? 'later' : 'sooner', days: Math.abs(days) }
  })
  const added = [...free].map((told): Compared => ({ on: told.began_on, headline: told.headline, what: 'added', days: 0 }))
  return [...compared, ...added].sort((a, b) => (a.on < b.on ? -1 : 1))
}

const sayDays = (days: number): string => (days % 7 === 0 ? sayCountOf(days / 7, 'week') : sayCountOf(days, 'day'))

export const sayCompared = ({ what, days }: Compared): string => {
  if (what === 'missing') return 'would not be told'
  if (what === 'added') return 'would be told as well'
  return what === 'same' ? 'told the same' : `told ${sayDays(days)} ${what}`
}

/** What changes over the past, in a sentence. */
export const sayReplay = (compared: readonly Compared[], years: number): string => {
  const count = (what: Compared['what']) => compared.filter((one) => one.what === what).length
  const total = compared.length - count('missing')
  const before = compared.length - count('added')
  const over =
    years >= 1
      ? Math.round(years) === 1
        ? ' in the year that could be judged'
        : ` in the ${Math.round(years)} years that could be judged`
      : ''
  if (compared.length === 0) return `It would have told nothing${over}, as now.`
  const parts = [
    ...(count('missing') > 0 ? [`${sayCountOf(count('missing'), 'alert')} fewer`] : []),
    ...(count('added') > 0 ? [`${sayCountOf(count('added'), 'alert')} more`] : []),
    ...(count('later') > 0 ? [`${sayCountOf(count('later'), 'alert')} later`] : []),
    ...(count('sooner') > 0 ? [`${sayCountOf(count('sooner'), 'alert')} sooner`] : []),
  ]
  const said = `It would have told ${total === 0 ? 'nothing' : sayTimes(total)}${over}, and tells ${before === 0 ? 'nothing' : sayTimes(before)} now`
  return `${said}${parts.length === 0 ? ', each at the same time.' : `: ${parts.join(', ')}.`}`
}

/** From when to when one stood, for a reader who sees no drawing. */
export const sayStood = ({ began_on, ended_on }: Told): string =>
  ended_on === null ? `since ${formatDay(began_on)}` : `${formatDay(began_on)} to ${formatDay(ended_on)}`

export const sayStandings = (told: readonly Told[]): string =>
  told.length === 0 ? 'Nothing told' : startSentence(told.map(sayStood).join('; '))
