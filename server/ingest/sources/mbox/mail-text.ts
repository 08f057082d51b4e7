import { htmlToText } from '../html-to-text.ts'
import { decodeMailBytes, decodeQuotedPrintable } from './decode-mail-bytes.ts'
import { readParameters } from './decode-words.ts'
import { type MailHead, readHead } from './mail-head.ts'

export type MailText = {
  /** The first text of the message; empty where it has none. */
  text: string
  /** An invitation to a meeting, or the answer to one; a calendar's file attached to a mail is none. */
  isCalendar: boolean
  /** A machine reports that a mail was not delivered, or was read (RFC 3462). */
  isReport: boolean
  /** A part begins and the end of its parts is missing. */
  isOpen: boolean
}

/** Parts in parts; deeper ones are not read. Our judgement. */
const MAX_DEPTH = 8
/** Enough for the longest text that is taken, however it is encoded. */
const MAX_TEXT_BYTES = 192 * 1024

const QUOTED_HTML =
  /<blockquote[\s>][\s\S]*?(?:<\/blockquote>|$)|<div[^>]{0,300}class="?[^">]{0,300}(?:gmail_quote|moz-cite-prefix|yahoo_quoted)[\s\S]*$/gi
const NO_TALK_HTML = /<(style|script|head|title|pre)[\s>][\s\S]*?(?:<\/\1\s*>|$)/gi

const unpack = (bytes: Buffer, encoding: string): Buffer => {
  const kept = bytes.subarray(0, MAX_TEXT_BYTES)
  if (encoding === 'base64') return Buffer.from(kept.toString('latin1').replace(/[^A-Za-z0-9+/]/g, ''), 'base64')
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(kept.toString('latin1'))
  return kept
}

const LINE_END_HTML = /<(?:br|hr|\/p|\/div|\/tr|\/li|\/h\d)\b[^>]*>/gi
/** Stands for the end of a line where white space is taken together. */
const LINE_END = '\u0001'

/** The words of a mail in HTML, in lines, so that what Outlook leaves of the mail it answers can be told by its header lines. */
const textOfHtml = (html: string): string =>
  htmlToText(dropOpenTags(html).replace(NO_TALK_HTML, ' ').replace(QUOTED_HTML, ' ').replace(LINE_END_HTML, LINE_END))
    .replaceAll(LINE_END, '\n')
    .replace(/ *\n */g, '\n')

/** Looking for the end of each tag is slow where a mail is made of beginnings alone: behind the last end there is none. */
const dropOpenTags = (html: string): string => {
  const end = html.lastIndexOf('>') + 1
  return html.slice(0, end) + html.slice(end).replaceAll('<', ' ')
}

type Found = { text: string | null; isHtml: boolean }
const NONE: Found = { text: null, isHtml: false }

/** The parts between the boundary's lines; the last one may be open. */
const splitParts = (body: Buffer, boundary: string): { parts: Buffer[]; isClosed: boolean } => {
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const parts: Buffer[] = []
  let from = -1
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    const isLineStart = at === 0 || body[at - 1] === 0x0a
    const after = at + mark.length
    const isEnd = body[after] === 0x2d && body[after + 1] === 0x2d
    const next = body[after]
    // a boundary may begin like another one
    if (!isLineStart || !(isEnd || next === undefined || next === 0x0a || next === 0x0d || next === 0x20)) continue
    if (from >= 0) parts.push(body.subarray(from, at))
    if (isEnd) return { parts, isClosed: true }
    const lineEnd = body.indexOf(0x0a, after)
    from = lineEnd < 0 ? body.length : lineEnd + 1
  }
  if (from >= 0) parts.push(body.subarray(from))
  return { parts, isClosed: false }
}

/** What a message says, of the bytes after its headers. Attachments and forwarded messages are not read. */
export const readMailText = (head: MailHead, body: Buffer): MailText => {
  const found: MailText = { text: '', isCalendar: false, isReport: false, isOpen: false }
  const walk = (part: MailHead, bytes: Buffer, depth: number): Found => {
    const { value: type, parameters } = readParameters(part.first('content-type') ?? 'text/plain')
    const encoding = (part.first('content-transfer-encoding') ?? '').replace(/[;\s].*$/, '').toLowerCase()
    if (type === 'multipart/report') found.isReport = true
    const boundary = parameters.get('boundary')
    if (type.startsWith('multipart/') && boundary) {
      const { parts, isClosed } = splitParts(bytes, boundary)
      if (!isClosed) found.isOpen = true
      let chosen = NONE
      for (const inner of depth < MAX_DEPTH ? parts : []) {
        const innerHead = readHead(inner)
        const said = walk(innerHead, inner.subarray(innerHead.bodyAt), depth + 1)
        // the same again as HTML says nothing new
        if (chosen.text === null || (chosen.isHtml && said.text !== null && !said.isHtml)) chosen = said.text === null ? chosen : said
        if (chosen.text !== null && !chosen.isHtml && type !== 'multipart/mixed' && type !== 'multipart/alternative') break
      }
      return chosen
    }
    if (/^attachment/i.test(part.first('content-disposition') ?? '')) return NONE
    if (type === 'text/calendar') {
      found.isCalendar = true
      return NONE
    }
    const isHtml = type === 'text/html'
    // an unknown type of text, and none at all, are text
    if (!isHtml && type !== 'text/plain' && type !== '' && type !== 'text' && !(type.startsWith('text/') && depth === 0)) return NONE
    const text = decodeMailBytes(unpack(bytes, encoding), parameters.get('charset') ?? null)
    return { text: isHtml ? textOfHtml(text) : text, isHtml }
  }
  found.text = walk(head, body, 0).text ?? ''
  return found
}
