import { NOBODY } from './window-cells.ts'

/** Counts of somebody in a group of threads, to be added up many times with other weights: aligned lists, of those with any. */
export type Tally = {
  group: Int32Array
  /** Those of group g are from first[g] up to, and without, first[g + 1]. */
  first: Int32Array
  who: Int32Array
  count: Int32Array
  /** The result, one a person with any, in no particular order: filled anew by `addUp`, by way of `scratch`. */
  sums: number[]
  scratch: Int32Array
  /** The person of each sum, by the index given. */
  whose: Int32Array
}

/** Entry i says that `who[i]` (or NOBODY, passed over) has `count[i]` in `group[i]`; several of one person in one group become one. */
export const tallyOf = (groupCount: number, group: ArrayLike<number>, who: ArrayLike<number>, count: ArrayLike<number>): Tally => {
  const places = new Map<number, number>()
  const first = new Int32Array(groupCount + 1)
  const isCounted = (i: number) => (count[i] as number) > 0 && who[i] !== NOBODY
  for (let i = 0; i < who.length; i++) {
    if (!isCounted(i)) continue
    if (!places.has(who[i] as number)) places.set(who[i] as number, places.size)
    const after = (group[i] as number) + 1
    first[after] = (first[after] as number) + 1
  }
  for (let g = 0; g < groupCount; g++) first[g + 1] = (first[g + 1] as number) + (first[g] as number)
  const sorted = new Int32Array(first[groupCount] as number)
  const next = first.slice()
  for (let i = 0; i < who.length; i++) {
    if (!isCounted(i)) continue
    const at = next[group[i] as number] as number
    next[group[i] as number] = at + 1
    sorted[at] = i
  }
  return mergeWithinGroups({ first, sorted, place: (i) => places.get(who[i] as number) as number, count, places })
}

type Sorted = {
  first: Int32Array
  sorted: Int32Array
  place: (entry: number) => number
  count: ArrayLike<number>
  places: ReadonlyMap<number, number>
}

const mergeWithinGroups = ({ first, sorted, place, count, places }: Sorted): Tally => {
  const groupCount = first.length - 1
  const begins = new Int32Array(groupCount + 1)
  const merged = { group: new Int32Array(sorted.length), who: new Int32Array(sorted.length), count: new Int32Array(sorted.length) }
  // where the entry of each person stands; from another group where it is less than the first of this one
  const last = new Int32Array(places.size).fill(-1)
  let length = 0
  for (let g = 0; g < groupCount; g++) {
    begins[g] = length
    for (let at = first[g] as number; at < (first[g + 1] as number); at++) {
      const entry = sorted[at] as number
      const person = place(entry)
      let to = last[person] as number
      if (to < (begins[g] as number)) {
        to = length++
        last[person] = to
        merged.who[to] = person
        merged.group[to] = g
      }
      merged.count[to] = (merged.count[to] as number) + (count[entry] as number)
    }
  }
  begins[groupCount] = length
  return {
    group: merged.group.slice(0, length),
    first: begins,
    who: merged.who.slice(0, length),
    count: merged.count.slice(0, length),
    sums: Array.from(places, () => 0),
    scratch: new Int32Array(places.size),
    whose: Int32Array.from(places.keys()),
  }
}

/** Where groups hold more than this, passing over those that do not count saves more than asking costs (measured). */
const MANY_IN_A_GROUP = 6

/** The sums by person with each group counted as often as its weight says. */
export const addUp = (tally: Tally, weights: Int32Array): number[] => {
  const { who, sums, scratch } = tally
  scratch.fill(0)
  if (who.length > MANY_IN_A_GROUP * weights.length) addByGroup(tally, weights)
  else addAll(tally, weights)
  for (let person = 0; person < sums.length; person++) sums[person] = scratch[person] as number
  return sums
}

const addByGroup = ({ first, who, count, scratch }: Tally, weights: Int32Array): void => {
  for (let g = 0; g < weights.length; g++) {
    const weight = weights[g] as number
    if (weight === 0) continue
    const end = first[g + 1] as number
    for (let i = first[g] as number; i < end; i++) {
      const person = who[i] as number
      scratch[person] = (scratch[person] as number) + weight * (count[i] as number)
    }
  }
}

const addAll = ({ group, who, count, scratch }: Tally, weights: Int32Array): void => {
  for (let i = 0; i < who.length; i++) {
    const person = who[i] as number
    scratch[person] = (scratch[person] as number) + (weights[group[i] as number] as number) * (count[i] as number)
  }
}
