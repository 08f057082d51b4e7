import type { EventInput } from '../../../../shared/contract/event.ts'
import type { Place, SourceItem } from '../source.ts'
import { postId } from './read-post.ts'

/** Questions that wait for their accepted answer, and answers that came before their question: some 100 MB at most; our judgement. */
const MAX_WAITING = 400_000
const MAX_ANSWERS = 50_000

type Waiting = { place: Place; question: EventInput; answerId: string }

const missing = ({ place, question, answerId }: Waiting): SourceItem => ({
  ...place,
  problem: {
    pointer: '/AcceptedAnswerId',
    code: 'unresolved_reference',
    message: `Question ${question.id} names ${answerId} as its accepted answer, and this file does not hold that answer.`,
  },
})

/**
 * Makes an acceptance of a question's AcceptedAnswerId when both posts have been read. The dump has no time of acceptance: it is
 * put at the time the answer was given (or the question asked, should that be later), the earliest it can have been.
 * In a dump answers follow their questions; a merged question may come after its answer, so the latest answers are
 * remembered too.
 */
export const createAcceptancePairer = (source: string, maxWaiting = MAX_WAITING, maxAnswers = MAX_ANSWERS) => {
  const waiting = new Map<string, Waiting>()
  const answeredAt = new Map<string, string>()
  const accepted = ({ place, question, answerId }: Waiting, answerTime: string): SourceItem => ({
    ...place,
    event: {
      id: `accept-${question.id.slice('post-'.length)}-${answerId.slice('post-'.length)}`,
      source,
      type: 'answer.accepted',
      occurred_at: Date.parse(answerTime) >= Date.parse(question.occurred_at) ? answerTime : question.occurred_at,
      actor: question.actor ?? null,
      thread_id: question.id,
      in_reply_to: answerId,
    },
  })
  return {
    question: (place: Place, question: EventInput, acceptedId: string): SourceItem[] => {
      const { id, source, type, occurred_at, actor } = question
      // its text is not held while it waits
      const pair = { place, question: { id, source, type, occurred_at, actor }, answerId: postId(acceptedId) }
      const time = answeredAt.get(pair.answerId)
      if (time !== undefined) return [accepted(pair, time)]
      waiting.set(pair.answerId, pair)
      if (waiting.size <= maxWaiting) return []
      const [oldest, given] = waiting.entries().next().value as [string, Waiting]
      waiting.delete(oldest)
      return [missing(given)]
    },
    answer: (answer: EventInput): SourceItem[] => {
      const pair = waiting.get(answer.id)
      if (pair) {
        waiting.delete(answer.id)
        return [accepted(pair, answer.occurred_at)]
      }
      answeredAt.set(answer.id, answer.occurred_at)
      if (answeredAt.size > maxAnswers) answeredAt.delete(answeredAt.keys().next().value as string)
      return []
    },
    rest: (): SourceItem[] => [...waiting.values()].map(missing),
  }
}
