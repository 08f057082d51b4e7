import type { Measured } from '../../../shared/contract/metric.ts'
import type { ReportBenefit, ReportFigure } from '../../../shared/contract/value-report.ts'
import { formatCount, MIN_CASES_FOR_INTERVAL, sayCount, sayCountOf, startSentence } from '../../../shared/format.ts'
import { isSmallCount } from '../cases.ts'
import { testDifference } from '../../metrics/statistics/compare-shares.ts'
import { BENEFITS, type BenefitWanted } from './benefit-figures.ts'
import { isOfFew, isShown, joinUnmeasured, makeFigure, sayShareShort } from './make-figure.ts'
import { type ReportSpan, SPANS, type SpanName, sayBefore } from './report-days.ts'
import type { Findings, ReportMaterial } from './report-material.ts'
import type { Confirmations } from './read-claims.ts'
import { SMALL_GROUP } from './say-reason.ts'
import { sayFraction } from './say-fraction.ts'

/** Spans of which one is set beside the one before it: each benefit has at most one comparison. */
const COMPARISONS = BENEFITS.length

/** The four benefits: what was measured, what members confirmed, and what nobody measures. */
export const writeBenefits = (material: ReportMaterial): ReportBenefit[] => BENEFITS.map((benefit) => writeBenefit(benefit, material))

const writeBenefit = (wanted: BenefitWanted, material: ReportMaterial): ReportBenefit => {
  const {
    days,
    found,
    sources,
    confirmations,
    cost_and_claims: { claims },
  } = material
  const { id, title } = wanted
  const unmeasured = id === 'help' && claims.claim_count === 0 ? [...wanted.unmeasured, TIME_SAVED] : [...wanted.unmeasured]
  if (days === null || found === null) return { id, title, when: null, sentence: 'Not known.', measured: [], confirmed: [], unmeasured: [] }
  const name = chooseSpan(wanted, found)
  const span = days[name]
  const findings = found[name]
  const isJoinTold = sources.some((source) => source.tells.includes('joins'))
  const figures = (some: BenefitWanted['measured']) =>
    joinUnmeasured(
      some.map((one) =>
        makeFigure({ ...one, label: isJoinTold ? one.label : one.label.replace(/^Members/, 'People') }, findings[one.key], span),
      ),
    )
  const measured = figures(wanted.measured)
  const said = new Set(measured.map(({ reason }) => reason))
  // what is not measured for the same reason is said once
  const confirmed = figures(wanted.confirmed).filter(({ reason }) => reason === null || !said.has(reason))
  const replied = id === 'help' && confirmations !== null ? makeReplied(confirmations[name], span) : null
  if (replied !== null) confirmed.push(replied)
  const before = span.before === null ? {} : found[`before_${name}`]
  return {
    id,
    title,
    when: [...measured, ...confirmed].some(({ value }) => value !== null) ? span.when : null,
    sentence: SENTENCES[id](findings, span, { before, name, isJoinTold }),
    measured,
    confirmed,
    unmeasured,
  }
}

/** What askers said who were asked whether it was solved; null where nobody was asked. */
const makeReplied = (confirmations: Confirmations, span: ReportSpan): ReportFigure | null => {
  const { asked_count, replied_count, solved_count } = confirmations
  if (asked_count === 0) return null
  const { asked_people_count, replied_people_count, solved_people_count, other_people_count } = confirmations
  const isHidden = [asked_people_count, replied_people_count, solved_people_count, other_people_count].some(isSmallCount)
  const value =
    replied_count === 0
      ? `None of ${formatCount(asked_count)} asked has replied`
      : `${formatCount(solved_count)} of ${formatCount(replied_count)} who replied, of ${formatCount(asked_count)} asked`
  return {
    id: 'solved',
    label: 'Askers who said that it was solved',
    value: isHidden ? null : value,
    reason: isHidden ? SMALL_GROUP : null,
    metric: null,
    period: span.label,
    when: span.when,
    numerator: isHidden ? null : solved_count,
    denominator: isHidden ? null : replied_count,
    note: 'solved',
  }
}

const TIME_SAVED = { label: 'Time it saved', reason: 'Only those who asked can say, and none of them has.' }

/** The shortest that holds enough; the longest that holds anything where none does. */
const chooseSpan = ({ isEnough, measured }: BenefitWanted, found: NonNullable<ReportMaterial['found']>): SpanName => {
  const enough = SPANS.find((name) => isEnough(found[name]))
  if (enough !== undefined) return enough
  return [...SPANS].reverse().find((name) => measured.some(({ key }) => isShown(found[name][key]))) ?? 'month'
}

type Beside = { before: Findings; name: SpanName; isJoinTold: boolean }
type Say = (found: Findings, span: ReportSpan, beside: Beside) => string

const SENTENCES: Record<ReportBenefit['id'], Say> = {
  help: (found, span, beside) => {
    const answered = found['answered-share']
    if (answered?.status === 'not_available' || answered?.status === 'withheld') return 'Whether members were helped is not known.'
    if (!isShown(answered) || !answered.denominator)
      return answered?.reason?.startsWith('No question of')
        ? 'What was asked is too young to say how it ended.'
        : `Nobody asked a question ${span.when}.`
    if (isSmallCount(answered.denominator)) return `Those who asked ${span.when} are too few to speak of.`
    const half = sayHalf(found['time-to-first-answer'])
    return `${startSentence(sayAnswered(answered))}${half}.${compare(answered, beside.before['answered-share'], beside.name)}`
  },
  observing: (found, span, { isJoinTold }) => {
    const observers = found['observers-share']
    if (!isShown(observers) || !observers.denominator) return 'Whether members learned by reading along is not known.'
    const who = isJoinTold ? 'members' : 'people seen here'
    if (observers.numerator === 0) return `None of the ${who} opened an answer given to someone else.`
    if (isOfFew(observers)) return `Those who read along ${span.when} are too few to speak of.`
    return `${startSentence(sayFraction((observers.numerator ?? 0) / observers.denominator, who))} read what others were answered.`
  },
  experience: (found, span) => {
    const helpers = found.helpers
    if (!isShown(helpers)) return 'Who shares experience by answering is not known.'
    if (helpers.value === 0) return `Nobody answered anybody ${span.when}.`
    if (isSmallCount(helpers.value ?? 0)) return `Those who answered ${span.when} are too few to speak of.`
    return sayHanging(found['top-share-of-answers'])
  },
  practices: (found, span) => {
    const [shared, reused] = [found['practices-shared'], found['practices-reused']]
    if (!isShown(shared) || !isShown(reused)) return 'Whether members share what works is not known.'
    if (shared.value === 0 && reused.value === 0) return `No practice was shared ${span.when}, and none was put to use.`
    if (reused.value === 0) return 'What was shared has not been put to use by others, as far as anybody said.'
    return 'What worked for one was put to use by others.'
  },
}

/** How many were answered, in words an ear can hold; the figure stands beside it. */
const sayAnswered = ({ numerator, denominator }: Measured): string => {
  const [k, n] = [numerator ?? 0, denominator ?? 0]
  if (k === 0) return 'no question was answered'
  if (k === n) return 'every question was answered'
  if (n < MIN_CASES_FOR_INTERVAL) return `${sayCount(k)} of ${sayCountOf(n, 'question')} ${k === 1 ? 'was' : 'were'} answered`
  if (k / n >= 0.95) return 'nearly every question was answered'
  return k / n >= 0.05 ? `${sayFraction(k / n, 'questions')} were answered` : 'hardly any question was answered'
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
  numerator === null || denominator === null || denominator < MIN_CASES_FOR_INTERVAL ? null : { k: numerator, n: denominator }
