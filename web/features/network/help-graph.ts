import type { Network } from '../../../shared/contract/network.ts'

export type HelpRole = 'gave' | 'received' | 'both'
/** A person at the other end of a tie, by place in `people`, and how often there was help. */
export type Tied = { at: number; count: number }
export type HelpPerson = {
  key: string
  pseudonym: string
  name: string | null
  /** What the person is shown as: the name where the reader asked for names, else the pseudonym. */
  label: string
  gave: number
  received: number
  role: HelpRole
  /** Whom they helped and who helped them, most often first, as far as listed. */
  helped: Tied[]
  helpedBy: Tied[]
}
/** The answer of the server with its people as objects. Ties are those of at least `least` times; nobody is dropped. */
export type HelpGraph = { people: HelpPerson[]; ties: { from: number; to: number; count: number }[]; placeOf: Map<string, number> }

export const roleOf = ({ gave, received }: { gave: number; received: number }): HelpRole =>
  received === 0 ? 'gave' : gave === 0 ? 'received' : 'both'

const byCount = (a: Tied, b: Tied) => b.count - a.count || a.at - b.at

export const readHelpGraph = ({ people, ties }: Pick<Network, 'people' | 'ties'>, least = 1): HelpGraph => {
  const read = people.key.map((key, i): HelpPerson => {
    const [pseudonym = '', name = null] = [people.pseudonym[i], people.name?.[i]]
    const [gave, received] = [people.gave[i] ?? 0, people.received[i] ?? 0]
    const role = roleOf({ gave, received })
    return { key, pseudonym, name, label: name ?? pseudonym, gave, received, role, helped: [], helpedBy: [] }
  })
  const shown = ties.count.flatMap((count, i) => {
    const [from = 0, to = 0] = [ties.helper[i], ties.helped[i]]
    return count >= least ? [{ from, to, count }] : []
  })
  for (const { from, to, count } of shown) {
    read[from]?.helped.push({ at: to, count })
    read[to]?.helpedBy.push({ at: from, count })
  }
  for (const person of read) {
    person.helped.sort(byCount)
    person.helpedBy.sort(byCount)
  }
  return { people: read, ties: shown, placeOf: new Map(people.key.map((key, i) => [key, i])) }
}

/** Everyone tied to the person at a place, whichever way. */
export const neighboursOf = ({ people }: HelpGraph, at: number): Set<number> => {
  const person = people[at]
  return new Set(person === undefined ? [] : [...person.helped, ...person.helpedBy].map((tied) => tied.at))
}

/** Radii in pixels: the area grows with the help given, the largest of a crowd smaller than that of a few. */
export const sizesOf = (people: readonly Pick<HelpPerson, 'gave'>[]): number[] => {
  const most = people.reduce((max, { gave }) => Math.max(max, gave), 1)
  const [smallest, largest] = people.length > 1500 ? [1.6, 11] : people.length > 300 ? [3, 14] : people.length > 60 ? [5, 18] : [6, 20]
  return people.map(({ gave }) => Math.max(smallest, largest * Math.sqrt(gave / most)))
}
