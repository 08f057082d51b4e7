/** The answers under the charts' questions, in words with number and period. Each takes the report and gives a sentence. */
import type { Point } from '../../../shared/contract/metric.ts'
import {
  formatCount,
  formatDecimal,
  formatHours,
  formatPeriod,
  formatPeriodRange,
  formatShare,
  joinWords,
  sayCount,
  sayCountOf,
  sayWhen,
  startSentence,
} from '../../../shared/format.ts'
import { isNotAvailable, lastFinished, lastShown, type ReportView, reasonOf, sumOf } from './report-view.ts'

type Say = (view: ReportView) => string

const NOTHING = 'Nothing to show in these periods.'
/** From March 2025 to …, as the range of the report. */
const span = ({ report }: ReportView): string => `from ${formatPeriodRange(report.from, report.to, report.grain)}`
const orReason = (view: ReportView, key: string): string => reasonOf(view.series(key)) ?? NOTHING
const share = (point: Point): string => formatShare(point) ?? 'not known'
/** "74 % of 42", or "4 of 7" where a percentage would say too much; without the interval, for sentences that list several. */
const plainShare = (point: Point): string => formatShare({ ...point, low: null, high: null }) ?? 'not known'

export const sayFlow: Say = (view) => {
  const [joined, left] = [sumOf(view.series('joins')), sumOf(view.series('leavers'))]
  if (joined === null) return orReason(view, 'joins')
  if (left === null) return `${startSentence(sayCountOf(joined, 'person', 'people'))} joined ${span(view)}. Who left is not known.`
  const net = joined - left
  const change = net === 0 ? 'as many as left' : net > 0 ? `${sayCount(net)} more than left` : `${sayCount(-net)} fewer than left`
  return `${startSentence(sayCountOf(joined, 'person', 'people'))} joined and ${sayCount(left) === 'no' ? 'none' : sayCount(left)} left ${span(view)}${joined === 0 && left === 0 ? '.' : `: ${change}.`}`
}

export const sayFirstSeen: Say = (view) => {
  const seen = sumOf(view.series('first-seen'))
  return seen === null
    ? orReason(view, 'first-seen')
    : `${startSentence(sayCountOf(seen, 'person was', 'people were'))} seen for the first time ${span(view)}.`
}

/** Where no source tells who joined, everyone seen so far stands in for the members. */
export const cannotTellMembers = (view: ReportView): boolean => isNotAvailable(view.series('joins'))

export const sayMembers: Say = (view) => {
  const now = lastFinished(view.series('members'))
  const active = lastFinished(view.series('active-people'))
  if (now?.value == null) return orReason(view, 'members')
  const took = active?.value == null ? '' : `; ${active.value === 0 ? 'nobody' : sayCount(active.value)} took part in that period`
  const end = `the end of ${formatPeriod(now.period)}`
  if (cannotTellMembers(view))
    return `${startSentence(sayCountOf(now.value, 'person has', 'people have'))} been seen here by ${end}${took}.`
  return `${startSentence(sayCountOf(now.value, 'member'))} at ${end}${took}.`
}

export const sayContributions: Say = (view) => {
  const total = sumOf(view.series('contributions'))
  const last = lastFinished(view.series('contributions'))
  if (total === null) return orReason(view, 'contributions')
  return `${startSentence(sayCountOf(total, 'contribution'))} ${span(view)}${last?.value == null ? '' : `, ${last.value === 0 ? 'none' : sayCount(last.value)} of them ${sayWhen(last.period)}`}.`
}

export const CATEGORY_WORDS: Record<string, string> = {
  help: 'Help',
  discussion: 'Discussion',
  broadcast: 'Broadcast',
  news: 'News',
  work: 'Work',
  other: 'Other',
}

export const sayMix: Say = (view) => {
  const parts = Object.keys(CATEGORY_WORDS)
    .map((category) => ({ category, point: lastShown(view.series(`content-mix:${category}`)) }))
    .filter((part): part is { category: string; point: Point } => part.point?.numerator != null && part.point.numerator > 0)
  const period = parts.reduce((latest, { point }) => (point.period > latest ? point.period : latest), '')
  const [first, second] = parts
    .filter(({ point }) => point.period === period)
    .sort((a, b) => (b.point.numerator ?? 0) - (a.point.numerator ?? 0))
  if (first === undefined) return orReason(view, 'content-mix:help')
  const name = (part: { category: string; point: Point }) => `${CATEGORY_WORDS[part.category]?.toLowerCase()} (${plainShare(part.point)})`
  const cases = first.point.denominator === null ? '' : ` of ${sayCountOf(first.point.denominator, 'contribution')}`
  return `${startSentence(sayWhen(period))} the largest part${cases} was ${name(first)}${second === undefined ? '.' : `, then ${name(second)}.`}`
}

export const sayTopShare: Say = (view) => {
  const all = lastShown(view.series('top-share'))
  if (all === null) return orReason(view, 'top-share')
  const at = (key: string) =>
    view.series(key)?.points.find((p) => p.period === all.period && (p.value !== null || p.status === 'count_only'))
  const [starts, answers] = [at('top-share-of-starts'), at('top-share-of-answers')]
  const parts = [`made ${plainShare(all)} of all contributions`]
  if (starts !== undefined) parts.push(`one started ${plainShare(starts)} of threads`)
  if (answers !== undefined) parts.push(`one gave ${plainShare(answers)} of answers`)
  return `${startSentence(sayWhen(all.period))} one person ${joinWords(parts)}.`
}

export const sayVoices: Say = (view) => {
  const all = lastShown(view.series('effective-voices'))
  if (all?.value == null) return orReason(view, 'effective-voices')
  const active = view.series('active-people')?.points.find((p) => p.period === all.period)?.value
  const of = active == null ? '' : `, of ${sayCountOf(active, 'person', 'people')} who took part`
  return `${startSentence(sayWhen(all.period))} it was as if ${formatDecimal(all.value)} people had spoken equally often${of}.`
}

export const sayAbsence: Say = (view) => {
  const all = lastShown(view.series('absence-factor'))
  if (all?.value == null) return orReason(view, 'absence-factor')
  const answers = view.series('absence-factor-of-answers')?.points.find((p) => p.period === all.period)?.value
  const active = view.series('active-people')?.points.find((p) => p.period === all.period)?.value
  const of = active == null ? '' : ` of ${sayCountOf(active, 'person', 'people')}`
  return `${startSentence(sayWhen(all.period))} ${sayCount(all.value)}${of} made half of all contributions${answers == null ? '' : `, ${sayCount(answers)} gave half of the answers`}.`
}

export const sayHost: Say = (view) => {
  const host = lastShown(view.series('host-share'))
  return host === null
    ? orReason(view, 'host-share')
    : `${startSentence(sayWhen(host.period))} ${share(host)} of contributions lay in threads started by one and the same person.`
}

export const sayQuestions: Say = (view) => {
  const total = sumOf(view.series('questions'))
  const last = lastFinished(view.series('questions'))
  if (total === null) return orReason(view, 'questions')
  return `${startSentence(total === 0 ? 'no questions were' : sayCountOf(total, 'question was', 'questions were'))} asked ${span(view)}${last?.value == null || total === 0 ? '' : `, ${last.value === 0 ? 'none' : sayCount(last.value)} of them ${sayWhen(last.period)}`}.`
}

export const sayAnswered: Say = (view) => {
  const answered = lastShown(view.series('answered-share'))
  if (answered === null) return orReason(view, 'answered-share')
  const [of, k] = [answered.denominator, answered.numerator]
  if (of === null || k === null)
    return `Of the questions asked ${sayWhen(answered.period)}, ${share(answered)} had an answer within seven days.`
  const detail =
    of >= 30
      ? ` (${share(answered).replace(' (', '; ').replace(/\)$/, '')})`
      : of >= 10
        ? ` (${(share(answered).match(/\((.*)\)/) ?? [])[1] ?? ''})`
        : ''
  return `Of ${sayCountOf(of, 'question')} asked ${sayWhen(answered.period)}, ${k === 0 ? 'none' : sayCount(k)} had an answer from someone else within seven days${detail}.`
}

export const sayTime: Say = (view) => {
  const median = lastShown(view.series('time-to-first-answer'))
  if (median?.value == null) return orReason(view, 'time-to-first-answer')
  const slow = view.series('time-to-first-answer-p90')?.points.find((p) => p.period === median.period)?.value
  return `Half of the questions asked ${sayWhen(median.period)} had their first answer within ${formatHours(median.value)}${slow == null ? '' : `, nine in ten within ${formatHours(slow)}`}. Those still waiting are counted.`
}

export const sayHelpers: Say = (view) => {
  const helpers = lastFinished(view.series('helpers'))
  if (helpers?.value == null) return orReason(view, 'helpers')
  return helpers.value === 0
    ? `Nobody answered anybody ${sayWhen(helpers.period)}.`
    : `${startSentence(sayCountOf(helpers.value, 'person', 'people'))} helped someone else ${sayWhen(helpers.period)}.`
}

export const sayTwoWay: Say = (view) => {
  const both = lastShown(view.series('two-way-share'))
  if (both === null) return orReason(view, 'two-way-share')
  return `${startSentence(sayWhen(both.period))} ${share(both)} of those who gave or received help did both.`
}

export const sayReciprocity: Say = (view) => {
  const r = lastShown(view.series('direct-reciprocity'))
  if (r?.value == null) return orReason(view, 'direct-reciprocity')
  const rho = view.series('reciprocity-rho')?.points.find((p) => p.period === r.period)?.value
  const chance =
    rho == null ? '' : `, ${rho > 0.01 ? 'more than' : rho < -0.01 ? 'less than' : 'about as often as'} chance alone would give`
  return `${startSentence(sayWhen(r.period))} ${r.value === 0 ? 'no helper was helped back by the person helped' : `${share(r)} of helpers were helped back by the person they helped`}${chance}.`
}

/** How the sum of a flow compares with that of the periods before; null where either is not known. */
export const saySumBefore = (view: ReportView, before: ReportView, key: string, one: string, many: string): string | null => {
  const was = sumOf(before.series(key))
  return was === null || sumOf(view.series(key)) === null
    ? null
    : `${startSentence(formatPeriodRange(before.report.from, before.report.to, before.report.grain))}: ${formatCount(was)} ${was === 1 ? one : many}.`
}
