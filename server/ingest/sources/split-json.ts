/** Finds where the values of a JSON document begin and end, piece by piece; what lies in them is left to JSON.parse. */

/** What the bytes of one piece complete. A value longer than the bound comes without its bytes. */
export type JsonPart =
  | { path: string; position: number; bytes: Uint8Array | null }
  /** A value that lies in no wanted list, such as the name beside the list of messages; without its bytes where it is not held. */
  | { path: string; position: null; bytes: Uint8Array | null }
  /** A wanted list begins. */
  | { path: string; position: 0; bytes: null }

/** The document breaks its own structure; `offset` counts bytes from its start. */
export class BrokenJson extends Error {
  override name = 'BrokenJson'
  offset: number
  constructor(offset: number, expected: string) {
    super(expected)
    this.offset = offset
  }
}

type Container = { isArray: boolean; path: string; count: number }
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing more'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
const endsScalar = (byte: number) => byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte === COLON || isSpace(byte)

/** A bracket, a quote, a digit or minus, or the first letter of true, false, null. */
const beginsValue = (byte: number) =>
  byte === OPEN_OBJECT || byte === OPEN_LIST || byte === QUOTE || (byte >= 0x30 && byte <= 0x39) || BEGINS_WORD.includes(byte)
const BEGINS_WORD = [...Buffer.from('-tfn')]

/** Of a key in a JSON pointer (RFC 6901). */
const escapeKey = (key: string) => (key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key)

/**
 * Splits a UTF-8 document (without byte order mark) into the elements of the lists at `paths` (JSON pointers; '' is the root) and
 * the other values beside them. `push` takes the next piece and gives what it completes up to where the document breaks, `end` says
 * whether it is whole. Holds at most `maxBytes` of a value; without `holdsOthers` nothing of the values beside the lists.
 */
export const createJsonSplitter = (paths: readonly string[], maxBytes: number, holdsOthers = true) => {
  const wanted = new Set(paths)
  const leadsToWanted = (path: string) => paths.some((one) => one.startsWith(`${path}/`))
  const stack: Container[] = []
  let expected: Expected = 'value'
  let key = ''
  let offset = 0
  // of the value that is being read
  let isIn = false
  let isKey = false
  let isScalar = false
  let isText = false
  let isEscaped = false
  let depth = 0
  let held: Uint8Array[] = []
  let heldBytes = 0
  let isTooLong = false

  const pathOfValue = (): string => {
    const top = stack.at(-1)
    return top === undefined ? '' : top.isArray ? `${top.path}/${top.count}` : `${top.path}/${escapeKey(key)}`
  }
  const hold = (piece: Uint8Array) => {
    if (isTooLong || piece.length === 0) return
    heldBytes += piece.length
    if (heldBytes > maxBytes) {
      isTooLong = true
      held = []
    } else held.push(piece)
  }
  const take = (last: Uint8Array): Uint8Array | null => {
    hold(last)
    const bytes = isTooLong ? null : held.length === 1 ? (held[0] as Uint8Array) : Buffer.concat(held)
    held = []
    heldBytes = 0
    isTooLong = false
    isIn = false
    return bytes
  }
  const afterValue = (): Expected => (stack.length === 0 ? 'nothing more' : ', or end')

  /** The end of the value that began at or before `from`, or -1 where it goes on. */
  const findEnd = (chunk: Uint8Array, from: number): number => {
    const { length } = chunk
    let at = from
    if (isScalar) {
      while (at < length && !endsScalar(chunk[at] as number)) at++
      return at < length ? at : -1
    }
    let inText = isText
    let open = depth
    if (isEscaped && at < length) {
      at++
      isEscaped = false
    }
    while (at < length) {
      if (inText) {
        let byte = 0
        while (at < length) {
          byte = chunk[at++] as number
          if (byte === QUOTE || byte === BACKSLASH) break
        }
        if (byte === QUOTE) {
          inText = false
          if (open === 0) {
            isText = false
            return at
          }
        } else if (byte === BACKSLASH) {
          if (at < length) at++
          else isEscaped = true
        }
        continue
      }
      const byte = chunk[at++] as number
      if (byte === QUOTE) inText = true
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) open++
      else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --open === 0) {
        depth = 0
        return at
      }
    }
    isText = inText
    depth = open
    return -1
  }

  const finish = (parts: JsonPart[], bytes: Uint8Array | null): void => {
    if (isKey) {
      try {
        key = bytes === null ? '' : String(JSON.parse(Buffer.from(bytes).toString()))
      } catch {
        throw new BrokenJson(offset, 'a name in double quotes')
      }
      expected = ':'
      return
    }
    const top = stack.at(-1)
    const isElement = top?.isArray === true && wanted.has(top.path)
    if (isElement) parts.push({ path: top.path, position: ++top.count, bytes })
    else {
      parts.push({ path: pathOfValue(), position: null, bytes })
      if (top?.isArray) top.count++
    }
    expected = afterValue()
  }

  const begin = (byte: number, at: number, parts: JsonPart[]): void => {
    const top = stack.at(-1)
    const isElement = top?.isArray === true && wanted.has(top.path)
    if (!isElement && (byte === OPEN_LIST || byte === OPEN_OBJECT)) {
      const path = pathOfValue()
      const isArray = byte === OPEN_LIST
      if (isArray ? wanted.has(path) : leadsToWanted(path)) {
        stack.push({ isArray, path, count: 0 })
        if (isArray) parts.push({ path, position: 0, bytes: null })
        expected = isArray ? 'value or ]' : 'key or }'
        return
      }
    }
    if (!beginsValue(byte)) throw new BrokenJson(offset + at, 'a value')
    isIn = true
    isKey = false
    isTooLong = !isElement && !holdsOthers
    isScalar = byte !== OPEN_LIST && byte !== OPEN_OBJECT && byte !== QUOTE
    isText = byte === QUOTE
    depth = 0
  }

  const close = (isArray: boolean, at: number): void => {
    if (stack.pop()?.isArray !== isArray) throw new BrokenJson(offset + at, isArray ? '"}"' : '"]"')
    expected = afterValue()
  }

  const scan = (chunk: Uint8Array, parts: JsonPart[]): void => {
    let at = 0
    let start = 0
    while (at < chunk.length) {
      if (isIn) {
        const end = findEnd(chunk, at)
        if (end < 0) break
        const bytes = take(chunk.subarray(start, end))
        at = end
        finish(parts, bytes)
        continue
      }
      const byte = chunk[at] as number
      if (isSpace(byte)) {
        at++
        continue
      }
      const isList = stack.at(-1)?.isArray === true
      if (expected === 'value or ]' && byte === CLOSE_LIST) {
        close(true, at++)
      } else if (expected === 'value' || expected === 'value or ]') {
        begin(byte, at, parts)
        start = at
        // the bracket of a value is counted as it is read; the quote that opens a text and a list gone into are behind us
        if (!isIn || isText) at++
      } else if (expected === 'key or }' && byte === CLOSE_OBJECT) {
        close(false, at++)
      } else if (expected === 'key' || expected === 'key or }') {
        if (byte !== QUOTE) throw new BrokenJson(offset + at, 'a name in double quotes')
        isIn = true
        isKey = true
        isScalar = false
        isText = true
        depth = 0
        start = at++
      } else if (expected === ':') {
        if (byte !== COLON) throw new BrokenJson(offset + at, '":"')
        expected = 'value'
        at++
      } else if (expected === ', or end') {
        if (byte === COMMA) expected = isList ? 'value' : 'key'
        else if (byte === CLOSE_LIST) close(true, at)
        else if (byte === CLOSE_OBJECT) close(false, at)
        else throw new BrokenJson(offset + at, '","')
        at++
      } else throw new BrokenJson(offset + at, 'its end')
    }
    if (isIn) hold(chunk.subarray(start))
    offset += chunk.length
  }

  const push = (chunk: Uint8Array): { parts: JsonPart[]; broken: BrokenJson | null } => {
    const parts: JsonPart[] = []
    try {
      scan(chunk, parts)
    } catch (error) {
      if (error instanceof BrokenJson) return { parts, broken: error }
      throw error
    }
    return { parts, broken: null }
  }

  /** What the end of the document completes: a number or word alone. False: the document ends in the middle. */
  const end = (): { isWhole: boolean; parts: JsonPart[] } => {
    const parts: JsonPart[] = []
    if (isIn && isScalar && stack.length === 0) finish(parts, take(new Uint8Array()))
    return { isWhole: !isIn && expected === 'nothing more', parts }
  }

  return { push, end }
}
