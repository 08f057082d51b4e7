/** Directed ties by the places of their people: nobody to themselves, each pair once a direction. */
export type Ties = { helper: readonly number[]; helped: readonly number[] }

/**
 * The places of the people who stay when a graph is too large to send: those tied to most others (whoever comes first, of equals),
 * as many as leave no more than `maxTies` ties among them. In rising order; everyone where all fit. Linear but for one sort.
 */
export const keepMostTied = (peopleCount: number, { helper, helped }: Ties, maxPeople: number, maxTies: number): number[] => {
  const everyone = Array.from({ length: peopleCount }, (_, i) => i)
  if (peopleCount <= maxPeople && helper.length <= maxTies) return everyone
  const tiedTo = countTied(peopleCount, { helper, helped })
  const order = everyone.toSorted((a, b) => (tiedTo[b] as number) - (tiedTo[a] as number) || a - b)
  const rank = new Int32Array(peopleCount)
  for (const [at, person] of order.entries()) rank[person] = at
  // a tie comes in with the later of its two people
  const comesWith = new Int32Array(peopleCount)
  for (const [i, from] of helper.entries()) {
    const later = Math.max(rank[from] as number, rank[helped[i] as number] as number)
    comesWith[later] = (comesWith[later] as number) + 1
  }
  let ties = 0
  let count = 0
  for (; count < Math.min(peopleCount, maxPeople); count++) {
    ties += comesWith[count] as number
    if (ties > maxTies) break
  }
  return order.slice(0, count).sort((a, b) => a - b)
}

/** To how many others each is tied, in whichever direction. */
const countTied = (peopleCount: number, { helper, helped }: Ties): Int32Array => {
  const known = new Set<number>()
  const count = new Int32Array(peopleCount)
  for (const [i, a] of helper.entries()) {
    const b = helped[i] as number
    const pair = Math.min(a, b) * peopleCount + Math.max(a, b)
    if (known.has(pair)) continue
    known.add(pair)
    count[a] = (count[a] as number) + 1
    count[b] = (count[b] as number) + 1
  }
  return count
}
