import { decodeMailBytes, decodeQuotedPrintable } from './decode-mail-bytes.ts'

/** `=?utf-8?Q?J=C3=B6rg?=`, and with the language of RFC 2231: `=?utf-8*de?B?…?=`. */
const WORD = /=\?([^?*\s]+)(?:\*[^?]*)?\?([bq])\?([^?]*)\?=/gi

const bytesOf = (encoding: string, text: string): Buffer =>
  encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQuotedPrintable(text.replaceAll('_', ' '))

/**
 * A header's value as people read it (RFC 2047). Words that follow each other are decoded as one, since senders cut characters of
 * several bytes in two.
 */
export const decodeWords = (value: string): string => {
  if (!value.includes('=?')) return value
  let decoded = ''
  let from = 0
  let open: { charset: string; bytes: Buffer[] } | null = null
  const close = () => {
    if (open !== null) decoded += decodeMailBytes(Buffer.concat(open.bytes), open.charset)
    open = null
  }
  for (const match of value.matchAll(WORD)) {
    const [whole, charset = '', encoding = '', text = ''] = match
    const between = value.slice(from, match.index)
    const isAdjacent: boolean = open !== null && /^\s*$/.test(between)
    if (!isAdjacent || open?.charset !== charset.toLowerCase()) {
      close()
      if (!isAdjacent) decoded += between
      open = { charset: charset.toLowerCase(), bytes: [] }
    }
    open.bytes.push(bytesOf(encoding, text))
    from = match.index + whole.length
  }
  close()
  return decoded + value.slice(from)
}

const percentBytes = (text: string): Buffer =>
  Buffer.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** Longer headers of this kind are made to be slow. */
const MAX_PARAMETERS_LENGTH = 10_000

/** A header such as Content-Type: its value in lower case and its parameters (RFC 2045, with the pieces and charsets of RFC 2231). */
export const readParameters = (header: string): { value: string; parameters: ReadonlyMap<string, string> } => {
  const pieces = new Map<string, { order: number; isEncoded: boolean; text: string }[]>()
  for (const match of header
    .slice(0, MAX_PARAMETERS_LENGTH)
    .matchAll(/;\s*([^\s=;*]+)(?:\*(\d+))?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/g)) {
    const [, name = '', order, star, quoted, plain] = match
    const text = quoted === undefined ? (plain ?? '').trim() : quoted.replace(/\\(.)/g, '$1')
    const key = name.toLowerCase()
    const known = pieces.get(key) ?? []
    known.push({ order: Number(order ?? 0), isEncoded: star !== undefined, text })
    pieces.set(key, known)
  }
  const parameters = new Map<string, string>()
  for (const [name, parts] of pieces) {
    parts.sort((a, b) => a.order - b.order)
    const isEncoded = parts.some((part) => part.isEncoded)
    const joined = parts.map(({ text }) => text).join('')
    const extended = isEncoded ? /^([^']*)'[^']*'([\s\S]*)$/.exec(joined) : null
    parameters.set(name, extended ? decodeMailBytes(percentBytes(extended[2] ?? ''), extended[1] ?? null) : decodeWords(joined))
  }
  return { value: (header.split(';', 1)[0] ?? '').trim().toLowerCase(), parameters }
}
