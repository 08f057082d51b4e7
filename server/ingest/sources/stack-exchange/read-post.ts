import type { EventInput } from '../../../../shared/contract/event.ts'
import type { RowProblem } from '../source.ts'
import { htmlToText } from '../html-to-text.ts'

export type Attributes = Readonly<Record<string, string>>
export type Post =
  | { kind: 'question'; event: EventInput; acceptedId: string | null }
  | { kind: 'answer'; event: EventInput }
  | { kind: 'skipped'; what: string }
  | { kind: 'problem'; problem: RowProblem }

/** Types of post that are neither, as the site's own table PostTypes names them. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  '3': 'orphaned tag wiki',
  '4': 'tag wiki excerpt',
  '5': 'tag wiki',
  '6': 'moderator nomination',
  '7': 'wiki placeholder',
  '8': 'privilege wiki',
}
/** The account of the site's own background processes. */
export const COMMUNITY_USER = '-1'
/** Times in the dumps are UTC and say nothing of it. */
export const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/

export const postId = (id: string) => `post-${id}`

/** A deleted account leaves its display name on what it wrote, such as "user150": that stays its pseudonym. Without one the author is unknown. */
export const readActor = (userId: string | undefined, displayName: string | undefined): EventInput['actor'] => {
  if (userId) return { id: userId, ...(userId === COMMUNITY_USER ? { is_bot: true } : {}) }
  return displayName ? { id: `deleted:${displayName}`, name: displayName } : null
}

/** One `<row>` of Posts.xml. `site` is the address that links begin with, or null. */
export const readPost = (row: Attributes, site: string | null): Post => {
  const problem = (pointer: string, code: string, message: string): Post => ({ kind: 'problem', problem: { pointer, code, message } })
  const id = row.Id ?? ''
  if (!/^\d+$/.test(id)) return problem('/Id', row.Id ? 'invalid_value' : 'missing_field', 'The row has no number in Id.')
  const type = row.PostTypeId
  if (!type) return problem('/PostTypeId', 'missing_field', `Post ${id} has no PostTypeId.`)
  if (type !== '1' && type !== '2') return { kind: 'skipped', what: OTHER_TYPES[type] ?? `post of type ${type}` }
  const time = row.CreationDate
  if (!time) return problem('/CreationDate', 'missing_field', `Post ${id} has no CreationDate.`)
  if (!TIME.test(time))
    return problem('/CreationDate', 'invalid_time', `Post ${id}: "${time.slice(0, 40)}" is not a time such as 2014-01-21T20:26:05.383.`)
  const event: EventInput = {
    id: postId(id),
    source: '',
    type: 'question.asked',
    occurred_at: `${time}Z`,
    actor: readActor(row.OwnerUserId, row.OwnerDisplayName),
  }
  if (row.Title) event.title = row.Title
  if (row.Body) event.text = htmlToText(row.Body)
  if (row.CommunityOwnedDate) event.properties = { community_owned: true }
  if (type === '1') {
    if (site) event.url = `${site}/q/${id}`
    return {
      kind: 'question',
      event: { ...event, thread_id: postId(id) },
      acceptedId: /^\d+$/.test(row.AcceptedAnswerId ?? '') ? (row.AcceptedAnswerId as string) : null,
    }
  }
  const parent = row.ParentId ?? ''
  if (!/^\d+$/.test(parent)) return problem('/ParentId', 'missing_field', `Answer ${id} does not name its question in ParentId.`)
  if (site) event.url = `${site}/a/${id}`
  return { kind: 'answer', event: { ...event, type: 'answer.posted', thread_id: postId(parent), in_reply_to: postId(parent) } }
}
