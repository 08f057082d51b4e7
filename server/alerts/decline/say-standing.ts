/** How it stands at the end of a week, and why it cannot be judged. */
import type { AlertCourse } from '../../../shared/contract/alert.ts'
import { formatDay, startSentence } from '../../../shared/format.ts'
import { describeSeries } from '../../diagnosis/direction/describe-series.ts'
import { DIRECTION_SERIES } from '../../../shared/contract/verdict.ts'
import type { DeclineFrom } from './follow-decline.ts'
import { mondayOf, namedAt } from './follow-decline.ts'
import { SERIES_WORDS, saySeries } from './say-series.ts'
import { saySpan } from './tell-decline.ts'

/** The reason that most of the series have; null where one can be judged. */
export const whyNot = ({ all, followed }: DeclineFrom, week: number): string | null => {
  if (followed.statistics[week] !== null) return null
  if (all.length === 0) return 'No source tells of joins, contributions or questions.'
  const reasons = all.map((series, i) => {
    const reading = followed.readings[week]?.[i]
    return describeSeries(series, i, { week, worse: null, better: null }, { worse: reading, better: undefined }).reason ?? ''
  })
  const groups = [
    ...Map.groupBy(
      reasons.filter((reason) => reason !== ''),
      (reason) => reason,
    ),
  ].sort(([, a], [, b]) => b.length - a.length)
  return groups[0]?.[0] ?? 'Too little is told, or too little happens.'
}

export const periodsOf = (from: DeclineFrom): AlertCourse['periods'] =>
  from.weeks.map(({ from_on }, week) => {
    const state = from.followed.weeks[week]
    const notice = state?.notice ?? null
    const statistic = from.followed.statistics[week] ?? null
    return {
      on: from_on,
      statistic: statistic === null ? null : Number(Math.max(0, statistic).toFixed(4)),
      is_standing: Boolean(state?.change),
      notice: notice === 'settled' ? null : notice,
      reason: whyNot(from, week),
    }
  })

const NEAR = 0.7

export const sayStanding = (from: DeclineFrom): string => {
  const week = from.weeks.length - 1
  const change = from.followed.weeks[week]?.change
  if (change) {
    const [first] = namedAt(from, change.since, week)
    const calm = change.calm > 0 ? ' The last weeks look like before; it is over once that has held for four.' : ''
    const now = first ? ` ${startSentence(saySeries(first.told, saySpan(from, first)))}.` : ''
    return `Noticed in the week of ${formatDay(mondayOf(from, change.since))}.${now}${calm}`
  }
  const reason = whyNot(from, week)
  if (reason !== null) return `It cannot be judged. ${reason}`
  const judged = from.all.filter((_, i) => from.followed.readings[week]?.[i]?.fast || from.followed.readings[week]?.[i]?.slow)
  const names = DIRECTION_SERIES.filter((id) => judged.some((series) => series.id === id)).map((id) => SERIES_WORDS[id].inside)
  const list = names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  const isNear = (from.followed.statistics[week] ?? 0) >= NEAR
  return isNear
    ? `Nothing stands, but it is near: ${list} are judged, and at least one is almost as far from usual as an alert takes.`
    : `Nothing stands: ${list} are no further from usual than they swing here by themselves.`
}
