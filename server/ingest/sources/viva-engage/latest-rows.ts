/** So many messages are watched for repeats: 8 bytes each in a table no more than three quarters full, some 48 MB. Our judgement. */
const MAX_WATCHED = 3_145_728
/** So many repeated messages are kept apart. */
const MAX_REPEATED = 200_000
const FIRST_SLOTS = 1 << 14

/**
 * Which row of a message is its latest, where parts of an export that were made one after the other hold it again after it was edited.
 * A first reading notes every row, the second asks.
 */
export class LatestRows {
  #ids = new Float64Array(FIRST_SLOTS)
  #size = 0
  #row = 0
  readonly #repeated = new Map<number, number>()

  /** The rows are noted in the order in which they are asked for later. */
  note(id: string): void {
    const row = this.#row++
    const number = Number(id)
    if (!Number.isSafeInteger(number) || number <= 0) return
    const slot = this.#slotOf(number)
    if (this.#ids[slot] === number) {
      if (this.#repeated.size < MAX_REPEATED || this.#repeated.has(number)) this.#repeated.set(number, row)
      return
    }
    if (this.#size >= MAX_WATCHED) return
    this.#ids[slot] = number
    this.#size++
    if (this.#size * 4 > this.#ids.length * 3) this.#grow()
  }

  /** Whether the message comes again in a later row. */
  isOutdated(id: string, row: number): boolean {
    const last = this.#repeated.get(Number(id))
    return last !== undefined && last !== row
  }

  #slotOf(number: number): number {
    const mask = this.#ids.length - 1
    // ids are counted up in steps: spread by their low and high halves
    let slot = (Math.imul(number >>> 0, 0x9e3779b1) ^ Math.imul(Math.floor(number / 0x100000000), 0x85ebca6b)) & mask
    while (this.#ids[slot] !== 0 && this.#ids[slot] !== number) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const old = this.#ids
    this.#ids = new Float64Array(old.length * 2)
    for (const number of old) if (number !== 0) this.#ids[this.#slotOf(number)] = number
  }
}
