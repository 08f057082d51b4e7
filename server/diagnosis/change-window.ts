import type { ContentMixCounts } from '../metrics/readings/content-mix-counts.ts'
import type { WindowFacts } from './window-facts.ts'

/** Who stands in for "others": the most active so many, which is enough to spread a change evenly and keeps it quick. */
const MOST_OTHERS = 20
/** Where there are no others, so many new people stand in for them. */
const FEW_OTHERS = 5

// lists that belong to one draft alone; all others are shared with the window it was copied from
const owned = new WeakSet<object>()

/** A copy whose counts may be changed by the functions below, until a rule has seen it. Lists are copied when they are first changed. */
export const copyWindow = (facts: WindowFacts): WindowFacts => {
  const { people, hosts } = facts
  for (const list of [...Object.values(people), ...Object.values(hosts)]) if (typeof list === 'object') owned.delete(list)
  return {
    ...facts,
    feed: { ...facts.feed },
    mix: { ...facts.mix },
    people: { ...people },
    hosts: { ...hosts },
    episodes: { ...facts.episodes },
    talk: { ...facts.talk },
  }
}

type Lists<Key extends string> = { [Name in Key]: (number | string)[] }

/** The list of a draft by this name, to be changed. */
export const ownList = <Key extends string, Holder extends Lists<Key>>(holder: Holder, key: Key): Holder[Key] => {
  const list = holder[key]
  if (owned.has(list)) return list
  const copy = list.slice() as Holder[Key]
  owned.add(copy)
  holder[key] = copy
  return copy
}

const increase = <Key extends string>(holder: { [Name in Key]: number[] }, key: Key, index: number, by: number) => {
  if (by === 0) return
  const counts = ownList(holder, key)
  counts[index] = (counts[index] ?? 0) + by
}

/** Contributions of one person in the threads of one host, added, or taken away where `count` is negative. */
export type Contributions = {
  count: number
  category: keyof ContentMixCounts
  /** Index of the person; null for an anonymous one. */
  person: number | null
  /** Index of the host of the threads they lie in; null for threads that belong to nobody. */
  host: number | null
  is_start?: boolean
  is_answer?: boolean
}

/** Records contributions in every count they belong to but the words, of which nothing is known. Added ones are recent; the feed never knows of fewer than the window holds. */
export const record = (draft: WindowFacts, { count, category, person, host, is_start, is_answer }: Contributions): void => {
  const { people, hosts, mix, feed } = draft
  mix[category] += count
  people.contribution_count += count
  hosts.contribution_count += count
  if (is_start) people.start_count += count
  if (is_answer) people.answer_count += count
  if (person === null) people.anonymous_count += count
  else {
    increase(people, 'contributions_by_person', person, count)
    if (is_start) increase(people, 'starts_by_person', person, count)
    if (is_answer) increase(people, 'answers_by_person', person, count)
  }
  if (host !== null) increase(hosts, 'contributions_by_host', host, count)
  if (count >= 0) feed.recent_contribution_count += count
  else {
    const all = feed.recent_contribution_count + feed.earlier_contribution_count + count
    feed.recent_contribution_count = Math.min(feed.recent_contribution_count, people.contribution_count)
    feed.earlier_contribution_count = all - feed.recent_contribution_count
  }
}

/** Gives contributions of one person to another, with as many of their starts and answers as said. */
export const handOver = (
  draft: WindowFacts,
  from: number,
  to: number,
  given: { contributions: number; starts?: number; answers?: number },
): void => {
  const move = (key: 'contributions_by_person' | 'starts_by_person' | 'answers_by_person', count = 0) => {
    increase(draft.people, key, from, -count)
    increase(draft.people, key, to, count)
  }
  move('contributions_by_person', given.contributions)
  move('starts_by_person', given.starts)
  move('answers_by_person', given.answers)
}

/** Moves contributions from the threads of one host to those of another. */
export const moveBetweenHosts = (draft: WindowFacts, from: number, to: number, count: number): void => {
  increase(draft.hosts, 'contributions_by_host', from, -count)
  increase(draft.hosts, 'contributions_by_host', to, count)
}

export const addPerson = (draft: WindowFacts): number => {
  const { people } = draft
  ownList(people, 'contributions_by_person').push(0)
  ownList(people, 'starts_by_person').push(0)
  ownList(people, 'answers_by_person').push(0)
  return ownList(people, 'person_ids').push(`someone new ${people.person_ids.length}`) - 1
}

/** The host index of a person, who becomes a host where they are none yet. */
export const hostOf = (draft: WindowFacts, person: number): number => {
  const id = draft.people.person_ids[person] as string
  const index = draft.hosts.host_ids.indexOf(id)
  if (index !== -1) return index
  ownList(draft.hosts, 'contributions_by_host').push(0)
  return ownList(draft.hosts, 'host_ids').push(id) - 1
}

/** The person index of a host, or null where the host did nothing in the window. */
export const personOfHost = (draft: WindowFacts, host: number): number | null => {
  const index = draft.people.person_ids.indexOf(draft.hosts.host_ids[host] as string)
  return index === -1 ? null : index
}

/** Where the largest count stands, the first of equals; −1 where there is none. Asks no memory, so it may look at a draft. */
export const topOf = (counts: readonly number[]): number => {
  let top = -1
  for (let i = 0; i < counts.length; i++) if ((counts[i] as number) > (top === -1 ? 0 : (counts[top] as number))) top = i
  return top
}

/** People other than one who satisfy a condition, the most active first; nobody where there are none. */
export const someOthers = (facts: WindowFacts, than: number, isOne: (person: number) => boolean): number[] => {
  const found: number[] = []
  const { contributions_by_person } = facts.people
  for (let i = 0; i < contributions_by_person.length && found.length < MOST_OTHERS; i++)
    if (i !== than && (contributions_by_person[i] as number) > 0 && isOne(i)) found.push(i)
  return found
}

/** Active people other than one; new ones where there are none. */
export const activeOthers = (draft: WindowFacts, than: number): number[] => {
  const others = someOthers(draft, than, () => true)
  return others.length > 0 ? others : Array.from({ length: FEW_OTHERS }, () => addPerson(draft))
}

/** People other than the one who answers most (the most active one where nobody answers) who answer; where they are few, some active others with them. */
export const answeringOthers = (draft: WindowFacts): number[] => {
  const { answers_by_person, contributions_by_person } = draft.people
  const top = topOf(answers_by_person)
  const than = top === -1 ? topOf(contributions_by_person) : top
  const answers = (i: number) => (answers_by_person[i] as number) > 0
  const others = someOthers(draft, than, answers)
  if (others.length >= FEW_OTHERS) return others
  return [...others, ...activeOthers(draft, than).filter((i) => !answers(i))].slice(0, FEW_OTHERS)
}

/** Hosts other than the one with most; a thread of nobody known where there are none. */
export const otherHosts = (facts: WindowFacts): (number | null)[] => {
  const { contributions_by_host } = facts.hosts
  const top = topOf(contributions_by_host)
  const others: number[] = []
  for (let i = 0; i < contributions_by_host.length && others.length < MOST_OTHERS; i++) if (i !== top) others.push(i)
  return others.length > 0 ? others : [null]
}

/** Shares an amount out evenly, the first of them taking what is left over. */
export const shareOut = <T>(amount: number, among: readonly T[], give: (to: T, count: number) => void): void => {
  const each = Math.floor(amount / among.length)
  const left = amount % among.length
  for (const [i, to] of among.entries()) {
    const count = each + (i < left ? 1 : 0)
    if (count > 0) give(to, count)
  }
}

/** The i-th of a list that begins again at its end. */
export const inTurn = <T>(list: readonly T[], i: number): T => list[i % list.length] as T
