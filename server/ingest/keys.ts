/** Narrow keys of what a source names: the first 128 bits of SHA-256 over the length-prefixed (source, id), as uuid text. */
import { hash } from 'node:crypto'

const HYPHEN = 0x2d
const scratch = Buffer.alloc(36, HYPHEN)

/** Written byte by byte: pieces put together with + stay pieces, which cost twice as much to keep and to compare. */
const asUuid = (hex: string): string => {
  let to = 0
  for (let from = 0; from < 32; from++) {
    if (from === 8 || from === 12 || from === 16 || from === 20) to++
    scratch[to++] = hex.charCodeAt(from)
  }
  return scratch.toString('latin1')
}

/** The first 128 bits of SHA-256 of a text, as uuid text. */
export const hashKey = (text: string): string => asUuid(hash('sha256', text, 'hex'))

/** So many keys are remembered: a stream names the same people, threads and questions again and again. */
const MAX_REMEMBERED = 50_000
/** Longer ids are worked out each time, so that what is remembered has a bound in bytes too. */
const MAX_REMEMBERED_LENGTH = 64

let remembered = new Map<string, Map<string, string>>()
let rememberedCount = 0

/** Prefixed by its length, so that no two pairs run together; lengths are bytes of UTF-8. */
const computeKey = (source: string, id: string): string => hashKey(`${Buffer.byteLength(source)}:${source}${Buffer.byteLength(id)}:${id}`)

const keyOf = (source: string, id: string): string => {
  if (source.length > MAX_REMEMBERED_LENGTH || id.length > MAX_REMEMBERED_LENGTH) return computeKey(source, id)
  let keys = remembered.get(source)
  const known = keys?.get(id)
  if (known !== undefined) return known
  if (rememberedCount >= MAX_REMEMBERED) {
    remembered = new Map()
    rememberedCount = 0
    keys = undefined
  }
  if (keys === undefined) {
    keys = new Map()
    remembered.set(source, keys)
  }
  const key = computeKey(source, id)
  keys.set(id, key)
  rememberedCount++
  return key
}

/** The key of an event; also of the thread an opening event starts, and of the event another one targets. */
export const eventKey = keyOf
/** The key of a thread; a thread named by the id of its first event has that event's key. */
export const threadKey = keyOf
/** The key of an account in a source. */
export const identityKey = keyOf
