/** So many messages are known by their id at most, at twelve bytes each in a table no more than three quarters full: 50 MB. */
const MAX_KNOWN = 3_145_728
const FIRST_SLOTS = 1 << 16

/** Two numbers of 32 bits of a text (the mixing of MurmurHash 3); among three million ids the chance that two share both is one in four million. */
const hashOf = (text: string): [number, number] => {
  let high = 0x9747b28c
  let low = 0x85ebca6b
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 0xcc9e2d51)
    high = (high << 13) | (high >>> 19)
    low = Math.imul(low ^ code, 0x1b873593)
    low = (low << 15) | (low >>> 17)
  }
  high = Math.imul(high ^ (low >>> 16), 0xc2b2ae35)
  low = Math.imul(low ^ (high >>> 13), 0xcc9e2d51)
  return [(high ^ (high >>> 16)) >>> 0 || 1, (low ^ (low >>> 15)) >>> 0]
}

/** Which messages an archive holds, and what was read of each: a table of numbers that never holds their text. */
export class KnownIds {
  readonly #max: number
  #high = new Uint32Array(FIRST_SLOTS)
  #low = new Uint32Array(FIRST_SLOTS)
  #digest = new Uint32Array(FIRST_SLOTS)
  #size = 0

  constructor(max = MAX_KNOWN) {
    this.#max = max
  }

  /** True once an id was not taken for want of room: then any id may be in the archive. */
  isFull = false

  add(id: string): void {
    const [high, low] = hashOf(id)
    const slot = this.#slotOf(high, low)
    if (this.#high[slot] !== 0) return
    if (this.#size >= this.#max) {
      this.isFull = true
      return
    }
    this.#high[slot] = high
    this.#low[slot] = low
    this.#size++
    if (this.#size * 4 > this.#high.length * 3) this.#grow()
  }

  has(id: string): boolean {
    const [high, low] = hashOf(id)
    return this.#high[this.#slotOf(high, low)] !== 0
  }

  /**
   * Notes that a message was read, by what it holds beside its list. A repeat of it on another list is a copy; any other repeat is
   * for the store to judge.
   */
  isCopy(id: string, content: string, list: string): boolean {
    const [high, low] = hashOf(id)
    const slot = this.#slotOf(high, low)
    if (this.#high[slot] === 0) return false
    const ofContent = hashOf(content)[0] >>> 16 || 1
    const ofList = hashOf(list)[0] >>> 16
    const known = this.#digest[slot] as number
    if (known === 0) this.#digest[slot] = ((ofContent << 16) | ofList) >>> 0
    return known !== 0 && known >>> 16 === ofContent && (known & 0xffff) !== ofList
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#high.length - 1
    let slot = low & mask
    while (this.#high[slot] !== 0 && !(this.#high[slot] === high && this.#low[slot] === low)) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [high, low, digest] = [this.#high, this.#low, this.#digest]
    this.#high = new Uint32Array(high.length * 2)
    this.#low = new Uint32Array(high.length * 2)
    this.#digest = new Uint32Array(high.length * 2)
    for (let from = 0; from < high.length; from++) {
      if (high[from] === 0) continue
      const to = this.#slotOf(high[from] as number, low[from] as number)
      this.#high[to] = high[from] as number
      this.#low[to] = low[from] as number
      this.#digest[to] = digest[from] as number
    }
  }
}
