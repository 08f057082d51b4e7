import type { EventType } from '../../../shared/contract/event.ts'
import { readMessage } from './reading.ts'
import { type FoundType, NO_RULE, RULES, TYPE_OF } from './rules.ts'

/** What a message that opens a thread is found to be, and by which rule. */
export type Classified = {
  type: Extract<EventType, 'question.asked' | 'announcement.published' | 'post.published'>
  is_work: boolean
  /** Names the rule that decided, as it is published. */
  rule: string
}
export type Message = { source: string; channel: string | null; title: string | null; text: string | null }
export type Classify = (message: Message) => Classified

export const classifiedAs = (found: FoundType, rule: string): Classified => ({ type: TYPE_OF[found], is_work: found === 'work', rule })

/** Says what a message is by the published rules; the first that fits decides. */
export const classifyMessage: Classify = ({ title, text }) => {
  if (!title && !text) return classifiedAs('post', NO_RULE)
  const reading = readMessage(title, text)
  const rule = RULES.find(({ fits }) => fits(reading))
  return rule === undefined ? classifiedAs('post', NO_RULE) : classifiedAs(rule.finds, rule.id)
}
