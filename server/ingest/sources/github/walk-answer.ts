import { isObject, type JsonObject, listOf, objectOf, wholeOf } from '../json-fields.ts'
import { addressOf, eventIdOf, NOWHERE, type Surrounding } from './read-item.ts'

export type WalkedItem = { item: JsonObject; surrounding: Surrounding }
/** Comments that an answer counts and does not hold. */
export type Left = { items: number; comments: number }

/** What an answer of GraphQL is wrapped in; queries are people's own, so any of it may be there or not. */
const WRAPPINGS = [
  'data',
  'viewer',
  'organization',
  'user',
  'search',
  'node',
  'nodes',
  'edges',
  'items',
  'repository',
  'repositories',
  'issue',
  'issues',
  'pullRequest',
  'pullRequests',
  'discussion',
  'discussions',
] as const
const CHILDREN = ['comments', 'replies', 'reviews', 'reviewThreads'] as const
const MAX_DEPTH = 12

/** `{nodes: […]}`, `{edges: [{node}]}` or the list itself. */
const membersOf = (value: unknown): readonly JsonObject[] => {
  if (Array.isArray(value)) return value.filter(isObject)
  const connection = objectOf(value)
  if (connection === null) return []
  if (Array.isArray(connection.nodes)) return connection.nodes.filter(isObject)
  return listOf(connection.edges)
    .map((edge) => objectOf(edge)?.node)
    .filter(isObject)
}

export const isItem = (value: JsonObject): boolean =>
  ('body' in value || 'title' in value) &&
  ('created_at' in value || 'createdAt' in value || 'submitted_at' in value || 'submittedAt' in value)

/** Every issue, discussion, comment and review in a value, outer before inner, with what stands around it. */
export function* walkAnswer(value: unknown, left: Left, depth = 0): Generator<WalkedItem> {
  if (depth > MAX_DEPTH) return
  if (Array.isArray(value)) {
    for (const one of value) yield* walkAnswer(one, left, depth + 1)
    return
  }
  if (!isObject(value)) return
  if (isItem(value)) {
    yield* walkItem(value, NOWHERE, left, depth)
    return
  }
  for (const [name, inner] of Object.entries(value))
    if (typeof inner === 'object' && (WRAPPINGS.includes(lastPart(name) as never) || CHILDREN.includes(lastPart(name) as never)))
      yield* walkAnswer(inner, left, depth + 1)
}

/** Names beside a list that was read element by element are pointers. */
const lastPart = (name: string) => name.slice(name.lastIndexOf('/') + 1)

function* walkItem(item: JsonObject, surrounding: Surrounding, left: Left, depth: number): Generator<WalkedItem> {
  yield { item, surrounding }
  if (depth > MAX_DEPTH) return
  const address = addressOf(item)
  const category = objectOf(item.category) ?? surrounding.category
  const parentId = address?.kind === 'discussions' && address.comment_id !== null ? eventIdOf(address) : null
  for (const name of CHILDREN) {
    const held = membersOf(item[name])
    const counted = wholeOf(objectOf(item[name])?.totalCount) ?? held.length
    if (counted > held.length || objectOf(objectOf(item[name])?.pageInfo)?.hasNextPage === true) {
      left.items++
      left.comments += Math.max(counted - held.length, 1)
    }
    // a thread of a review is no item, but holds some
    for (const child of held)
      if (isItem(child)) yield* walkItem(child, { category, parent_id: parentId }, left, depth + 1)
      else yield* walkAnswer(child, left, depth + 1)
  }
}
