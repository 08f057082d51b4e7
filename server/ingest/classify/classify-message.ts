import type { EventType } from '../../../shared/contract/event.ts'
import { isQuestion } from './is-question.ts'

/** What a message that opens a thread is found to be, and by which rule. */
export type Classified = {
  type: Extract<EventType, 'question.asked' | 'announcement.published' | 'post.published'>
  is_work: boolean
  /** Names the rule that decided, as it is published. */
  rule: string
}
export type Message = { source: string; channel: string | null; title: string | null; text: string | null }
export type Classify = (message: Message) => Classified

/** Says what a message is by the published rules; the first that fits decides. */
export const classifyMessage: Classify = ({ title, text }) =>
  isQuestion(title, text)
    ? { type: 'question.asked', is_work: false, rule: 'question-mark' }
    : { type: 'post.published', is_work: false, rule: 'nothing-else' }
