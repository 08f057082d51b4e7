import type { EventInput } from '../../../../shared/contract/event.ts'
import type { SourceItem } from '../source.ts'
import { ownText } from './own-text.ts'

/** Answers remembered, one a person and thread, and acceptances waiting for theirs: some 60 MB at most; our judgement. */
const MAX_ANSWERS = 200_000
const MAX_WAITING = 20_000

type Waiting = { position: number; event: EventInput; answerer: string }

const keyOf = (thread: string, answerer: string) => ownText(`${thread}\u0000${answerer}`)
const unresolved = ({ position, event, answerer }: Waiting): SourceItem => ({
  position,
  problem: {
    pointer: '/in_reply_to',
    code: 'unresolved_reference',
    message: `The acceptance names an answer by "${answerer.slice(0, 80)}" in thread "${(event.thread_id ?? '').slice(0, 80)}", and this file holds none: give the id of the answer in in_reply_to.`,
  },
})

/**
 * Archives say that somebody's answer in a thread was accepted, not which one. This finds it: that person's latest
 * answer in the thread so far, else their next one (an archive sorted by time may put the acceptance first). Memory is
 * bounded: beyond the limits the oldest are forgotten, and an acceptance that found no answer becomes a problem.
 */
export const createAcceptResolver = (maxAnswers = MAX_ANSWERS, maxWaiting = MAX_WAITING) => {
  const answers = new Map<string, string>()
  const waiting = new Map<string, Waiting[]>()
  let waitingCount = 0
  const withAnswer = (accept: Waiting, answerId: string): SourceItem => ({
    position: accept.position,
    event: { ...accept.event, in_reply_to: answerId },
  })
  return {
    /** To be told of every answer, in the order of the file; gives the acceptances that waited for it. */
    answer: (thread: string, answerer: string, answerId: string): SourceItem[] => {
      const key = keyOf(thread, answerer)
      answers.delete(key)
      answers.set(key, ownText(answerId))
      if (answers.size > maxAnswers) answers.delete(answers.keys().next().value as string)
      const found = waiting.get(key)
      if (!found) return []
      waiting.delete(key)
      waitingCount -= found.length
      return found.map((accept) => withAnswer(accept, answerId))
    },
    /** What comes of an acceptance now: itself with its answer, nothing yet, or the problem of one that waited too long. */
    accept: (accept: Waiting): SourceItem[] => {
      const key = keyOf(accept.event.thread_id ?? '', accept.answerer)
      const answerId = answers.get(key)
      if (answerId !== undefined) return [withAnswer(accept, answerId)]
      waiting.set(key, [...(waiting.get(key) ?? []), accept])
      waitingCount++
      if (waitingCount <= maxWaiting) return []
      const [oldest, given] = waiting.entries().next().value as [string, Waiting[]]
      waiting.delete(oldest)
      waitingCount -= given.length
      return given.map(unresolved)
    },
    /** At the end of the file: those that never found their answer, in its order. */
    rest: (): SourceItem[] =>
      [...waiting.values()]
        .flat()
        .sort((a, b) => a.position - b.position)
        .map(unresolved),
  }
}
