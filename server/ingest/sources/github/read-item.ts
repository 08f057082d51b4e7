import type { EventInput } from '../../../../shared/contract/event.ts'
import { isUnsetClock } from '../is-unset-clock.ts'
import { isObject, type JsonObject, listOf, objectOf, textOf, wholeOf } from '../json-fields.ts'
import type { RowProblem, SourceAccount } from '../source.ts'
import { markdownToText } from './markdown-to-text.ts'

/** Where an item stands, by its address: REST, GraphQL and webhooks number things differently and give the same addresses. */
export type Address = { thread_id: string; repository: string; kind: 'issues' | 'pull' | 'discussions'; comment_id: string | null }

export type ReadItem =
  | { kind: 'event'; event: EventInput; account: SourceAccount | null; address: Address; is_question: boolean }
  | { kind: 'deleted'; event: EventInput }
  | { kind: 'skipped'; what: string }
  | { kind: 'problem'; problem: RowProblem }

/** What the answer of the API says around a comment. */
export type Surrounding = { category: JsonObject | null; parent_id: string | null }
export const NOWHERE: Surrounding = { category: null, parent_id: null }

const ADDRESS =
  /^https?:\/\/[^/]+\/([^/]+)\/([^/]+)\/(issues|pull|discussions)\/(\d+)(?:\/files)?(?:#(issuecomment-\d+|discussioncomment-\d+|pullrequestreview-\d+|discussion_r\d+)|#.*)?$/

/** The address on the web: `html_url` of REST and webhooks, `url` of GraphQL. */
const webAddressOf = (item: JsonObject): string | null => textOf(item.html_url) ?? textOf(item.url)

export const addressOf = (item: JsonObject): Address | null => {
  const [, owner, repository, kind, number, comment] = ADDRESS.exec(webAddressOf(item) ?? '') ?? []
  if (!owner || !repository) return null
  return {
    thread_id: `${owner}/${repository}/${kind}/${number}`.toLowerCase(),
    repository,
    kind: kind as Address['kind'],
    comment_id: comment ?? null,
  }
}

export const eventIdOf = ({ thread_id, comment_id }: Address): string => comment_id ?? thread_id

/** GraphQL names a bot without its "[bot]". Deleted accounts are nobody, and the account "ghost" stands for them. */
export const accountOf = (user: unknown): SourceAccount | null => {
  const given = objectOf(user)
  const login = textOf(given?.login)
  if (given === null || login === null || login === 'ghost') return null
  const isBot = given.type === 'Bot' || given.__typename === 'Bot' || given.is_bot === true || login.endsWith('[bot]')
  const id = isBot && !login.endsWith('[bot]') && given.type === undefined ? `${login}[bot]` : login
  return { id, name: textOf(given.name) ?? login, ...(isBot ? { is_bot: true } : {}) }
}

/** Labels by which projects say that an issue is a question; "help wanted" asks for work. Our judgement. */
const QUESTION_LABEL = /^((type|kind|category)\s*[:/-]\s*)?(questions?|support|support request|usage question|how[- ]?to|q&a)$/i

const hasQuestionLabel = (item: JsonObject): boolean => {
  const labels = isObject(item.labels) ? listOf(item.labels.nodes) : listOf(item.labels)
  return labels.some((label) => QUESTION_LABEL.test(textOf(objectOf(label)?.name) ?? (typeof label === 'string' ? label : '')))
}

const channelOf = ({ kind, repository }: Address, category: JsonObject | null): string | null => {
  if (kind === 'issues') return `${repository}: issues`
  if (kind === 'pull') return `${repository}: pull requests`
  const name = textOf(category?.name)
  return name === null ? null : `${repository}: ${name}`
}

/** A discussion is a question where its category takes answers, and news where only maintainers may open one. */
const openingType = ({ kind }: Address, category: JsonObject | null): EventInput['type'] => {
  if (kind === 'pull') return 'post.published'
  if (kind === 'issues') return 'message.posted'
  if (category?.is_answerable === true || category?.isAnswerable === true) return 'question.asked'
  return /^announcements?$/i.test(textOf(category?.name) ?? '') ? 'announcement.published' : 'message.posted'
}

const numberIn = (value: unknown): number | null => wholeOf(value) ?? wholeOf(objectOf(value)?.databaseId)

/** What a comment says it answers; a comment of a discussion that answers none answers the discussion. */
const answeredBy = (item: JsonObject, address: Address, { parent_id }: Surrounding): string | null => {
  if (parent_id !== null) return parent_id
  if (address.comment_id?.startsWith('discussion_r')) {
    const id = wholeOf(item.in_reply_to_id) ?? numberIn(item.replyTo)
    return id === null ? null : `discussion_r${id}`
  }
  if (address.kind !== 'discussions') return null
  const replyTo = objectOf(item.replyTo)
  const replied = replyTo === null ? null : (addressOf(replyTo)?.comment_id ?? null)
  const id = wholeOf(item.parent_id) ?? numberIn(item.replyTo)
  return replied ?? (id === null ? address.thread_id : `discussioncomment-${id}`)
}

const REVIEWED = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'])

/** An issue, pull request, discussion, comment, review, or comment of a review, of REST, GraphQL, `gh … --json` or a webhook. */
export const readItem = (item: JsonObject, surrounding: Surrounding, source: string): ReadItem => {
  const address = addressOf(item)
  const problem = (pointer: string, code: string, message: string): ReadItem => ({ kind: 'problem', problem: { pointer, code, message } })
  if (address === null)
    return problem('/html_url', 'missing_field', 'It does not give its address: ask for html_url (REST) or url (GraphQL).')
  const id = eventIdOf(address)
  const deletedAt = textOf(item.deletedAt) ?? textOf(item.deleted_at)
  const thread = { source, thread_id: address.thread_id }
  if (deletedAt !== null)
    return { kind: 'deleted', event: { id: `delete-${id}`, ...thread, type: 'content.deleted', occurred_at: deletedAt, in_reply_to: id } }
  if (/^spam$/i.test(textOf(item.minimizedReason) ?? '')) return { kind: 'skipped', what: 'comment hidden as spam' }
  const body = textOf(item.body)
  const isReview = address.comment_id?.startsWith('pullrequestreview-') === true
  const state = (textOf(item.state) ?? '').toUpperCase()
  if (isReview && state === 'PENDING') return { kind: 'skipped', what: 'review not yet sent' }
  if (isReview && body === null && !REVIEWED.has(state)) return { kind: 'skipped', what: 'review without words of its own' }
  const occurredAt = textOf(item.created_at) ?? textOf(item.createdAt) ?? textOf(item.submitted_at) ?? textOf(item.submittedAt)
  if (occurredAt === null) return problem('/created_at', 'missing_field', `${id} does not say when: ask for created_at or createdAt.`)
  if (isUnsetClock(occurredAt))
    return problem('/created_at', 'invalid_value', `${id} is said to be of ${occurredAt.slice(0, 40)}: that is no time of a message.`)
  const account = accountOf(item.user ?? item.author)
  const isOpening = address.comment_id === null
  const category = objectOf(item.category) ?? surrounding.category
  const channel = channelOf(address, category)
  const title = isOpening ? textOf(item.title) : null
  const answered = isOpening ? null : answeredBy(item, address, surrounding)
  const event: EventInput = {
    id,
    ...thread,
    type: isOpening ? openingType(address, category) : 'reply.posted',
    occurred_at: occurredAt,
    actor: account === null ? null : { id: account.id },
    ...(answered === null ? {} : { in_reply_to: answered }),
    ...(channel === null ? {} : { channel }),
    url: webAddressOf(item),
    ...(title === null ? {} : { title }),
    ...(body === null ? {} : { text: markdownToText(body) }),
    ...(isOpening && address.kind === 'pull' ? { properties: { work: true } } : {}),
  }
  return { kind: 'event', event, account, address, is_question: isOpening && address.kind === 'issues' && hasQuestionLabel(item) }
}

/** The answer that was chosen; null where there is none, or where the file does not say which or when. */
export const acceptanceOf = (discussion: JsonObject, source: string): EventInput | null => {
  const thread = addressOf(discussion)
  const answer = objectOf(discussion.answer)
  const chosen = addressOf(answer ?? { html_url: discussion.answer_html_url })
  const at = textOf(discussion.answer_chosen_at) ?? textOf(discussion.answerChosenAt)
  if (thread === null || !chosen?.comment_id || at === null || Number.isNaN(Date.parse(at))) return null
  const by = accountOf(discussion.answer_chosen_by ?? discussion.answerChosenBy)
  return {
    // chosen, taken back and chosen again are three events
    id: `accept-${chosen.comment_id}@${Date.parse(at)}`,
    source,
    type: 'answer.accepted',
    occurred_at: at,
    actor: by === null ? null : { id: by.id },
    thread_id: thread.thread_id,
    in_reply_to: chosen.comment_id,
  }
}
