import { type EventInput, MAX_NAME_LENGTH, MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'
import { htmlToText } from '../html-to-text.ts'
import type { RowProblem, SourceAccount } from '../source.ts'
import type { Row } from './read-columns.ts'
import { readTime } from './read-time.ts'

export type Message =
  | { event: EventInput; sender: SourceAccount | null; isInPrivateGroup: boolean }
  | { skipped: string }
  | { problem: RowProblem }

export const messageId = (id: string) => `message-${id}`

/** Kinds of message; the export's documentation names the column and not its values, so these are read by what they contain. */
const ANNOUNCEMENT = /announcement|broadcast/i
const QUESTION = /question/i
const POLL = /poll/i
const SYSTEM = /^system/i

export const isTrue = (cell: string | undefined): boolean => /^(?:true|yes|1)$/i.test(cell ?? '')

const plain = (text: string): string => text.replaceAll('\0', '').slice(0, MAX_TEXT_LENGTH).toWellFormed()

/** `[[user:123]]` stands for a person in a body, `[[tag:9]]` and the like for other things. */
const bodyText = (row: Row): string => {
  const body = row.get('body') ?? (row.has('html_body') ? htmlToText(row.get('html_body') as string) : '')
  return plain(body.replace(/\[\[user:(\d+)\]\]/g, '<@$1>').replace(/\[\[[a-z_]+:\d+\]\]/g, ' '))
}

/** People are "user" or "guest"; anything else that sends is a program. */
const senderOf = (row: Row): SourceAccount | null => {
  const id = row.get('sender_id')
  if (id === undefined) return null
  const [name, email, type] = [row.get('sender_name'), row.get('sender_email'), row.get('sender_type')?.toLowerCase()]
  return {
    id,
    ...(name ? { name: name.slice(0, MAX_NAME_LENGTH).toWellFormed() } : {}),
    ...(email && email.length <= MAX_NAME_LENGTH ? { email } : {}),
    ...(type && /bot|guide|system|application|connector/.test(type) ? { is_bot: true } : {}),
  }
}

/** One row of Messages.csv. */
export const readMessage = (row: Row, source: string): Message => {
  const problem = (pointer: string, code: string, message: string): Message => ({ problem: { pointer, code, message } })
  // whatever else is in such a row, it is nobody's business
  if (isTrue(row.get('in_private_conversation'))) return { skipped: 'private conversation' }
  const id = row.get('id') ?? ''
  if (!/^\d{1,20}$/.test(id)) return problem('/id', row.has('id') ? 'invalid_value' : 'missing_field', 'The row has no number in id.')
  const type = row.get('message_type') ?? ''
  if (SYSTEM.test(type)) return { skipped: 'message of the system' }
  if (isTrue(row.get('is_draft')) || /^draft$/i.test(row.get('draft_state') ?? '')) return { skipped: 'draft' }
  const deletedAt = row.get('deleted_at')
  const time = deletedAt ?? row.get('created_at') ?? ''
  const at = readTime(time)
  if (at === null)
    return problem(
      deletedAt === undefined ? '/created_at' : '/deleted_at',
      time === '' ? 'missing_field' : 'invalid_time',
      `Message ${id}: "${plain(time.slice(0, 40))}" is not a possible time such as 2024-01-31T09:00:00Z.`,
    )
  if (deletedAt !== undefined)
    return {
      event: { id: `deleted-${id}`, source, type: 'content.deleted', occurred_at: at, in_reply_to: messageId(id) },
      sender: null,
      isInPrivateGroup: false,
    }
  const thread = row.get('thread_id')
  const answered = row.get('replied_to_id') ?? row.get('parent_id')
  const isReply = answered !== undefined ? answered !== id : thread !== undefined && thread !== id
  const sender = senderOf(row)
  const text = bodyText(row)
  const title = plain(row.get('title') ?? '')
  const channel = row.get('group_name') ?? (row.has('group_id') ? `group ${row.get('group_id')}` : 'All Company')
  const opening = ANNOUNCEMENT.test(type)
    ? 'announcement.published'
    : QUESTION.test(type) && !POLL.test(type)
      ? 'question.asked'
      : 'message.posted'
  return {
    event: {
      id: messageId(id),
      source,
      type: isReply ? 'reply.posted' : opening,
      occurred_at: at,
      actor: sender === null ? null : { id: sender.id },
      thread_id: messageId(thread ?? id),
      ...(isReply && answered !== undefined ? { in_reply_to: messageId(answered) } : {}),
      channel: channel.slice(0, MAX_NAME_LENGTH).toWellFormed(),
      ...(title === '' || isReply ? {} : { title }),
      ...(text === '' ? {} : { text }),
    },
    sender,
    isInPrivateGroup: isTrue(row.get('in_private_group')),
  }
}
