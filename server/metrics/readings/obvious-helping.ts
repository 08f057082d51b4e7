import type { Acknowledgements } from './acknowledgements.ts'
import { ANSWER_DAYS } from './episodes.ts'
import { type FirstStarts, REPLY_DAYS } from './first-starts.ts'
import type { Span } from './obvious-time.ts'
import type { PeerAnswers } from './peer-answers.ts'
import type { Contribution, Written } from './random-contributions.ts'
import type { Topics } from './topics.ts'
import { TOP_COUNTS } from './without-top-ctes.ts'
import { leftWithout, type WithoutTopHelpers } from './without-top-helpers.ts'

/** For tests: the readings about helping once more, slowly and without SQL. */

export type Helping = Written & {
  /** The channel of each contribution, in their order. */
  channels: (string | null)[]
  /** The people behind the accounts named as facilitators. */
  facilitators: string[]
  /** By the key of a message, the question of its own author that it thanks for an answer to. */
  acknowledges: ReadonlyMap<string, string>
}

const DAY = 86_400_000
const rising = (a: number, b: number) => a - b

const visible = ({ contributions }: Written, span: Span) =>
  contributions.filter(
    (c) => c.occurred_at < span.known_by && (c.removed_at === null || c.removed_at >= span.known_by) && !c.is_bot && !c.is_quarantined,
  )
const isIn = (at: number, span: Span) => at >= span.starts_at && at < span.ends_at
const questionsOf = (data: Written, span: Span) => visible(data, span).filter((c) => c.kind === 'question' && isIn(c.occurred_at, span))
/** Neither answered nor unanswered, whatever the events say. */
const isElsewhere = (c: Contribution) => c.is_answered_elsewhere
const isTold = (c: Contribution) => !c.is_answered_elsewhere
const answersTo = (question: Contribution, all: Contribution[]) => all.filter((c) => c.question_key === question.event_key)

const oldestUnripe = (some: Contribution[], span: Span, days: number): number | null => {
  const ages = some
    .filter(isTold)
    .map((c) => span.known_by - c.occurred_at)
    .filter((age) => age < days * DAY)
  return ages.length ? Math.max(...ages) / 1000 : null
}

export const obviousPeerAnswers = (data: Helping, span: Span): PeerAnswers => {
  const questions = questionsOf(data, span)
  const ripe = questions.filter((q) => isTold(q) && span.known_by - q.occurred_at >= ANSWER_DAYS * DAY)
  const isPeers = (q: Contribution) =>
    answersTo(q, visible(data, span)).some(
      (a) => a.person_id !== null && !data.facilitators.includes(a.person_id) && a.occurred_at - q.occurred_at <= ANSWER_DAYS * DAY,
    )
  return {
    question_count: questions.length,
    elsewhere_count: questions.filter(isElsewhere).length,
    ripe_count: ripe.length,
    ripe_answered_by_peers_count: ripe.filter(isPeers).length,
    facilitator_count: questions.length ? data.facilitators.length : 0,
    oldest_unripe_seconds: oldestUnripe(questions, span, ANSWER_DAYS),
  }
}

/** When the asker first thanked after an answer, among these; null: never. */
export const thankedAt = (data: Helping, question: Contribution, all: Contribution[]): number | null => {
  const answers = answersTo(question, all).map((a) => a.occurred_at)
  const thanks = all
    .filter((c) => data.acknowledges.get(c.event_key) === question.event_key && answers.some((at) => at < c.occurred_at))
    .map((c) => c.occurred_at)
  return thanks.length ? Math.min(...thanks) : null
}

export const obviousAcknowledgements = (data: Helping, span: Span): Acknowledgements => {
  const questions = questionsOf(data, span)
  const ripe = questions.filter((q) => isTold(q) && span.known_by - q.occurred_at >= ANSWER_DAYS * DAY)
  return {
    question_count: questions.length,
    elsewhere_count: questions.filter(isElsewhere).length,
    worded_count: questions.filter((q) => q.word_count > 0).length,
    ripe_count: ripe.length,
    ripe_acknowledged_count: ripe.filter((q) => thankedAt(data, q, visible(data, span)) !== null).length,
    oldest_unripe_seconds: oldestUnripe(questions, span, ANSWER_DAYS),
  }
}

export const obviousTopics = (data: Helping, span: Span): Topics => {
  const channelOf = (c: Contribution) => data.channels[data.contributions.indexOf(c)] ?? null
  const questions = questionsOf(data, span)
  const channels = [...new Set(questions.map(channelOf))].filter((channel) => channel !== null).toSorted()
  const byTopic = (count: (asked: Contribution[], answers: Contribution[]) => number) =>
    channels.map((channel) => {
      const asked = questions.filter((q) => channelOf(q) === channel)
      return count(
        asked,
        asked.flatMap((q) => answersTo(q, visible(data, span))),
      )
    })
  return {
    question_count: questions.length,
    questions_by_topic: byTopic((asked) => asked.length),
    answered_by_topic: byTopic((asked) => asked.filter((q) => answersTo(q, visible(data, span)).length > 0).length),
    answers_by_topic: byTopic((_, answers) => answers.length),
    helpers_by_topic: byTopic((_, answers) => new Set(answers.map((a) => a.person_id)).size),
  }
}

export const obviousFirstStarts = (data: Helping, span: Span): FirstStarts => {
  const all = visible(data, span).toSorted((a, b) => a.occurred_at - b.occurred_at || (a.event_key < b.event_key ? -1 : 1))
  const people = [...new Set(all.map((c) => c.person_id))].filter((id) => id !== null)
  const starts = people
    .flatMap((id) => (['question', 'post'] as const).map((kind) => all.find((c) => c.person_id === id && c.kind === kind)))
    .filter((start) => start !== undefined)
    .filter((start) => isIn(start.occurred_at, span))
  const ripe = starts.filter((start) => isTold(start) && span.known_by - start.occurred_at >= REPLY_DAYS * DAY)
  const isReplied = (start: Contribution) =>
    all.some(
      (c) =>
        c.thread_key === start.thread_key &&
        (c.kind === 'answer' || c.kind === 'reply') &&
        c.person_id !== start.person_id &&
        c.occurred_at >= start.occurred_at &&
        c.occurred_at - start.occurred_at <= REPLY_DAYS * DAY,
    )
  return {
    start_count: starts.length,
    elsewhere_count: starts.filter(isElsewhere).length,
    ripe_count: ripe.length,
    ripe_replied_count: ripe.filter(isReplied).length,
    oldest_unripe_seconds: oldestUnripe(starts, span, REPLY_DAYS),
  }
}

/** The people who answered in the period, most answers first, then by id. */
const answerersOf = (data: Written, span: Span): string[] => {
  const answers = visible(data, span).filter((c) => c.is_answer && isIn(c.occurred_at, span))
  const countOf = (id: string) => answers.filter((c) => c.person_id === id).length
  const people = [...new Set(answers.map((c) => c.person_id))].filter((id) => id !== null)
  return people.toSorted((a, b) => countOf(b) - countOf(a) || (a < b ? -1 : 1))
}

/** What is left of a period without the contributions of some people. */
export const obviousHelpingWithout = (data: Written, span: Span, without: string[]) => {
  const all = visible(data, span)
  const left = all.filter((c) => c.person_id === null || !without.includes(c.person_id))
  const questions = left.filter((c) => c.kind === 'question' && isIn(c.occurred_at, span))
  const secondsOf = (q: Contribution) => {
    const times = answersTo(q, left).map((a) => a.occurred_at)
    return times.length ? (Math.min(...times) - q.occurred_at) / 1000 : null
  }
  const ripe = questions.filter((q) => isTold(q) && span.known_by - q.occurred_at >= ANSWER_DAYS * DAY)
  const isAccepted = (q: Contribution) =>
    data.acceptances.some(
      (a) =>
        a.question_key === q.event_key &&
        a.accepted_at < span.known_by &&
        (a.unaccepted_at === null || a.unaccepted_at >= span.known_by) &&
        left.some((c) => c.event_key === a.answer_key),
    )
  const gave = new Set<string>()
  const received = new Set<string>()
  // an edge lies in the period of the helper's first answer to the question, whoever else has asked or answered
  for (const asked of left)
    for (const helper of left.map((c) => c.person_id)) {
      if (helper === null || asked.person_id === null || helper === asked.person_id) continue
      const first = Math.min(
        ...answersTo(
          asked,
          left.filter((c) => c.person_id === helper),
        ).map((c) => c.occurred_at),
      )
      if (isIn(first, span)) {
        gave.add(helper)
        received.add(asked.person_id)
      }
    }
  return {
    question_count: questions.length - questions.filter(isElsewhere).length,
    elsewhere_count: questions.filter(isElsewhere).length,
    ripe_count: ripe.length,
    ripe_answered_count: ripe.filter((q) => (secondsOf(q) ?? Number.POSITIVE_INFINITY) <= ANSWER_DAYS * 86_400).length,
    ripe_accepted_count: ripe.filter(isAccepted).length,
    answer_seconds: questions
      .filter(isTold)
      .map(secondsOf)
      .filter((seconds) => seconds !== null)
      .toSorted(rising),
    waiting_seconds: questions
      .filter((q) => isTold(q) && secondsOf(q) === null)
      .map((q) => (span.known_by - q.occurred_at) / 1000)
      .toSorted(rising),
    participant_count: gave.union(received).size,
    two_way_count: gave.intersection(received).size,
  }
}

/** A row of the reading in the shape of the obvious version. */
export const unfoldWithoutTop = (row: WithoutTopHelpers) => ({
  helper_count: row.helper_count,
  oldest_unripe_seconds: row.oldest_unripe_seconds,
  without: TOP_COUNTS.map((k) => leftWithout(row, k)),
})

export const obviousWithoutTop = (data: Written, span: Span): ReturnType<typeof unfoldWithoutTop> => {
  const answerers = answerersOf(data, span)
  return {
    helper_count: answerers.length,
    oldest_unripe_seconds: oldestUnripe(questionsOf(data, span), span, ANSWER_DAYS),
    without: TOP_COUNTS.map((k) => obviousHelpingWithout(data, span, answerers.slice(0, k))),
  }
}
