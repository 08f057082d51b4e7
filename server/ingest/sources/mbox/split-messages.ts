/** A message as it lies in the file: bounded, whatever is attached to it. */
export type RawMessage = {
  /** The line of its From line, counted from 1. */
  line: number
  /** The From line, without its line break. */
  envelope: string
  /** Headers and body, up to MAX_KEPT_BYTES. */
  bytes: Buffer
  /** There was more than is kept. */
  isShortened: boolean
  /** The file ends in it without a line break, which every program that writes mailboxes puts there: it was cut off. */
  isCutOff: boolean
  /** Nothing follows it in the file. */
  isLast: boolean
}

/** Headers and the first text of a mail fit; its attachments need not. Our judgement. */
export const MAX_KEPT_BYTES = 320 * 1024
/** A From line and the header after it are looked for in lines no longer than this. */
const MAX_LINE_BYTES = 64 * 1024
const NEW_LINE = 0x0a
const CARRIAGE_RETURN = 0x0d
const LETTER_F = 0x46

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*'
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*'
/**
 * `From ana@example.org Mon Jan  2 10:00:00 2012` (RFC 4155), pipermail's `From ana at example.org  Mon …`, Thunderbird's `From - Mon …`,
 * Takeout's `From 1536842912345@xxx Thu Sep 13 12:00:00 +0000 2018`, and the number alone that archives of Usenet have.
 */
const FROM_LINE = new RegExp(
  `^From (?:-?\\d{5,}|(?:.{1,300}?\\s+)?${DAY},?\\s+(?:${MONTH}\\s+\\d{1,2}|\\d{1,2}\\s+${MONTH}(?:\\s+\\d{2,4})?),?\\s+\\d{1,2}:\\d\\d.{0,80})\\s*$`,
)
const HEADER = /^(?:[!-9;-~]{1,200}[ \t]*:|>From )/

/** Whether a text, such as the beginning of a file, begins with a From line. */
export const beginsWithFromLine = (text: string): boolean => {
  const lines = text.replace(/^\ufeff?\s*/, '').split(/\r?\n/, 2)
  return FROM_LINE.test(lines[0] ?? '') && (lines[1] === undefined || lines[1] === '' || HEADER.test(lines[1]))
}

/**
 * Cuts a mailbox into its messages, holding one at a time. A From line counts only after an empty line (or at the start), with a
 * date, and before a header: bodies hold lines that begin with "From ", and not every program escapes them. Content-Length is not
 * looked at, because it is wrong wherever somebody changed a line.
 */
export async function* splitMessages(stream: AsyncIterable<Uint8Array>): AsyncGenerator<RawMessage> {
  let current: { line: number; envelope: string; parts: Buffer[]; size: number; isShortened: boolean } | null = null
  let rest: Buffer = Buffer.alloc(0)
  let line = 1
  let isAfterEmpty = true
  let isInLongLine = false
  let hasLineEnd = true
  const keep = (bytes: Buffer) => {
    if (current === null || bytes.length === 0) return
    const room = MAX_KEPT_BYTES - current.size
    if (bytes.length > room) current.isShortened = true
    if (room > 0) {
      const kept = bytes.subarray(0, room)
      current.parts.push(kept)
      current.size += kept.length
    }
  }
  const finish = (isLast: boolean): RawMessage[] => {
    if (current === null) return []
    const { line: from, envelope, parts, isShortened } = current
    current = null
    return [
      {
        line: from,
        envelope,
        bytes: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts),
        isShortened,
        isCutOff: isLast && !hasLineEnd,
        isLast,
      },
    ]
  }
  /** Takes the whole lines of `work`; what is left of the last one waits for more. */
  const take = function* (work: Buffer, isLast: boolean): Generator<RawMessage> {
    let at = 0
    let from = 0
    while (at < work.length) {
      const end = work.indexOf(NEW_LINE, at)
      if (end < 0 && !isLast) {
        if (work.length - at <= MAX_LINE_BYTES) break
        isInLongLine = true
        at = work.length
        break
      }
      const stop = end < 0 ? work.length : end
      const next = stop + 1
      if (!isInLongLine && isAfterEmpty && work[at] === LETTER_F) {
        const envelope = work.toString('latin1', at, Math.min(stop, at + 500)).replace(/\r$/, '')
        if (FROM_LINE.test(envelope)) {
          const nextEnd = work.indexOf(NEW_LINE, next)
          // what follows the From line decides, and has not come yet
          if (nextEnd < 0 && !isLast && work.length - next < 400) break
          const following = work.toString('latin1', next, Math.min(nextEnd < 0 ? work.length : nextEnd, next + 300))
          if (HEADER.test(following) || next >= work.length) {
            keep(work.subarray(from, at))
            yield* finish(false)
            current = { line, envelope, parts: [], size: 0, isShortened: false }
            from = Math.min(next, work.length)
          }
        }
      }
      isAfterEmpty = !isInLongLine && (stop === at || (stop === at + 1 && work[at] === CARRIAGE_RETURN))
      isInLongLine = false
      hasLineEnd = end >= 0
      line++
      at = next
    }
    at = Math.min(at, work.length)
    keep(work.subarray(from, at))
    rest = work.subarray(at)
  }
  let isFirst = true
  for await (const chunk of stream) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
    isFirst = false
    yield* take(rest.length === 0 ? bytes : Buffer.concat([rest, bytes]), false)
  }
  yield* take(rest, true)
  yield* finish(true)
}
