import type { Measured } from '../../../shared/contract/metric.ts'
import type { ReportBenefit } from '../../../shared/contract/value-report.ts'
import { formatHours, formatPercent, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'
import { isSmallCount } from '../cases.ts'
import { testDifference } from '../../metrics/statistics/compare-shares.ts'
import { BENEFITS, type BenefitWanted } from './benefit-figures.ts'
import { isOfFew, isShown, joinUnmeasured, makeFigure, sayShareShort } from './make-figure.ts'
import { type ReportSpan, SPANS, type SpanName, sayBefore } from './report-days.ts'
import type { Findings, ReportMaterial } from './report-material.ts'
import { sayReason } from './say-verdict.ts'

/** Spans of which one is set beside the one before it: each benefit has at most one comparison. */
const COMPARISONS = BENEFITS.length

/** The four benefits: what was measured, what members confirmed, and what nobody measures. */
export const writeBenefits = (material: ReportMaterial): ReportBenefit[] => BENEFITS.map((benefit) => writeBenefit(benefit, material))

const writeBenefit = (wanted: BenefitWanted, { days, found }: ReportMaterial): ReportBenefit => {
  const { id, title, unmeasured } = wanted
  if (days === null || found === null)
    return {
      id,
      title,
      when: null,
      sentence: 'No data reach this month, so nothing can be said of it.',
      measured: [],
      confirmed: [],
      unmeasured,
    }
  const name = chooseSpan(wanted, found)
  const span = days[name]
  const findings = found[name]
  const figures = (some: BenefitWanted['measured']) =>
    joinUnmeasured(
      some
        .map((one) => makeFigure(one, findings[one.key], span))
        .map((figure) => ({ ...figure, reason: figure.reason && sayReason(figure.reason) })),
    )
  const before = span.before === null ? {} : found[`before_${name}`]
  const measured = figures(wanted.measured)
  const confirmed = figures(wanted.confirmed)
  return {
    id,
    title,
    when: [...measured, ...confirmed].some(({ value }) => value !== null) ? span.when : null,
    sentence: SENTENCES[id](findings, span, { before, name }),
    measured,
    confirmed,
    unmeasured: [...unmeasured],
  }
}

/** The shortest that holds enough; the longest that holds anything where none does. */
const chooseSpan = ({ isEnough, measured }: BenefitWanted, found: NonNullable<ReportMaterial['found']>): SpanName => {
  const enough = SPANS.find((name) => isEnough(found[name]))
  if (enough !== undefined) return enough
  return [...SPANS].reverse().find((name) => measured.some(({ key }) => isShown(found[name][key]))) ?? 'month'
}

type Beside = { before: Findings; name: SpanName }
type Say = (found: Findings, span: ReportSpan, beside: Beside) => string

const SENTENCES: Record<ReportBenefit['id'], Say> = {
  help: (found, span, beside) => {
    const answered = found['answered-share']
    if (answered?.status === 'not_available') return 'No source tells who asked, so whether members were helped is not known.'
    if (answered?.status === 'withheld') return 'Too little is certain about who answered whom to say whether members were helped.'
    if (!isShown(answered) || !answered.denominator)
      return answered?.reason?.startsWith('No question of')
        ? 'What was asked is too young to be counted.'
        : `Nobody asked a question ${span.when}.`
    const when = startSentence(span.when)
    const said = `${when}, ${sayHowMany(answered, 'question', 'questions')} ${answered.numerator === 1 ? 'was' : 'were'} answered${sayHalf(found['time-to-first-answer'])}.`
    return `${said}${compare(answered, beside.before['answered-share'], beside.name)}`
  },
  observing: (found, span) => {
    const observers = found['observers-share']
    if (observers?.status === 'not_available') return 'Many learn by reading along; how many did, no source tells.'
    if (!isShown(observers) || !observers.denominator) return 'Who read along cannot be told.'
    if (observers.numerator === 0) return `No member was seen reading an answer given to someone else ${span.when}.`
    if (isOfFew(observers)) return `Who read along ${span.when} is too small a group to speak of.`
    return `${startSentence(span.when)}, ${sayPart(observers)} of the members read what others were answered.`
  },
  experience: (found, span) => {
    const helpers = found.helpers
    if (helpers?.status === 'not_available') return 'No source tells who asked, so who shared experience by answering is not known.'
    if (!isShown(helpers)) return 'Who shared experience cannot be told.'
    if (helpers.value === 0) return `Nobody answered anybody ${span.when}.`
    if (isSmallCount(helpers.value ?? 0)) return 'So few people answer that nothing more is told of them here.'
    return sayHanging(found['top-share-of-answers'])
  },
  practices: (found, span) => {
    const [shared, reused] = [found['practices-shared'], found['practices-reused']]
    if (shared?.status === 'not_available') return 'No source tells which practices were shared or used.'
    if (!isShown(shared) || !isShown(reused)) return 'Which practices were shared cannot be told.'
    const [s, r] = [shared.value ?? 0, reused.value ?? 0]
    if (s === 0 && r === 0) return `No practice was shared ${span.when}, and none was put to use.`
    if (r === 0) return `What was shared ${span.when} has not been put to use by others, as far as they said.`
    return `What worked for one was used by others ${span.when}.`
  },
}

/** How many were answered, in words an ear can hold; the figure stands beside it. */
const sayHowMany = (share: Measured, one: string, many: string): string => {
  const { numerator: k = 0, denominator: n = 0 } = share
  if (k === null || n === null || n === 0) return `no ${many}`
  if (n < 10)
    return k === n ? (n === 1 ? `the only ${one}` : `all ${sayCount(n)} ${many}`) : `${sayCount(k)} of ${sayCountOf(n, one, many)}`
  const p = k / n
  if (k === n) return `every ${one}`
  if (k === 0) return `no ${one}`
  if (p >= 0.9) return `nearly every ${one}`
  if (p >= 0.6) return `most ${many}`
  if (p >= 0.4) return `about half of the ${many}`
  if (p >= 0.1) return `fewer than half of the ${many}`
  return `hardly any ${one}`
}

const sayPart = (share: Measured): string => {
  const p = (share.numerator ?? 0) / (share.denominator ?? 1)
  if (p === 1) return 'all'
  if (p >= 0.9) return 'nearly all'
  if (p >= 0.6) return 'most'
  if (p >= 0.4) return 'about half'
  if (p >= 0.29) return 'about a third'
  if (p >= 0.22) return 'about a quarter'
  if (p >= 0.1) return 'a minority'
  return 'few'
}

const sayHalf = (waiting: Measured | undefined): string => {
  if (!isShown(waiting) || waiting.value === null) return ''
  if (waiting.value <= 24) return ', half of them within a day'
  return waiting.value <= 72 ? ', half of them within three days' : ', but half of those who asked waited longer than three days'
}

const sayHanging = (top: Measured | undefined): string => {
  if (!isShown(top) || top.value === null) return 'Knowledge comes from several people; there are too few answers to say how evenly.'
  if (top.value >= 0.5) return 'Most answers come from one person: should that person leave, much would leave with them.'
  if (top.value >= 0.35) return 'More than a third of the answers come from one person.'
  return 'Knowledge does not hang on one person.'
}

/** One span beside the one before, only where chance leaves no room for none: said with both figures. */
const compare = (now: Measured, before: Measured | undefined, name: SpanName): string => {
  if (!isShown(now) || !isShown(before) || now.is_inferred || before.is_inferred) return ''
  const [a, b] = [shareOf(before), shareOf(now)]
  if (a === null || b === null) return ''
  if (testDifference(a, b, COMPARISONS)?.finding !== 'differs') return ''
  return ` That is ${b.k / b.n > a.k / a.n ? 'more' : 'fewer'} than ${sayBefore[name]}: ${sayShareShort(before)}.`
}

const shareOf = ({ numerator, denominator }: Measured) =>
  numerator === null || denominator === null || denominator < 10 ? null : { k: numerator, n: denominator }

export const sayRough = formatPercent
export const sayTime = formatHours
