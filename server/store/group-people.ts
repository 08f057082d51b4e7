/** Which people may be one: pure, from what they share and what was said of them before. */

/** What accounts are alike in. */
export type Likeness = 'address' | 'name'
/** strong: the same address. likely: the same full name, one account in each source. possible: anything that others may well share. */
export type Strength = 'strong' | 'likely' | 'possible'

export type LikeAccount = {
  identity_key: string
  source: string
  person_id: string
  email_key: string | null
  name_key: string | null
  /** A name of one word, which others may go by as well. */
  is_handle: boolean
}

/** People who share an address or a name: each account that has it. */
export type LikeGroup = { by: Likeness; key: string; accounts: readonly LikeAccount[] }

export type PeopleGroup = { by: Likeness; key: string; strength: Strength; people: string[] }

/**
 * More people than this with one address have a shared mailbox, and with one name a common name; in one source so many names with one
 * address are of colleagues. Our judgement: somebody with an account in each of five places is suggested whole.
 */
export const MOST_PEOPLE = 6
const MOST_NAMES_IN_A_SOURCE = 2

const mostInASource = (accounts: readonly LikeAccount[], what: (account: LikeAccount) => string): number =>
  Math.max(0, ...[...Map.groupBy(accounts, (account) => account.source).values()].map((of) => new Set(of.map(what)).size))

/** How telling the likeness is; null where it is nothing to go by. */
export const strengthOf = ({ by, accounts }: LikeGroup): Strength | null => {
  const people = new Set(accounts.map((account) => account.person_id))
  if (people.size < 2 || people.size > MOST_PEOPLE) return null
  const peopleInASource = mostInASource(accounts, (account) => account.person_id)
  if (by === 'address') {
    const names = mostInASource(accounts, (account) => account.name_key ?? account.identity_key)
    if (names > MOST_NAMES_IN_A_SOURCE) return null
    return names > 1 ? 'possible' : 'strong'
  }
  if (accounts.some((account) => account.is_handle)) return peopleInASource > 1 ? null : 'possible'
  return peopleInASource > 1 ? 'possible' : 'likely'
}

/** The largest sets in which every two may be one person (Bron & Kerbosch 1973); there are at most `MOST_PEOPLE` of them. */
const largestSets = (people: readonly string[], mayBeOne: (a: string, b: string) => boolean): string[][] => {
  const found: string[][] = []
  const grow = (chosen: string[], candidates: string[], seen: string[]): void => {
    if (candidates.length === 0 && seen.length === 0 && chosen.length > 1) found.push(chosen)
    let left = candidates
    const done = [...seen]
    for (const person of candidates) {
      const fits = (other: string) => other !== person && mayBeOne(person, other)
      grow([...chosen, person], left.filter(fits), done.filter(fits))
      left = left.filter((other) => other !== person)
      done.push(person)
    }
  }
  grow([], [...people], [])
  return found
}

const STRENGTHS: readonly Strength[] = ['strong', 'likely', 'possible']

/**
 * The people who may be one, the strongest first, without those said to be different (`areDifferent`): where ana and ben are, and
 * carl is like both, there is ana with carl and ben with carl. What a stronger one holds two people of waits until that is decided.
 */
export const groupPeople = (groups: readonly LikeGroup[], areDifferent: (a: string, b: string) => boolean): PeopleGroup[] => {
  const strong = groups
    .flatMap((group) => {
      const strength = strengthOf(group)
      if (strength === null) return []
      const people = [...new Set(group.accounts.map((account) => account.person_id))].sort()
      return largestSets(people, (a, b) => !areDifferent(a, b)).map(
        (set): PeopleGroup => ({ by: group.by, key: group.key, strength, people: set }),
      )
    })
    .sort(
      (a, b) =>
        STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength) || b.people.length - a.people.length || (a.key < b.key ? -1 : 1),
    )
  const setsOf = new Map<string, Set<PeopleGroup>>()
  return strong.filter((group) => {
    const shared = new Map<PeopleGroup, number>()
    for (const person of group.people) for (const other of setsOf.get(person) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
    const waits = [...shared].some(([other, count]) => count > 1 && (other.by !== group.by || other.key !== group.key))
    if (!waits)
      for (const person of group.people) {
        const sets = setsOf.get(person) ?? new Set()
        setsOf.set(person, sets.add(group))
      }
    return !waits
  })
}
