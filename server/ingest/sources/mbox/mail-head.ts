import { isUtf8 } from 'node:buffer'
import { decodeMailBytes } from './decode-mail-bytes.ts'

/** The headers of a message or of a part of one, and where its body begins. */
export type MailHead = {
  /** The first header of that name (in lower case), unfolded, its bytes decoded; null without one. */
  first: (name: string) => string | null
  bodyAt: number
  /** An empty line ends the headers; false: there is no body, or it was cut off. */
  isClosed: boolean
}

/** More than any mail has; the rest of a head that long is no header. Our judgement. */
const MAX_HEAD_BYTES = 64 * 1024
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** Where the empty line lies that ends the headers, and what comes after it; null without one. */
const findEnd = (bytes: Buffer): { head: number; body: number } | null => {
  const skip = (at: number) => (bytes[at] === CARRIAGE_RETURN ? at + 1 : at)
  if (bytes[skip(0)] === LINE_FEED) return { head: 0, body: skip(0) + 1 }
  for (let at = bytes.indexOf(LINE_FEED); at >= 0 && at < MAX_HEAD_BYTES; at = bytes.indexOf(LINE_FEED, at + 1)) {
    const next = skip(at + 1)
    if (bytes[next] === LINE_FEED) return { head: at, body: next + 1 }
  }
  return null
}

/** Bytes beyond ASCII stand in headers though none may: in UTF-8, else in the charset of the text, else in windows-1252. */
const repair = (value: string, contentType: string | undefined): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  if (!/[^\x00-\x7f]/.test(value)) return value
  const bytes = Buffer.from(value, 'latin1')
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1] ?? null
  return isUtf8(bytes) ? bytes.toString() : decodeMailBytes(bytes, charset)
}

/** Reads the headers at the start of `bytes`. Lines that are no headers are passed over. */
export const readHead = (bytes: Buffer): MailHead => {
  const end = findEnd(bytes)
  const head = bytes.toString('latin1', 0, end ? end.head : Math.min(bytes.length, MAX_HEAD_BYTES))
  const values = new Map<string, string>()
  for (const line of head.split(/\r?\n(?![ \t])/)) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const name = line.slice(0, colon).trimEnd().toLowerCase()
    if (!values.has(name)) values.set(name, line.slice(colon + 1))
  }
  return {
    first: (name) => {
      const value = values.get(name)
      return value === undefined
        ? null
        : repair(
            value
              .replace(/\r?\n[ \t]+/g, ' ')
              .replaceAll('\0', '')
              .trim(),
            values.get('content-type'),
          )
    },
    bodyAt: end ? end.body : bytes.length,
    isClosed: end !== null,
  }
}
