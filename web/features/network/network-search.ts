import { type PeriodSearch, readPeriodSearch, withoutAbsent } from '../period/period-search.ts'

/** What the page Network keeps in its address beside the periods. */
export type NetworkSearch = PeriodSearch & {
  /** Key of the person who is looked at. */
  person?: string
  /** Ties of at least so many times of help are shown. */
  least?: number
  /** What the tables of people and of pairs are sorted by, with "-up" the other way round. */
  people?: string
  pairs?: string
}

export const MAX_LEAST = 99

const sortOf = (value: unknown): string | undefined => (typeof value === 'string' && /^[a-z]{1,12}(-up)?$/.test(value) ? value : undefined)

/** Reads the address; what it cannot understand is as if it were not there. */
export const readNetworkSearch = (search: Record<string, unknown>): NetworkSearch => {
  const least = Number(search.least)
  // a router reads digits alone as a number
  const person = typeof search.person === 'number' ? String(search.person) : search.person
  return withoutAbsent({
    ...readPeriodSearch(search),
    person: typeof person === 'string' && /^[0-9a-f]{16}$/.test(person) ? person : undefined,
    least: Number.isInteger(least) && least > 1 && least <= MAX_LEAST ? least : undefined,
    people: sortOf(search.people),
    pairs: sortOf(search.pairs),
  })
}
