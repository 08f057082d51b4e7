/** By which rules something stands in today's list, in words. */
import { countOf, formatDecimal } from '../../../shared/format.ts'
import type { CareKind } from '../../../shared/contract/today.ts'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { MIN_ANSWERED_IN_TOPIC } from '../../metrics/sample-minima.ts'
import { TOPIC_DAYS, type HangingTopic } from './hanging-topics.ts'
import type { QuietRegular } from './quiet-regulars.ts'
import { HABIT_WEEKS, MAX_SILENT_DAYS, MIN_SILENT_DAYS, REGULAR_WEEKS, TIMES_LONGEST } from './quiet-rule.ts'
import { DAY_MS, WORTH_DAYS } from './today-scope.ts'
import type { Waiting } from './waiting.ts'

export const CARE_RULES: Record<CareKind, string> = {
  unanswered_question:
    `Questions up to ${WORTH_DAYS} days old that nobody else has answered: whoever asked longer ago has found another way by now (our judgement). ` +
    `First those that can still be answered within ${ANSWER_DAYS} days, the one with least time left first; then the others, the youngest first.`,
  waiting_newcomer: `Somebody’s first question or first post, up to ${WORTH_DAYS} days old, that nobody else has replied to. Such a question is listed here only.`,
  quiet_regular:
    `People who wrote in at least ${REGULAR_WEEKS} of the ${HABIT_WEEKS} weeks up to their last day, and have been silent for ${MIN_SILENT_DAYS} to ${MAX_SILENT_DAYS} days and at least ` +
    `${TIMES_LONGEST === 2 ? 'twice' : `${formatDecimal(TIMES_LONGEST)} times`} as long as ever in the year before (our judgement). Days on which everyone was quieter than usual do not count as silence.`,
  topic_on_one: `Topics of the last ${TOPIC_DAYS} days with at least ${MIN_ANSWERED_IN_TOPIC} answered questions in which one person gave all the answers. A topic that is done comes back after ${TOPIC_DAYS} days, or when it hangs on somebody else.`,
}

const sayAge = (ms: number): string => {
  const hours = Math.max(1, Math.floor(ms / 3_600_000))
  return hours < 48 ? countOf(hours, 'hour') : countOf(Math.floor(hours / 24), 'day')
}

const THREADS_INFERRED = 'As far as names and times tell, since nobody used threads.'

/** Why a question or a first post waits. `is_inferred` here: nobody's answer was found by names and times. */
export const sayWaiting = (
  { kind, since }: Pick<Waiting, 'kind' | 'since'>,
  isNewcomer: boolean,
  isChat: boolean,
  knownBy: Date,
): string => {
  const age = knownBy.getTime() - since.getTime()
  const left = ANSWER_DAYS * DAY_MS - age
  const what = isNewcomer ? `Their first ${kind}` : 'A question'
  const waits = `${what}, waiting ${sayAge(age)} for ${isNewcomer ? 'a reply' : 'an answer'}.`
  const time = left > 0 ? ` ${sayAge(left)} left to ${isNewcomer ? 'reply' : 'answer'} within ${ANSWER_DAYS} days.` : ''
  return `${waits}${time}${isChat ? ` ${THREADS_INFERRED}` : ''}`
}

export const sayQuiet = (one: QuietRegular): string => {
  const habit = `Wrote on ${countOf(one.habit_days, 'day')} in ${countOf(one.habit_weeks, 'week')} of the ${HABIT_WEEKS} up to their last, never more than ${countOf(one.longest_gap, 'day')} apart in a year.`
  const silent =
    one.silent_days === one.calendar_days
      ? `Silent for ${countOf(one.calendar_days, 'day')} now.`
      : `Silent for ${countOf(one.calendar_days, 'day')} now, on ${one.silent_days} of which others wrote as much as usual.`
  return `${habit} ${silent}${one.read_on === null ? '' : ' They still come to read.'}`
}

export const sayTopic = ({ questions, answered, answers }: HangingTopic): string =>
  `One person gave ${answers === answered ? `the answers to all ${answered} questions` : `all ${answers} answers to the ${answered} questions`} that were answered, of ${questions} asked in ${TOPIC_DAYS} days.`
