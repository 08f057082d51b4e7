import type { Import } from '../../../shared/contract/import.ts'
import { startSentence } from '../../../shared/format.ts'

export type SentType = NonNullable<NonNullable<Import['options']['csv']>[string]['every_row']>

type Words = {
  one: string
  many: string
  /** For a list to choose from. */
  label: string
}

/** What people call each type of event; in the order in which they are shown. */
export const TYPE_WORDS: Record<SentType, Words> = {
  'message.posted': { one: 'message', many: 'messages', label: 'A message: its text says which kind' },
  'question.asked': { one: 'question', many: 'questions', label: 'A question' },
  'answer.posted': { one: 'answer', many: 'answers', label: 'An answer to a question' },
  'reply.posted': { one: 'reply', many: 'replies', label: 'Any other reply' },
  'post.published': { one: 'post', many: 'posts', label: 'A post that is no question' },
  'announcement.published': { one: 'announcement', many: 'announcements', label: 'An announcement, news' },
  'answer.accepted': { one: 'accepted answer', many: 'accepted answers', label: 'An answer was accepted' },
  'answer.unaccepted': { one: 'acceptance taken back', many: 'acceptances taken back', label: 'An acceptance was taken back' },
  'reaction.added': { one: 'reaction', many: 'reactions', label: 'A reaction, a like' },
  'reaction.removed': { one: 'reaction taken back', many: 'reactions taken back', label: 'A reaction was taken back' },
  'member.joined': { one: 'join', many: 'joins', label: 'Somebody joined' },
  'member.left': { one: 'leaving', many: 'leavings', label: 'Somebody left' },
  'content.viewed': { one: 'view', many: 'views', label: 'Somebody read something' },
  'document.edited': { one: 'edit of a document', many: 'edits of documents', label: 'A document was edited' },
  'task.completed': { one: 'finished task', many: 'finished tasks', label: 'A task was finished' },
  'practice.shared': { one: 'practice shared', many: 'practices shared', label: 'A proven practice was shared' },
  'practice.reused': { one: 'practice reused', many: 'practices reused', label: 'A practice was reused' },
  'value.reported': { one: 'report of value', many: 'reports of value', label: 'Somebody said what it was worth' },
  'content.deleted': { one: 'deletion', many: 'deletions', label: 'Something was deleted' },
}
export const TYPES = Object.keys(TYPE_WORDS) as SentType[]

const isType = (name: string): name is SentType => Object.hasOwn(TYPE_WORDS, name)

/** Counts by type in people's words, in the order of TYPE_WORDS; one nobody has words for by its name. */
export const listTypes = (counts: Readonly<Record<string, number>>): { type: string; count: number; word: string }[] =>
  [...TYPES.filter((type) => counts[type]), ...Object.keys(counts).filter((name) => !isType(name))].map((type) => {
    const count = counts[type] ?? 0
    const words = isType(type) ? TYPE_WORDS[type] : { one: type, many: type }
    return { type, count, word: count === 1 ? words.one : words.many }
  })

/** One event as the mapping screen shows it. */
export const sayType = (type: SentType): string => startSentence(TYPE_WORDS[type].one)
