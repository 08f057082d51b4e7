import { copyWindow, hostOf, inTurn, moveBetweenHosts, otherHosts, ownList } from '../change-window.ts'
import { distributionOf } from '../distribution.ts'
import { type Lever, mostAdded } from '../lever.ts'
import { isLittleData } from '../little-data.ts'
import { decidesByTalk, mayDecideByTalk, talksLikeAWorkgroup, topTenHold } from '../rules/workgroup-by-talk.ts'
import { type Noun, sayCount } from '../say-count.ts'
import type { WindowFacts } from '../window-facts.ts'

// What can turn the ten of the rule "workgroup, by its talk". Each goes as far as the rule needs and no further, and nowhere where
// the rule cannot be turned by it: beyond that it would change nothing this rule sees.

const CONTRIBUTION: Noun = ['contribution', 'contributions']
const TEN = 10

const topTen = ({ people }: WindowFacts): number => distributionOf(people.contributions_by_person).top_ten

// the search asks for the same order again and again
const orders = new WeakMap<WindowFacts, readonly number[]>()

/** Indexes of people with contributions, the most active first, of equals the first. */
const byActivity = (facts: WindowFacts): readonly number[] => {
  const before = orders.get(facts)
  if (before) return before
  const { contributions_by_person } = facts.people
  const order = contributions_by_person
    .map((_, i) => i)
    .filter((i) => (contributions_by_person[i] as number) > 0)
    .sort((a, b) => (contributions_by_person[b] as number) - (contributions_by_person[a] as number) || a - b)
  orders.set(facts, order)
  return order
}

/** People who were not there join in, each with one reply: the ten most active make less of the whole. */
export const morePeopleJoinIn: Lever = {
  id: 'more_people_join_in',
  contributions_a_step: 1,
  most: (facts) => {
    if (!decidesByTalk(facts)) return 0
    const { people, house } = facts
    // of fewer than ten people, the first who join are among the ten themselves
    const ten = topTen(facts) + Math.max(0, TEN - distributionOf(people.contributions_by_person).people)
    const needed = Math.floor((100 * ten) / house.thresholds.workgroup_top_ten) - people.contribution_count + 1
    return needed > mostAdded(facts) ? 0 : needed
  },
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const { people, hosts, mix, feed } = draft
    addPeople(draft, amount, {})
    people.contribution_count += amount
    hosts.contribution_count += amount
    mix.discussion += amount
    feed.recent_contribution_count += amount
    // they reply where the one with most threads is not the host
    const [host] = otherHosts(facts)
    if (typeof host === 'number') {
      const counts = ownList(hosts, 'contributions_by_host')
      counts[host] = (counts[host] as number) + amount
    }
    return draft
  },
  says: (_, amount) =>
    amount === 1 ? '1 more person had joined in with a contribution' : `${amount} more people had joined in with one contribution each`,
}

/** Contributions of the ten most active people come from as many people who were not there. */
export const talkSharedOut: Lever = {
  id: 'talk_shared_out',
  contributions_a_step: 1,
  most: (facts) => {
    if (!decidesByTalk(facts)) return 0
    const { people, house } = facts
    const known = distributionOf(people.contributions_by_person).sum
    // what each takes over is one contribution: never more than there are, and the ten then have at least one each
    const least = (amount: number) => topTenWithout(facts, amount)
    return leastAmount(known, (amount) => 100 * least(amount) < house.thresholds.workgroup_top_ten * people.contribution_count)
  },
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const order = byActivity(facts)
    for (const [place, count] of lowerTops(
      order.map((i) => facts.people.contributions_by_person[i] as number),
      amount,
    ).entries())
      if (count > 0) giveToNewPeople(draft, facts, order[place] as number, count)
    return draft
  },
  says: (facts, amount) =>
    `${amount} of the ${sayCount(topTen(facts), CONTRIBUTION)} by its ten most active people had come from as many further people`,
}

/** The ten most active people take over contributions of others, from those who made most down. */
export const talkGathered: Lever = {
  id: 'talk_gathered',
  contributions_a_step: 1,
  most: (facts) => {
    if (!mayDecideByTalk(facts) || isLittleData(facts) || !talksLikeAWorkgroup(facts) || topTenHold(facts)) return 0
    const { people, house } = facts
    const { sum, top_ten } = distributionOf(people.contributions_by_person)
    const needed = Math.ceil((house.thresholds.workgroup_top_ten * people.contribution_count) / 100) - top_ten
    return needed > sum - top_ten ? 0 : needed
  },
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const order = byActivity(facts)
    const ten = order.slice(0, TEN)
    let left = amount
    for (const [turn, from] of order.slice(TEN).entries()) {
      if (left === 0) break
      const count = Math.min(left, facts.people.contributions_by_person[from] as number)
      giveTo(draft, facts, from, inTurn(ten, turn), count)
      left -= count
    }
    return draft
  },
  says: (_, amount) => `${sayCount(amount, CONTRIBUTION)} by others had come from its ten most active people`,
}

/** The least amount from 1 on for which a condition holds that stays true once it is; 0 where it never does. */
const leastAmount = (most: number, holds: (amount: number) => boolean): number => {
  if (most < 1 || !holds(most)) return 0
  let [low, high] = [0, most]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** What is taken from each of falling counts where an amount is always taken from what is the largest then. */
const lowerTops = (counts: readonly number[], amount: number): number[] => {
  // the level down to which all larger counts are cut, and what is left to take at that level
  let [low, high] = [0, counts[0] ?? 0]
  const above = (level: number) => counts.reduce((sum, count) => sum + Math.max(0, count - level), 0)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (above(middle) <= amount) high = middle
    else low = middle
  }
  let left = amount - above(high)
  return counts.map((count) => {
    const taken = Math.max(0, count - high)
    const more = count - taken === high && high > 0 && left > 0 ? 1 : 0
    left -= more
    return taken + more
  })
}

/** What the ten most active make once an amount has gone from the largest to new people, one each. */
const topTenWithout = (facts: WindowFacts, amount: number): number => {
  const counts = byActivity(facts).map((i) => facts.people.contributions_by_person[i] as number)
  const taken = lowerTops(counts, amount)
  const left = counts.map((count, i) => count - (taken[i] as number)).sort((a, b) => b - a)
  const ten = left.slice(0, TEN)
  const missing = TEN - ten.filter((count) => count > 0).length
  return ten.reduce((sum, count) => sum + count, 0) + Math.min(amount, missing)
}

/** Adds so many people with one contribution each; the counts of the whole are not touched. */
const addPeople = (draft: WindowFacts, count: number, { starts = 0, answers = 0 }: { starts?: 0 | 1; answers?: 0 | 1 }): void => {
  const { people } = draft
  const ids = ownList(people, 'person_ids')
  const contributions = ownList(people, 'contributions_by_person')
  const started = ownList(people, 'starts_by_person')
  const answered = ownList(people, 'answers_by_person')
  for (let i = 0; i < count; i++) {
    ids.push(`someone new ${ids.length}`)
    contributions.push(1)
    started.push(starts)
    answered.push(answers)
  }
}

type Given = { spare: number; starts: number; answers: number }

/** Which of a person's contributions are given away: replies first, then threads, then answers. */
const splitOf = ({ people }: WindowFacts, person: number, count: number): Given => {
  const [made, started, answered] = [people.contributions_by_person, people.starts_by_person, people.answers_by_person].map(
    (counts) => counts[person] as number,
  ) as [number, number, number]
  const spare = Math.min(count, Math.max(0, made - started - answered))
  const starts = Math.min(count - spare, started)
  return { spare, starts, answers: count - spare - starts }
}

const takeFrom = (draft: WindowFacts, person: number, { spare, starts, answers }: Given): void => {
  const subtract = (key: 'contributions_by_person' | 'starts_by_person' | 'answers_by_person', count: number) => {
    const counts = ownList(draft.people, key)
    counts[person] = (counts[person] as number) - count
  }
  subtract('contributions_by_person', spare + starts + answers)
  subtract('starts_by_person', starts)
  subtract('answers_by_person', answers)
}

/** What lies in the threads that a person gives away, in proportion. */
const hostedIn = (facts: WindowFacts, person: number, starts: number): { host: number; count: number } | null => {
  const host = facts.hosts.host_ids.indexOf(facts.people.person_ids[person] as string)
  if (host === -1 || starts === 0) return null
  const hosted = facts.hosts.contributions_by_host[host] as number
  return { host, count: Math.floor((hosted * starts) / (facts.people.starts_by_person[person] as number)) }
}

/** Threads that so many new people start are hosted by so many: here, by nobody in particular. */
const giveToNewPeople = (draft: WindowFacts, facts: WindowFacts, from: number, count: number): void => {
  const given = splitOf(facts, from, count)
  takeFrom(draft, from, given)
  addPeople(draft, given.spare, {})
  addPeople(draft, given.starts, { starts: 1 })
  addPeople(draft, given.answers, { answers: 1 })
  const moved = hostedIn(facts, from, given.starts)
  if (moved === null) return
  const counts = ownList(draft.hosts, 'contributions_by_host')
  counts[moved.host] = (counts[moved.host] as number) - moved.count
}

const giveTo = (draft: WindowFacts, facts: WindowFacts, from: number, to: number, count: number): void => {
  const given = splitOf(facts, from, count)
  takeFrom(draft, from, given)
  takeFrom(draft, to, { spare: -given.spare, starts: -given.starts, answers: -given.answers })
  const moved = hostedIn(facts, from, given.starts)
  if (moved !== null) moveBetweenHosts(draft, moved.host, hostOf(draft, to), moved.count)
}
