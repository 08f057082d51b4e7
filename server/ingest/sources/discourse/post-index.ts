/** Post numbers of a topic below this; the largest topics known have some hundred thousand. */
const NUMBERS = 2 ** 20
/** Two columns of 32 MB when full; our judgement. Beyond it replies are linked to their topic alone. */
const MAX_SLOTS = 2 ** 22
const FIRST_SLOTS = 2 ** 12

/** The ids of posts by topic and number in it, in bounded memory; later posts stay out when it is full. */
export class PostIndex {
  isFull = false
  private keys = new Float64Array(FIRST_SLOTS)
  private ids = new Float64Array(FIRST_SLOTS)
  private count = 0
  private readonly maxSlots: number

  constructor(maxSlots = MAX_SLOTS) {
    this.maxSlots = maxSlots
  }

  /** False where the post is known already, or there is no room for it. */
  add(topicId: number, postNumber: number, postId: number): boolean {
    if (topicId < 0 || postNumber < 1 || postNumber >= NUMBERS) return false
    const key = topicId * NUMBERS + postNumber
    const slot = this.slotOf(key)
    if (this.keys[slot] === key) return false
    if (this.count * 4 >= this.keys.length * 3) {
      if (this.keys.length >= this.maxSlots) {
        this.isFull = true
        return false
      }
      this.grow()
      return this.add(topicId, postNumber, postId)
    }
    this.keys[slot] = key
    this.ids[slot] = postId
    this.count++
    return true
  }

  find(topicId: number, postNumber: number): number | null {
    const key = topicId * NUMBERS + postNumber
    const slot = this.slotOf(key)
    return this.keys[slot] === key ? (this.ids[slot] as number) : null
  }

  /** Where the key stands, or would; 0 is no key, since numbers begin with 1. */
  private slotOf(key: number): number {
    const mask = this.keys.length - 1
    let slot = (Math.imul(key % 4294967291, 2654435761) >>> 7) & mask
    while (this.keys[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const { keys, ids } = this
    this.keys = new Float64Array(keys.length * 2)
    this.ids = new Float64Array(keys.length * 2)
    for (let from = 0; from < keys.length; from++) {
      const key = keys[from] as number
      if (key === 0) continue
      const slot = this.slotOf(key)
      this.keys[slot] = key
      this.ids[slot] = ids[from] as number
    }
  }
}
