import { type Delivery, ignore, refuseRow } from '../delivery.ts'
import { type JsonObject, objectOf, textOf, wholeOf } from '../json-fields.ts'
import { readMember } from './read-member.ts'
import { acceptanceOf, authorOf, deletionEventId, type FoundPost, postEventId, postUrl, readPost, topicThreadId } from './read-post.ts'

/**
 * Names of events as the header X-Discourse-Event gives them (config/initializers/012-web_hook_events.rb), and as the settings of a
 * webhook list them (app/models/web_hook_event_type.rb), which some versions send.
 */
const NAMES: Readonly<Record<string, string>> = {
  like_created: 'post_liked',
  solved_accepted_solution: 'accepted_solution',
  solved_unaccepted_solution: 'unaccepted_solution',
}

/** What a delivery of Discourse says; `event` is its header X-Discourse-Event. `now` stands for times it does not give, `site`
 * is its header X-Discourse-Instance. */
export const readDiscourseDelivery = (event: string, body: JsonObject, source: string, now: Date, site: string | null = null): Delivery => {
  const name = NAMES[event] ?? event
  if (name === 'ping' || 'ping' in body) return ignore('ping')
  switch (name) {
    case 'post_created':
      return readPostDelivery(body, source, 'add', site)
    case 'post_edited':
      return readPostDelivery(body, source, 'renew', site)
    case 'post_destroyed':
      return readDeletion(body, source, now)
    case 'post_recovered':
      return readRecovery(body, source, site)
    case 'post_liked':
      return readLike(body, source)
    case 'accepted_solution':
    case 'unaccepted_solution':
      return readSolution(body, source, now, name === 'accepted_solution')
    case 'user_created':
    case 'user_approved':
    case 'user_confirmed_email':
    case 'user_updated':
      return readUser(body, source, name !== 'user_updated')
    case 'user_destroyed':
      return readLeave(body, source, now)
    case 'topic_created':
      return ignore('topic_created: its first post tells of it')
    default:
      return ignore(name === '' ? 'delivery without X-Discourse-Event' : name)
  }
}

const missing = (what: string) =>
  refuseRow({ pointer: `/${what}`, code: 'missing_field', message: `The body has no ${what}: it is no delivery of this event.` })

type Reading = { post: JsonObject; found: FoundPost } | { delivery: Delivery }

const openPost = (body: JsonObject, name: string, source: string): Reading => {
  const post = objectOf(body[name])
  if (post === null) return { delivery: missing(name) }
  const read = readPost(post, null, source)
  if (read.kind === 'problem') return { delivery: refuseRow(read.problem) }
  if (read.kind === 'skipped') return { delivery: ignore(read.what) }
  if (read.kind === 'deleted')
    return { delivery: { events: [{ event: read.event, mode: 'renew' }], accounts: [], ignored: null, problems: [] } }
  return { post, found: read }
}

const accountsOf = (post: JsonObject) => {
  const author = authorOf(post)
  return author === null ? [] : [author]
}

const readPostDelivery = (body: JsonObject, source: string, mode: 'add' | 'renew', site: string | null): Delivery => {
  const read = openPost(body, 'post', source)
  if ('delivery' in read) return read.delivery
  const { event, reply_to, topic_id, number } = read.found
  return {
    events: [
      {
        event,
        mode,
        ...(reply_to === null ? {} : { answers_number: reply_to }),
        ...(site === null ? {} : { url: postUrl(site, topic_id, number) }),
      },
    ],
    accounts: accountsOf(read.post),
    ignored: null,
    problems: [],
  }
}

/** Deleted by the staff a post says when; deleted by its author it was changed at that time. */
const readDeletion = (body: JsonObject, source: string, now: Date): Delivery => {
  const read = openPost(body, 'post', source)
  if ('delivery' in read) return read.delivery
  const { event, post_id } = read.found
  return {
    events: [
      {
        event: {
          id: deletionEventId(post_id),
          source,
          type: 'content.deleted',
          occurred_at: textOf(read.post.updated_at) ?? now.toISOString(),
          thread_id: event.thread_id,
          in_reply_to: postEventId(post_id),
        },
        mode: 'renew',
      },
    ],
    accounts: [],
    ignored: null,
    problems: [],
  }
}

/** The deletion is turned to itself, which takes nothing back; the post is as it was. */
const readRecovery = (body: JsonObject, source: string, site: string | null): Delivery => {
  const delivery = readPostDelivery(body, source, 'renew', site)
  const [recovered] = delivery.events
  if (recovered === undefined || recovered.event.type === 'content.deleted') return delivery
  const { event } = recovered
  const id = deletionEventId(wholeOf(objectOf(body.post)?.id) as number)
  delivery.events.push({
    event: { id, source, type: 'content.deleted', occurred_at: event.occurred_at, thread_id: event.thread_id, in_reply_to: id },
    mode: 'undo',
  })
  return delivery
}

/** A like has no time and no id (app/serializers/web_hook_like_serializer.rb): it gets the time of the post, as in every source. */
const readLike = (body: JsonObject, source: string): Delivery => {
  const like = objectOf(body.like)
  const user = objectOf(like?.user)
  const userId = wholeOf(user?.id)
  if (like === null || user === null || userId === null) return missing('like')
  const read = openPost(like, 'post', source)
  if ('delivery' in read) return read.delivery
  const { event, post_id } = read.found
  const name = textOf(user.name) ?? textOf(user.username)
  return {
    events: [
      {
        event: {
          id: `like-${post_id}-${userId}`,
          source,
          type: 'reaction.added',
          occurred_at: event.occurred_at,
          actor: { id: String(userId) },
          thread_id: event.thread_id,
          in_reply_to: postEventId(post_id),
          properties: { reaction: 'like' },
        },
        mode: 'add',
      },
    ],
    accounts: [{ id: String(userId), ...(name === null ? {} : { name }), ...(userId < 1 ? { is_bot: true } : {}) }],
    ignored: null,
    problems: [],
  }
}

/**
 * The body is the answer, and says neither when nor by whom it was accepted. Taken back, it is so from when we hear of it; accepted
 * again, taking it back is moved before the answer, where it says nothing.
 */
const readSolution = (body: JsonObject, source: string, now: Date, isAccepted: boolean): Delivery => {
  const read = openPost(body, 'solved' in body ? 'solved' : 'post', source)
  if ('delivery' in read) return read.delivery
  const { found } = read
  const voidAt = new Date(Date.parse(found.event.occurred_at) - 1)
  if (Number.isNaN(voidAt.getTime()))
    return refuseRow({ pointer: '/solved/created_at', code: 'invalid_time', message: 'The answer has no time.' })
  const unaccepted = {
    id: `unaccept-${found.topic_id}-${found.post_id}`,
    source,
    type: 'answer.unaccepted' as const,
    thread_id: topicThreadId(found.topic_id),
    in_reply_to: postEventId(found.post_id),
  }
  return {
    events: isAccepted
      ? [
          { event: acceptanceOf(found), mode: 'add' },
          { event: { ...unaccepted, occurred_at: voidAt.toISOString() }, mode: 'undo' },
        ]
      : [{ event: { ...unaccepted, occurred_at: now.toISOString() }, mode: 'first', void_at: voidAt.toISOString() }],
    accounts: accountsOf(read.post),
    ignored: null,
    problems: [],
  }
}

const readUser = (body: JsonObject, source: string, isJoin: boolean): Delivery => {
  const user = objectOf(body.user)
  if (user === null) return missing('user')
  const read = readMember(user, source)
  if (read.account === undefined) return refuseRow(read.problem)
  if ('skipped' in read.join) return { events: [], accounts: [read.account], ignored: read.join.skipped, problems: [] }
  return {
    events: isJoin ? [{ event: read.join, mode: 'add' }] : [],
    accounts: [read.account],
    ignored: isJoin ? null : 'user_updated: the name alone is noted',
    problems: [],
  }
}

const readLeave = (body: JsonObject, source: string, now: Date): Delivery => {
  const id = wholeOf(objectOf(body.user)?.id)
  if (id === null) return missing('user')
  const event = { id: `leave-${id}`, source, type: 'member.left' as const, occurred_at: now.toISOString(), actor: { id: String(id) } }
  return { events: [{ event, mode: 'first' }], accounts: [], ignored: null, problems: [] }
}
