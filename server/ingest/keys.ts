/** Narrow keys of what a source names: the first 128 bits of SHA-256 over the length-prefixed (source, id), as uuid text. */
import { hash } from 'node:crypto'

const asUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`

/** The first 128 bits of SHA-256 of a text, as uuid text. */
export const hashKey = (text: string): string => asUuid(hash('sha256', text, 'hex'))

/** Prefixed by its length, so that no two pairs run together; lengths are bytes of UTF-8. */
const keyOf = (source: string, id: string): string => hashKey(`${Buffer.byteLength(source)}:${source}${Buffer.byteLength(id)}:${id}`)

/** The key of an event; also of the thread an opening event starts, and of the event another one targets. */
export const eventKey = keyOf
/** The key of a thread; a thread named by the id of its first event has that event's key. */
export const threadKey = keyOf
/** The key of an account in a source. */
export const identityKey = keyOf
