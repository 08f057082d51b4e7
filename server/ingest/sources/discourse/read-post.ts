import type { EventInput } from '../../../../shared/contract/event.ts'
import { isUnsetClock } from '../is-unset-clock.ts'
import { type JsonObject, textOf, wholeOf } from '../json-fields.ts'
import type { RowProblem, SourceAccount } from '../source.ts'
import { cookedToText } from './cooked-to-text.ts'

/** What is known of a topic beside its posts. */
export type TopicFacts = { title: string | null; channel: string | null; is_private: boolean }

/** A post as the archive and the webhook both give it; its place is kept so that replies to it find it. */
export type FoundPost = {
  event: EventInput
  post_id: number
  topic_id: number
  number: number
  reply_to: number | null
  is_accepted: boolean
}
export type ReadPost =
  | ({ kind: 'post' } & FoundPost)
  | { kind: 'deleted'; event: EventInput }
  | { kind: 'skipped'; what: string }
  | { kind: 'problem'; problem: RowProblem }

/** Post.types of Discourse (app/models/post.rb): 1 is what people write. Whispers are for the staff's eyes. */
const OTHER_TYPES: ReadonlyMap<number, string> = new Map([
  [2, 'moderator action'],
  [3, 'small action'],
  [4, 'whisper'],
])

export const postEventId = (postId: number) => `post-${postId}`
export const topicThreadId = (topicId: number) => `topic-${topicId}`
export const deletionEventId = (postId: number) => `delete-post-${postId}`

/** Discourse's own accounts, the system and the bots of its plugins, have ids below 1. */
export const isOwnAccount = (userId: number) => userId < 1

/** The account that wrote a post; null where it was deleted since. */
export const authorOf = (post: JsonObject): SourceAccount | null => {
  const id = wholeOf(post.user_id)
  const name = textOf(post.name) ?? textOf(post.display_username) ?? textOf(post.username)
  if (id === null) return null
  return { id: String(id), ...(name === null ? {} : { name }), ...(isOwnAccount(id) ? { is_bot: true } : {}) }
}

/** Discourse leads from a topic's number to its address with words. */
export const postUrl = (site: string, topicId: number, number: number): string => `${site}/t/${topicId}/${number}`

/** A category by the short name of its address, which is all that a webhook says of it; by its number where even that is not known. */
export const channelOf = (categoryId: number | null, slug: string | null): string | null =>
  slug ?? (categoryId === null ? null : `${categoryId}-category`)

/** One post of `post_stream.posts`, `latest_posts` or a webhook. `facts` are those of its topic, where they are known. */
export const readPost = (post: JsonObject, facts: TopicFacts | null, source: string): ReadPost => {
  const problem = (pointer: string, message: string): ReadPost => ({
    kind: 'problem',
    problem: { pointer, code: (post[pointer.slice(1)] ?? null) !== null ? 'invalid_value' : 'missing_field', message },
  })
  const id = wholeOf(post.id)
  if (id === null) return problem('/id', 'The post has no number in id.')
  const type = wholeOf(post.post_type) ?? 1
  if (type !== 1) return { kind: 'skipped', what: OTHER_TYPES.get(type) ?? `post of type ${type}` }
  if (facts?.is_private || post.topic_archetype === 'private_message') return { kind: 'skipped', what: 'private message' }
  const topicId = wholeOf(post.topic_id)
  if (topicId === null) return problem('/topic_id', `Post ${id} does not say in topic_id to which topic it belongs.`)
  const number = wholeOf(post.post_number)
  if (number === null || number < 1) return problem('/post_number', `Post ${id} has no post_number.`)
  const thread = { source, thread_id: topicThreadId(topicId) }
  const deletedAt = textOf(post.deleted_at) ?? (post.user_deleted === true ? textOf(post.updated_at) : null)
  if (deletedAt !== null) {
    // its author's own deletion leaves the post with another text
    const event = {
      id: deletionEventId(id),
      ...thread,
      type: 'content.deleted' as const,
      occurred_at: deletedAt,
      in_reply_to: postEventId(id),
    }
    return { kind: 'deleted', event }
  }
  if (post.hidden === true) return { kind: 'skipped', what: 'post hidden by flags' }
  const occurredAt = textOf(post.created_at)
  if (occurredAt === null) return problem('/created_at', `Post ${id} has no created_at.`)
  if (isUnsetClock(occurredAt))
    return problem('/created_at', `Post ${id} is said to be of ${occurredAt.slice(0, 40)}: that is no time of a post.`)
  const cooked = textOf(post.cooked)
  const text = cooked === null ? textOf(post.raw) : cookedToText(cooked)
  const channel = facts?.channel ?? channelOf(wholeOf(post.category_id), textOf(post.category_slug))
  const title = number === 1 ? (facts?.title ?? textOf(post.topic_title)) : null
  const author = authorOf(post)
  const event: EventInput = {
    id: postEventId(id),
    ...thread,
    type: number === 1 ? 'message.posted' : 'reply.posted',
    occurred_at: occurredAt,
    actor: author === null ? null : { id: author.id },
    ...(channel === null ? {} : { channel }),
    ...(title === null ? {} : { title }),
    ...(text === null ? {} : { text }),
    properties: { post_number: number },
  }
  const replyTo = wholeOf(post.reply_to_post_number)
  return {
    kind: 'post',
    event,
    post_id: id,
    topic_id: topicId,
    number,
    reply_to: replyTo === null || replyTo === number ? null : replyTo,
    is_accepted: post.accepted_answer === true,
  }
}

/**
 * That a post was accepted as the answer, by the plugin Solved. Neither the archive nor the webhook says when or by whom: it is put
 * at the time of the answer, the earliest it can have been, so that both say the same.
 */
export const acceptanceOf = ({ event, topic_id, post_id }: FoundPost): EventInput => ({
  id: `accept-${topic_id}-${post_id}`,
  source: event.source,
  type: 'answer.accepted',
  occurred_at: event.occurred_at,
  thread_id: topicThreadId(topic_id),
  in_reply_to: postEventId(post_id),
})
