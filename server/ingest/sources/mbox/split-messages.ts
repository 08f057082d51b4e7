/** A message as it lies in the file: bounded, whatever is attached to it. */
export type RawMessage = {
  /** The line of its From line, counted from 1. */
  line: number
  /** The From line, without its line break. */
  envelope: string
  /** Headers and body, up to MAX_KEPT_BYTES; good until the next message is asked for, which overwrites them. */
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
/** Taken of a chunk at a time; with the line before it, it fits into the buffer that lines are looked for in. */
const PIECE_BYTES = 64 * 1024
const WORK_BYTES = 4 * PIECE_BYTES
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
  let current: { line: number; envelope: string; isShortened: boolean } | null = null
  // both are used again and again: a buffer of its own for each piece and message would pile up faster than it is collected
  const kept = Buffer.allocUnsafeSlow(MAX_KEPT_BYTES)
  const work = Buffer.allocUnsafeSlow(WORK_BYTES)
  let keptSize = 0
  let workSize = 0
  let line = 1
  let isAfterEmpty = true
  let isInLongLine = false
  let hasLineEnd = true
  const keep = (from: number, to: number) => {
    if (current === null) return
    const room = MAX_KEPT_BYTES - keptSize
    if (to - from > room) current.isShortened = true
    keptSize += work.copy(kept, keptSize, from, Math.min(to, from + room))
  }
  const finish = (isLast: boolean): RawMessage[] => {
    if (current === null) return []
    const { line: from, envelope, isShortened } = current
    current = null
    return [{ line: from, envelope, bytes: kept.subarray(0, keptSize), isShortened, isCutOff: isLast && !hasLineEnd, isLast }]
  }
  /** Takes the whole lines in `work`; what is left of the last one waits for more. */
  const take = function* (isLast: boolean): Generator<RawMessage> {
    const bytes = work.subarray(0, workSize)
    let at = 0
    let from = 0
    while (at < bytes.length) {
      const end = bytes.indexOf(NEW_LINE, at)
      if (end < 0 && !isLast) {
        if (bytes.length - at <= MAX_LINE_BYTES) break
        isInLongLine = true
        at = bytes.length
        break
      }
      const stop = end < 0 ? bytes.length : end
      const next = stop + 1
      if (!isInLongLine && isAfterEmpty && bytes[at] === LETTER_F) {
        const envelope = bytes.toString('latin1', at, Math.min(stop, at + 500)).replace(/\r$/, '')
        if (FROM_LINE.test(envelope)) {
          const nextEnd = bytes.indexOf(NEW_LINE, next)
          // what follows the From line decides, and has not come yet
          if (nextEnd < 0 && !isLast && bytes.length - next < 400) break
          const following = bytes.toString('latin1', next, Math.min(nextEnd < 0 ? bytes.length : nextEnd, next + 300))
          if (HEADER.test(following) || next >= bytes.length) {
            keep(from, at)
            yield* finish(false)
            current = { line, envelope, isShortened: false }
            keptSize = 0
            from = Math.min(next, bytes.length)
          }
        }
      }
      isAfterEmpty = !isInLongLine && (stop === at || (stop === at + 1 && bytes[at] === CARRIAGE_RETURN))
      isInLongLine = false
      hasLineEnd = end >= 0
      line++
      at = next
    }
    at = Math.min(at, bytes.length)
    keep(from, at)
    work.copyWithin(0, at, workSize)
    workSize -= at
  }
  let isFirst = true
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const hasMark = isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    isFirst = false
    for (let at = hasMark ? 3 : 0; at < bytes.length; at += PIECE_BYTES) {
      workSize += bytes.copy(work, workSize, at, at + PIECE_BYTES)
      yield* take(false)
    }
  }
  yield* take(true)
  yield* finish(true)
}
