/** Cuts a stream of bytes into lines, never holding more than one of them. */

/** A line without its line break; `bytes` is null when it was longer than the limit and was thrown away. */
export type Line = { index: number; bytes: Buffer | null }

const NEW_LINE = 0x0a
const CARRIAGE_RETURN = 0x0d
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0x20 || byte === 0x09)

/** Give it chunks as they come, then `end()`. Blank lines are counted and left out; a byte order mark and a missing last line break do no harm. */
export class LineSplitter {
  readonly #limit: number
  #parts: Buffer[] = []
  #size = 0
  #index = 0

  /** `limit`: the longest line, in bytes. */
  constructor(limit: number) {
    this.#limit = limit
  }

  push(chunk: Buffer): Line[] {
    const lines: Line[] = []
    let from = 0
    for (let at = chunk.indexOf(NEW_LINE); at !== -1; at = chunk.indexOf(NEW_LINE, from)) {
      this.#hold(chunk.subarray(from, at))
      this.#finish(lines)
      from = at + 1
    }
    this.#hold(chunk.subarray(from))
    return lines
  }

  /** The last line, when no line break ended it. */
  end(): Line[] {
    const lines: Line[] = []
    if (this.#size > 0) this.#finish(lines)
    return lines
  }

  #hold(part: Buffer): void {
    this.#size += part.length
    // a byte for \r and three for the mark are not the line's own
    if (this.#size <= this.#limit + 4) this.#parts.push(part)
    else this.#parts = []
  }

  #finish(lines: Line[]): void {
    const index = this.#index++
    const isCut = this.#size > this.#limit + 4
    let bytes = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts)
    this.#parts = []
    this.#size = 0
    if (isCut) return void lines.push({ index, bytes: null })
    if (index === 0 && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) bytes = bytes.subarray(3)
    if (bytes.at(-1) === CARRIAGE_RETURN) bytes = bytes.subarray(0, -1)
    if (!isBlank(bytes)) lines.push({ index, bytes: bytes.length > this.#limit ? null : bytes })
  }
}
