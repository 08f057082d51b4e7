import { type EventInput, MAX_TEXT_LENGTH } from '../../../../shared/contract/event.ts'
import type { RowProblem } from '../source.ts'
import { type Attributes, postId, readActor, TIME } from './read-post.ts'

export type Comment = { event: EventInput } | { problem: RowProblem }

/** Code in a comment's Markdown is no talk. */
const CODE = /`[^`]*`/g

/**
 * One `<row>` of Comments.xml: a reply to the post it stands under. It names no thread: the thread is the post's, so that no list of
 * answers and their questions must be held. Sites ask their members not to answer in comments, and it is marked as a remark.
 */
export const readComment = (row: Attributes, source: string): Comment => {
  const problem = (pointer: string, code: string, message: string): Comment => ({ problem: { pointer, code, message } })
  const id = row.Id ?? ''
  if (!/^\d+$/.test(id)) return problem('/Id', row.Id ? 'invalid_value' : 'missing_field', 'The row has no number in Id.')
  const post = row.PostId ?? ''
  if (!/^\d+$/.test(post)) return problem('/PostId', 'missing_field', `Comment ${id} does not name its post in PostId.`)
  const time = row.CreationDate ?? ''
  if (!TIME.test(time))
    return problem(
      '/CreationDate',
      time === '' ? 'missing_field' : 'invalid_time',
      `Comment ${id}: "${time.slice(0, 40)}" is not a time such as 2014-01-21T20:26:05.383.`,
    )
  const text = (row.Text ?? '').replace(CODE, ' ').replaceAll('\0', '').slice(0, MAX_TEXT_LENGTH).toWellFormed().trim()
  return {
    event: {
      id: `comment-${id}`,
      source,
      type: 'reply.posted',
      occurred_at: `${time}Z`,
      actor: readActor(row.UserId, row.UserDisplayName),
      in_reply_to: postId(post),
      ...(text === '' ? {} : { text }),
      properties: { comment: true },
    },
  }
}
