/** Counts different keys exactly in bounded memory: at most 64 MB, for four million of them; our judgement: no community has more. */
const MAX_KEYS = 4_000_000
const FIRST_SLOTS = 1024

export type DistinctCount = {
  /** True when it was not there yet. */
  add: (key: string) => boolean
  count: () => number
  /** There were more than are counted. */
  isCut: () => boolean
}

/** Keys are uuids made of a hash: their first 52 bits tell four million of them apart but for a few in a thousand files. */
export const createDistinctCount = (maxKeys = MAX_KEYS): DistinctCount => {
  let slots = new Float64Array(FIRST_SLOTS)
  let count = 0
  let isCut = false
  const place = (table: Float64Array, value: number): number => {
    let at = value % table.length
    while (table[at] !== 0 && table[at] !== value) at = at + 1 === table.length ? 0 : at + 1
    return at
  }
  const grow = () => {
    const next = new Float64Array(slots.length * 2)
    for (const value of slots) if (value !== 0) next[place(next, value)] = value
    slots = next
  }
  return {
    add: (key) => {
      // an empty slot holds 0
      const value = Number.parseInt(key.replaceAll('-', '').slice(0, 13), 16) + 1
      const at = place(slots, value)
      if (slots[at] === value) return false
      if (count >= maxKeys) {
        isCut = true
        return false
      }
      slots[at] = value
      count++
      if (count * 2 > slots.length) grow()
      return true
    },
    count: () => count,
    isCut: () => isCut,
  }
}
