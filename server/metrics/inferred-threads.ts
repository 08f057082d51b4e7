import type { Measured } from '../../shared/contract/metric.ts'
import { countOf, formatCount, formatPercent, MIN_INFERRED_QUESTIONS } from '../../shared/format.ts'
import type { AnyMetric, ThreadBasis } from './metric.ts'
import type { Reading } from './reading.ts'
import type { Inference } from './readings/inference.ts'
import { MIN_SAID_SHARE } from './sample-minima.ts'

/**
 * What threads that were inferred do to numbers, decided in this one place. Held against conversations annotated by hand, who
 * answers whom is mostly found right, but shares of answered questions are off by several points either way (docs/threads.md),
 * and where answers come late and name nobody they are missed. So such a number is marked, withheld when small, and never counted
 * together with questions whose threads the source says.
 */
type Reach =
  // rests on the questions of the period and who answered them
  | 'questions'
  // rests on who was answered of the people of the period
  | 'starts'
  // rests on questions and answers of any time
  | 'any time'
  // rests on what opened a thread and who joined it, whoever it helped
  | 'threads'

const REACH_OF_READING: Record<string, Reach> = {
  episodes: 'questions',
  acknowledgements: 'questions',
  'without-top-helpers': 'questions',
  'peer-answers': 'questions',
  topics: 'questions',
  'help-exchange': 'questions',
  'help-structure': 'questions',
  'first-starts': 'starts',
  'helped-joiners': 'any time',
  observing: 'any time',
  'first-observations': 'any time',
  'benefit-stock': 'any time',
  'content-mix-counts': 'threads',
  'top-host': 'threads',
}
const OF_STARTS = /-of-starts$/

/** How a metric rests on threads; null where it does not. */
export const threadReachOf = (metric: AnyMetric): Reach | null =>
  // how many were asked hangs on no answer
  metric.id === 'questions'
    ? 'threads'
    : (REACH_OF_READING[metric.reading.id] ??
      (metric.needs.includes('questions') ? 'questions' : OF_STARTS.test(metric.id) ? 'threads' : null))

/** Whether a community's questions were asked in threads, in flat chats, or in both. */
export const threadBasisOf = (questions: number, inferred: number): ThreadBasis => {
  if (inferred === 0) return 'said'
  return questions - inferred < questions * MIN_SAID_SHARE ? 'inferred' : 'both'
}

/** Whether a metric leaves flat chats out: questions with threads and without are not counted together. */
export const leavesChatsOut = (metric: AnyMetric, basis: ThreadBasis): boolean => basis === 'both' && threadReachOf(metric) === 'questions'

/** Contributions whose threads the source says, in the place of all. */
const SAID = 'said_contribution'

/** The reading over what lies outside flat chats: its definition, which reads contributions alone. */
export const withoutChats = <Row>({ now: _, ...reading }: Reading<Row>): Reading<Row> => ({
  ...reading,
  sql: reading.sql
    .replace(/\b(from|join) contribution\b/g, `$1 ${SAID}`)
    .replace(
      /^with /m,
      `with ${SAID} as not materialized (select * from contribution where community_id = $1 and inferred_link is null),\n`,
    ),
})

/** The point as it may be shown, by what is inferred in its period. */
export const markInferred = (metric: AnyMetric, measured: Measured, period: Inference, basis: ThreadBasis): Measured => {
  const reach = threadReachOf(metric)
  if (reach === null || basis === 'said' || NOTHING_TO_MARK.has(measured.status)) return measured
  const { question_count, inferred_question_count, inferred_count } = period
  if (reach === 'questions' && basis === 'both') {
    if (inferred_question_count === 0) return measured
    return withReason(measured, `${sayChatQuestions(inferred_question_count)} left out: their threads are inferred.`)
  }
  const isTouched = reach === 'questions' ? inferred_question_count > 0 : reach === 'any time' || inferred_count > 0
  if (!isTouched) return measured
  if ((reach === 'questions' || reach === 'starts') && question_count < MIN_INFERRED_QUESTIONS)
    return {
      value: null,
      numerator: null,
      denominator: null,
      n: null,
      low: null,
      high: null,
      status: 'withheld',
      reason: `Threads are inferred here, and a period with fewer than ${MIN_INFERRED_QUESTIONS} questions then says too little.`,
      is_inferred: true,
    }
  return { ...withReason(measured, sayInferred(reach, period)), is_inferred: true }
}

/** They say that there is nothing, or that nothing can be told. */
const NOTHING_TO_MARK: ReadonlySet<Measured['status']> = new Set<Measured['status']>([
  'not_available',
  'not_applicable',
  'withheld',
  'bulk_step',
])

const withReason = (measured: Measured, reason: string): Measured => ({
  ...measured,
  reason: measured.reason === null ? reason : `${measured.reason} ${reason}`,
})

const sayChatQuestions = (count: number) =>
  `${countOf(count, 'question', 'questions')} asked in chats without threads ${count === 1 ? 'is' : 'are'}`

const sayInferred = (reach: Reach, { named_reply_count: named, guessed_reply_count: guessed }: Inference): string => {
  const what =
    reach === 'questions' || reach === 'starts'
      ? 'Inferred, probably a low estimate: nobody used threads, so who answers whom was found by names and times.'
      : 'Inferred: nobody used threads, so which messages belong together was found by names and times.'
  const replies = named + guessed
  if (reach === 'any time' || replies === 0) return what
  return `${what} Of ${countOf(replies, 'reply', 'replies')} ${formatCount(named)} ${named === 1 ? 'rests' : 'rest'} on a name, ${formatCount(guessed)} on who spoke last.`
}

/** The rule in words, for the definitions. */
export const INFERRED_RULE =
  'In a chat where nobody uses threads, which message answers which is inferred from names and times. What rests on it is marked ' +
  '"inferred, probably a low estimate": in a busy help channel linked by hand the share of answered questions was off by 8 points ' +
  `an hour, either way; in slower chats, where answers come late and name nobody, they are missed. It is withheld under ${MIN_INFERRED_QUESTIONS} questions, and ` +
  'never compared with, or averaged with, what has threads of its own: where a community has both, helping is measured over the ' +
  `questions in threads alone and says how many it leaves out; where fewer than ${formatPercent(MIN_SAID_SHARE)} of its questions are in ` +
  'threads, over all of them, marked as inferred. Replies found by a name are told apart from those found by who spoke last.'
