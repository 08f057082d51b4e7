import { activeOthers, copyWindow, hostOf, ownList, record, shareOut, topOf } from '../change-window.ts'
import { distributionOf } from '../distribution.ts'
import { type Lever, mostAdded } from '../lever.ts'
import { type Noun, sayFewer, sayMore } from '../say-count.ts'
import type { WindowFacts } from '../window-facts.ts'

const ANNOUNCEMENT: Noun = ['announcement', 'announcements']
const WORK: Noun = ['task or edit', 'tasks or edits']

/** Announcements by the person who starts most threads, or by someone new. */
export const moreAnnouncements: Lever = {
  id: 'more_announcements',
  contributions_a_step: 1,
  most: mostAdded,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const starter = topOf(facts.people.starts_by_person)
    const person = starter === -1 ? (activeOthers(draft, -1)[0] as number) : starter
    record(draft, { count: amount, category: 'news', person, host: hostOf(draft, person), is_start: true })
    return draft
  },
  says: (_, amount) => `there had been ${sayMore(amount, ANNOUNCEMENT)}`,
}

export const fewerAnnouncements: Lever = {
  id: 'fewer_announcements',
  contributions_a_step: 1,
  most: (facts) => Math.min(facts.mix.news, droppable(facts).starts),
  apply: (facts, amount) => {
    const draft = drop(facts, amount, { category: 'news', is_start: true })
    const left = facts.news_by_top_author
    // the author who wrote most wrote the ones left out; never more than are left
    draft.news_by_top_author = left === null ? null : Math.min(left, draft.mix.news)
    return draft
  },
  says: (_, amount) => `there had been ${sayFewer(amount, ANNOUNCEMENT)}`,
}

/** Tasks and edits, spread over everyone. */
export const moreWork: Lever = {
  id: 'more_work',
  contributions_a_step: 1,
  most: mostAdded,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    shareOut(amount, activeOthers(draft, -1), (person, count) =>
      record(draft, { count, category: 'work', person, host: hostOf(draft, person) }),
    )
    return draft
  },
  says: (_, amount) => `there had been ${sayMore(amount, WORK)}`,
}

export const fewerWork: Lever = {
  id: 'fewer_work',
  contributions_a_step: 1,
  most: (facts) => Math.min(facts.mix.work, droppable(facts).spare),
  apply: (facts, amount) => drop(facts, amount, { category: 'work', is_start: false }),
  says: (_, amount) => `there had been ${sayFewer(amount, WORK)}`,
}

/** Contributions of a person that are no starts and no answers. */
const spareOf = ({ people }: WindowFacts, i: number) =>
  Math.max(
    0,
    (people.contributions_by_person[i] as number) - (people.starts_by_person[i] as number) - (people.answers_by_person[i] as number),
  )

const droppable = (facts: WindowFacts): { starts: number; spare: number } => ({
  starts: distributionOf(facts.people.starts_by_person).sum,
  spare: facts.people.contributions_by_person.reduce((sum, _, i) => sum + spareOf(facts, i), 0),
})

// the search for the smallest change asks for the same order again and again
const orders = new WeakMap<object, number[]>()

/** Indexes by falling count, the first of equals first; remembered by what is counted. */
const inFallingOrder = (counted: object, count: (i: number) => number, length: number): number[] => {
  const before = orders.get(counted)
  if (before) return before
  const order = Array.from({ length }, (_, i) => i).sort((a, b) => count(b) - count(a) || a - b)
  orders.set(counted, order)
  return order
}

/** Leaves contributions out, of those who have most of the kind and of the threads that hold most: nothing says whose they were. */
const drop = (facts: WindowFacts, amount: number, what: { category: 'news' | 'work'; is_start: boolean }): WindowFacts => {
  const draft = copyWindow(facts)
  const { people, hosts } = facts
  const has = (i: number) => (what.is_start ? (people.starts_by_person[i] as number) : spareOf(facts, i))
  let left = amount
  for (const person of inFallingOrder(what.is_start ? people.starts_by_person : people, has, people.person_ids.length)) {
    const count = Math.min(left, has(person))
    if (count <= 0) break
    record(draft, { count: -count, ...what, person, host: null })
    left -= count
  }
  // what was left out lay in threads: first in those that belong to nobody known, then in the largest
  const contributions_by_host = ownList(draft.hosts, 'contributions_by_host')
  let surplus = contributions_by_host.reduce((sum, count) => sum + count, 0) - draft.hosts.contribution_count
  for (const host of inFallingOrder(hosts, (i) => hosts.contributions_by_host[i] as number, hosts.host_ids.length)) {
    if (surplus <= 0) break
    const count = Math.min(surplus, contributions_by_host[host] as number)
    contributions_by_host[host] = (contributions_by_host[host] as number) - count
    surplus -= count
  }
  return draft
}
