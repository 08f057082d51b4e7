import { type Delivery, type DeliveredEvent, ignore, refuseRow } from '../delivery.ts'
import { type JsonObject, objectOf, textOf } from '../json-fields.ts'
import { acceptanceOf, addressOf, eventIdOf, NOWHERE, readItem, type Surrounding } from './read-item.ts'

/** Events of GitHub that are read: where the thing stands in their body, and which actions make it and change it. */
const KINDS: Readonly<Record<string, { item: string; made: string; changed: readonly string[] }>> = {
  discussion: { item: 'discussion', made: 'created', changed: ['edited', 'category_changed'] },
  discussion_comment: { item: 'comment', made: 'created', changed: ['edited'] },
  issues: { item: 'issue', made: 'opened', changed: ['edited'] },
  issue_comment: { item: 'comment', made: 'created', changed: ['edited'] },
  pull_request: { item: 'pull_request', made: 'opened', changed: ['edited'] },
  pull_request_review: { item: 'review', made: 'submitted', changed: ['edited'] },
  pull_request_review_comment: { item: 'comment', made: 'created', changed: ['edited'] },
}

/** What a delivery of GitHub says; `event` is its header X-GitHub-Event. `now` stands for times it does not give. */
export const readGithubDelivery = (event: string, body: JsonObject, source: string, now: Date): Delivery => {
  const action = textOf(body.action)
  const what = action === null ? event : `${event} ${action}`
  const kind = Object.hasOwn(KINDS, event) ? KINDS[event] : undefined
  if (kind === undefined || action === null) return ignore(event === '' ? 'delivery without X-GitHub-Event' : what)
  const item = objectOf(body[kind.item])
  if (item === null)
    return refuseRow({
      pointer: `/${kind.item}`,
      code: 'missing_field',
      message: `The body has no ${kind.item}: it is no delivery of this event.`,
    })
  if (event === 'discussion' && action === 'answered') return readAnswered({ ...item, answer: body.answer ?? null }, source)
  if (event === 'discussion' && action === 'unanswered') return readUnanswered(item, objectOf(body.old_answer), source, now)
  if (action === 'deleted') return readDeletion(item, source, now)
  const mode = action === kind.made ? 'add' : kind.changed.includes(action) ? 'renew' : null
  if (mode === null) return ignore(what)
  const category = objectOf(objectOf(body.discussion)?.category)
  return readThing(item, { ...NOWHERE, category }, source, mode)
}

const readThing = (item: JsonObject, surrounding: Surrounding, source: string, mode: DeliveredEvent['mode']): Delivery => {
  const read = readItem(item, surrounding, source)
  if (read.kind === 'problem') return refuseRow(read.problem)
  if (read.kind === 'skipped') return ignore(read.what)
  if (read.kind === 'deleted') return { events: [{ event: read.event, mode: 'renew' }], accounts: [], ignored: null, problems: [] }
  const { event } = read
  const link = { in_reply_to: null, thread_id: event.thread_id as string, by: 'source' as const, is_question: true }
  return {
    events: [{ event, mode, ...(read.is_question ? { link } : {}) }],
    accounts: read.account === null ? [] : [read.account],
    ignored: null,
    problems: [],
  }
}

const readAnswered = (discussion: JsonObject, source: string): Delivery => {
  const event = acceptanceOf(discussion, source)
  if (event === null)
    return refuseRow({ pointer: '/answer', code: 'missing_field', message: 'The body does not say which answer was chosen, or when.' })
  return { events: [{ event, mode: 'add' }], accounts: [], ignored: null, problems: [] }
}

/** The discussion was changed by it, so that is the time. */
const readUnanswered = (discussion: JsonObject, answer: JsonObject | null, source: string, now: Date): Delivery => {
  const thread = addressOf(discussion)
  const comment = answer === null ? null : addressOf(answer)?.comment_id
  if (thread === null || !comment)
    return refuseRow({ pointer: '/old_answer', code: 'missing_field', message: 'The body does not say which answer it was.' })
  const at = textOf(discussion.updated_at) ?? now.toISOString()
  return {
    events: [
      {
        event: {
          id: `unaccept-${comment}@${Date.parse(at)}`,
          source,
          type: 'answer.unaccepted',
          occurred_at: at,
          thread_id: thread.thread_id,
          in_reply_to: comment,
        },
        mode: 'add',
      },
    ],
    accounts: [],
    ignored: null,
    problems: [],
  }
}

const readDeletion = (item: JsonObject, source: string, now: Date): Delivery => {
  const address = addressOf(item)
  if (address === null) return refuseRow({ pointer: '/html_url', code: 'missing_field', message: 'What was deleted has no html_url.' })
  const id = eventIdOf(address)
  const event = {
    id: `delete-${id}`,
    source,
    type: 'content.deleted' as const,
    occurred_at: now.toISOString(),
    thread_id: address.thread_id,
    in_reply_to: id,
  }
  return { events: [{ event, mode: 'first' }], accounts: [], ignored: null, problems: [] }
}
