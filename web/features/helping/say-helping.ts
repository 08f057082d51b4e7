/** The answers on the page Helping, in words with number and period. Pure. */
import type { AnswerTimes, Helping, HelpingStepId, Topics } from '../../../shared/contract/helping.ts'
import type { Measured } from '../../../shared/contract/metric.ts'
import {
  countOf,
  formatHours,
  formatHoursInterval,
  formatPercent,
  formatPercentInterval,
  formatPeriodRange,
  joinWords,
  MIN_CASES_FOR_INTERVAL,
  MIN_CASES_FOR_PERCENT,
  sayCount,
  sayCountOf,
  sayWhen,
  startSentence,
} from '../../../shared/format.ts'
import type { Grain } from '../../../shared/period.ts'
import { lastShown, type ReportView, reasonOf } from '../metric/report-view.ts'

export const stepOf = (helping: Helping, id: HelpingStepId): Measured =>
  (helping.steps.find((step) => step.id === id) as Helping['steps'][number]).found

/** The periods shown, as a sentence takes them: in March 2025, from January to December 2025. */
export const sayPeriods = ({ from, to, grain }: { from: string; to: string; grain: Grain }): string =>
  from === to ? sayWhen(from) : `from ${formatPeriodRange(from, to, grain)}`

/** " (91 %, 86–94 %)", " (59–85 %)" of ten to 29, nothing of fewer. */
export const sayShareInBrackets = ({ value, denominator, low, high }: Measured): string => {
  if (value === null || denominator === null || low === null || high === null || denominator < MIN_CASES_FOR_INTERVAL) return ''
  const interval = formatPercentInterval(low, high)
  return denominator < MIN_CASES_FOR_PERCENT ? ` (${interval})` : ` (${formatPercent(value, denominator)}, ${interval})`
}

const were = (count: number) => (count === 1 ? 'was' : 'were')

/** What became of the questions: the first sentence of the page, and of the funnel. */
export const sayFunnel = (helping: Helping, when: string): string => {
  const [asked, inTime] = [stepOf(helping, 'asked'), stepOf(helping, 'answered_in_time')]
  if (asked.value === null) return asked.reason ?? 'What became of the questions is not known.'
  if (asked.value === 0) return `Nobody asked a question ${when}.`
  const [old, answered] = [inTime.denominator, inTime.numerator]
  if (old === null || answered === null)
    return `${startSentence(sayCountOf(asked.value, 'question was', 'questions were'))} asked ${when}. ${inTime.reason ?? ''}`.trimEnd()
  const told = stepOf(helping, 'old_enough').denominator ?? asked.value
  const young = told - old
  if (told === 0)
    return `${startSentence(sayCountOf(asked.value, 'question was', 'questions were'))} asked ${when}. ${inTime.reason ?? ''}`.trimEnd()
  if (old === 0)
    return young === 1
      ? `The only question asked ${when} is less than seven days old: too young to tell.`
      : `All ${sayCountOf(young, 'question', 'questions')} asked ${when} are less than seven days old: too young to tell.`
  const tail = young === 0 ? '' : `; ${sayCount(young)} more ${were(young)} too young to tell`
  if (old === 1)
    return `${young === 0 ? 'The only question' : 'One question'} asked ${when} was ${answered === 1 ? '' : 'not '}answered by someone else within seven days${tail}.`
  return `Of ${sayCountOf(old, 'question')} asked ${when}, ${sayOf(answered, old, ['was', 'were'])} answered by someone else within seven days${sayShareInBrackets(inTime)}${tail}.`
}

/** How many of some, with the verb that fits: none has, one has, both have, all have, six have. */
const sayOf = (k: number, all: number, [one, many]: readonly [string, string]): string => {
  if (k === 0) return `none ${one}`
  if (k === all && all > 1) return `${all === 2 ? 'both' : 'all'} ${many}`
  return `${sayCount(k)} ${k === 1 ? one : many}`
}

/** What the first sentence of the page leaves open: answered so far, accepted, thanked for. */
export const saySteps = (helping: Helping): string => {
  const [answered, accepted, thanked] = [stepOf(helping, 'answered'), stepOf(helping, 'accepted'), stepOf(helping, 'thanked')]
  const [k, all] = [answered.numerator, answered.denominator]
  if (k === null || all === null || all === 0) return sayFunnel(helping, 'in these periods')
  const first =
    all === 1
      ? `The only question asked has ${k === 1 ? 'an' : 'no'} answer so far.`
      : `Of ${sayCountOf(all, 'question')} asked, ${sayOf(k, all, ['has', 'have'])} an answer so far.`
  const parts = [
    { found: accepted, verbs: ['has an accepted one', 'have an accepted one'] as const },
    { found: thanked, verbs: ['was thanked for', 'were thanked for'] as const },
  ].flatMap(({ found: { numerator, denominator }, verbs }) =>
    numerator === null || denominator === null || denominator < 2 ? [] : [sayOf(numerator, denominator, verbs)],
  )
  return parts.length === 0 ? first : `${first} Of those old enough to tell, ${joinWords(parts)}.`
}

/** The questions that a step loses; null where it loses none, or nothing is known of it. */
export const sayFallen = (helping: Helping, id: HelpingStepId): string | null => {
  const step = stepOf(helping, id)
  const { numerator, denominator } = step
  if (id === 'asked') {
    const elsewhere = helping.elsewhere_count
    return elsewhere === 0
      ? null
      : `${sayCount(elsewhere)} answered elsewhere, as a manager says, ${elsewhere === 1 ? 'is' : 'are'} left out of what follows`
  }
  if (numerator === null || denominator === null) return null
  const lost = denominator - numerator
  if (lost <= 0) return null
  const verb = lost === 1
  const told: Record<Exclude<HelpingStepId, 'asked'>, string> = {
    answered: `${sayCount(lost)} ${verb ? 'has' : 'have'} no answer yet`,
    old_enough: `${sayCount(lost)} ${verb ? 'is' : 'are'} too young to tell`,
    answered_in_time: `${sayCount(lost)} ${verb ? 'was' : 'were'} answered later or not at all`,
    accepted: `${sayCount(lost)} ${verb ? 'has' : 'have'} no accepted answer`,
    thanked: `in ${sayCount(lost)} the asker said no thanks`,
  }
  return told[id]
}

const interval = ({ low, high }: Measured) => (low === null || high === null ? '' : ` (${formatHoursInterval(low, high)})`)

/** How long it takes to be answered. */
export const sayTimes = ({ median, p90, counts }: AnswerTimes, when: string): string => {
  if (counts === null) return median.reason ?? 'How long an answer takes is not known.'
  const { question_count: all, answered_count: answered, waiting_count: waiting } = counts
  if (all === 0) return `Nobody asked a question ${when}.`
  const still =
    waiting === 0
      ? 'None still waits.'
      : `${startSentence(sayCount(waiting))} of ${sayCountOf(all, 'question')} still ${waiting === 1 ? 'waits' : 'wait'}, and ${waiting === 1 ? 'is' : 'are'} counted as long as ${waiting === 1 ? 'it has' : 'they have'} waited.`
  if (median.status === 'too_few') {
    const got =
      all === 1
        ? `The only question asked ${when} has ${answered === 1 ? 'an answer' : 'no answer yet'}`
        : `Of ${sayCountOf(all, 'question')} asked ${when}, ${sayOf(answered, all, ['has', 'have'])} an answer so far`
    return `${got}: too few for a typical time.`
  }
  if (median.value === null) return `Not half of the ${countOf(all, 'question')} asked ${when} have an answer so far. ${still}`
  const ninth =
    p90.value === null ? '; the share has not come to nine in ten' : `, nine in ten within ${formatHours(p90.value)}${interval(p90)}`
  return `Half of the questions asked ${when} had a first answer within ${formatHours(median.value)}${interval(median)}${ninth}. ${still}`
}

/** Where much is asked and little answered. */
export const sayTopics = (topics: Topics, when: string): string => {
  const needing = topics.quarters['many-asked-few-answered']
  const { topic_count: count } = topics
  if (count === 0) return needing.reason ?? 'Nothing is known of topics.'
  const asked = `${startSentence(sayCountOf(topics.named_question_count, 'question was', 'questions were'))} asked in ${sayCountOf(count, 'topic')} ${when}`
  const hanging = sayHanging(topics.on_one_helper)
  if (needing.value === null) return `${asked}: too few topics to set them against each other.${hanging}`
  const need =
    needing.value === 0
      ? 'none is asked often and answered rarely'
      : `${sayCount(needing.value)} ${needing.value === 1 ? 'is' : 'are'} asked often and answered rarely`
  return `${asked}: ${need}.${hanging}`
}

const sayHanging = ({ numerator, denominator }: Measured): string => {
  if (numerator === null || denominator === null || denominator === 0) return ''
  if (denominator === 1)
    return ` The only topic with at least five answered questions ${numerator === 1 ? 'hangs' : 'does not hang'} on one helper.`
  return ` Of the ${sayCount(denominator)} with at least five answered questions ${sayOf(numerator, denominator, ['hangs', 'hang'])} on one helper.`
}

/** First questions and first posts of the last finished period that got a reply. */
export const sayNewcomersAnswered = (view: ReportView): string => {
  const point = lastShown(view.series('newcomers-answered-share'))
  const [k, n] = [point?.numerator ?? null, point?.denominator ?? null]
  if (point === null || k === null || n === null)
    return reasonOf(view.series('newcomers-answered-share')) ?? 'Nothing to show in these periods.'
  if (n === 1) return `The only first question or first post ${sayWhen(point.period)} got ${k === 1 ? 'a' : 'no'} reply within seven days.`
  return `Of ${sayCount(n)} first questions and first posts ${sayWhen(point.period)}, ${sayOf(k, n, ['got', 'got'])} a reply within seven days${sayShareInBrackets(point)}.`
}
