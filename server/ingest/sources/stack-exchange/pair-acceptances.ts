import type { EventInput } from '../../../../shared/contract/event.ts'
import type { Place, SourceItem } from '../source.ts'
import { postId } from './read-post.ts'

/**
 * Questions that wait for their accepted answer, and answers that came before their question: some 60 MB at most. Nearly every
 * question is accepted within days, so that even the largest site has fewer waiting at a time. Our judgement.
 */
const MAX_WAITING = 400_000
const MAX_ANSWERS = 50_000

type Waiting = { place: Place; question: number; at: number; actor: EventInput['actor']; answer: number }

const numberOf = (id: string): number => Number(id.slice('post-'.length))

/**
 * A text of its own for each that waits: texts out of the parser are pieces of what was read, and one of them keeps a whole piece of
 * the file in memory.
 */
const pack = ({ place, question, at, actor }: Omit<Waiting, 'answer'>): string =>
  Buffer.from(JSON.stringify([place.position, place.file ?? null, question, at, actor])).toString()
const unpack = (answer: number, packed: string): Waiting => {
  const [position, file, question, at, actor] = JSON.parse(packed) as [number, string | null, number, number, EventInput['actor']]
  return { place: file === null ? { position } : { position, file }, question, at, actor, answer }
}

const missing = ({ place, question, answer }: Waiting): SourceItem => ({
  ...place,
  problem: {
    pointer: '/AcceptedAnswerId',
    code: 'unresolved_reference',
    message: `Question ${postId(String(question))} names ${postId(String(answer))} as its accepted answer, and this file does not hold that answer.`,
  },
})

/**
 * Makes an acceptance of a question's AcceptedAnswerId when both posts have been read. The dump has no time of acceptance: it is
 * put at the time the answer was given (or the question asked, should that be later), the earliest it can have been.
 * In a dump answers follow their questions; a merged question may come after its answer, so the latest answers are
 * remembered too.
 */
export const createAcceptancePairer = (source: string, maxWaiting = MAX_WAITING, maxAnswers = MAX_ANSWERS) => {
  const waiting = new Map<number, string>()
  const answeredAt = new Map<number, number>()
  const accepted = ({ place, question, at, actor, answer }: Waiting, answerAt: number): SourceItem => ({
    ...place,
    event: {
      id: `accept-${question}-${answer}`,
      source,
      type: 'answer.accepted',
      occurred_at: new Date(Math.max(answerAt, at)).toISOString(),
      actor: actor ?? null,
      thread_id: postId(String(question)),
      in_reply_to: postId(String(answer)),
    },
  })
  return {
    question: (place: Place, { id, occurred_at, actor }: EventInput, acceptedId: string): SourceItem[] => {
      const answer = Number(acceptedId)
      const pair = { place, question: numberOf(id), at: Date.parse(occurred_at), actor: actor ?? null }
      const answerAt = answeredAt.get(answer)
      if (answerAt !== undefined) return [accepted({ ...pair, answer }, answerAt)]
      waiting.set(answer, pack(pair))
      if (waiting.size <= maxWaiting) return []
      const [oldest, given] = waiting.entries().next().value as [number, string]
      waiting.delete(oldest)
      return [missing(unpack(oldest, given))]
    },
    answer: ({ id, occurred_at }: EventInput): SourceItem[] => {
      const answer = numberOf(id)
      const at = Date.parse(occurred_at)
      const packed = waiting.get(answer)
      if (packed !== undefined) {
        waiting.delete(answer)
        return [accepted(unpack(answer, packed), at)]
      }
      answeredAt.set(answer, at)
      if (answeredAt.size > maxAnswers) answeredAt.delete(answeredAt.keys().next().value as number)
      return []
    },
    rest: function* (): Generator<SourceItem> {
      for (const [answer, packed] of waiting) yield missing(unpack(answer, packed))
    },
  }
}
