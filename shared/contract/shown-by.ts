import type { EventType } from './event.ts'
import type { Capability } from './metric.ts'

/** The event that shows a source can tell something, where it has not declared what it can tell. */
export const SHOWN_BY: Record<Capability, readonly EventType[]> = {
  joins: ['member.joined'],
  leaves: ['member.left'],
  contributions: [
    'question.asked',
    'answer.posted',
    'post.published',
    'reply.posted',
    'announcement.published',
    'document.edited',
    'task.completed',
  ],
  questions: ['question.asked'],
  accepted_answers: ['answer.accepted'],
  views: ['content.viewed'],
  reactions: ['reaction.added'],
  practices: ['practice.shared', 'practice.reused'],
  value_reports: ['value.reported'],
}
