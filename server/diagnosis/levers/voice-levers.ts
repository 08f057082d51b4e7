import {
  activeOthers,
  addPerson,
  copyWindow,
  handOver,
  hostOf,
  inTurn,
  moveBetweenHosts,
  personOfHost,
  record,
  shareOut,
  someOthers,
} from '../change-window.ts'
import { distributionOf } from '../distribution.ts'
import { type Lever, mostAdded } from '../lever.ts'
import { type Noun, sayCount, sayFewer, sayMore } from '../say-count.ts'
import type { WindowFacts } from '../window-facts.ts'

const CONTRIBUTION: Noun = ['contribution', 'contributions']
const topPerson = (facts: WindowFacts) => distributionOf(facts.people.contributions_by_person).top_index
const topContributions = (facts: WindowFacts) => distributionOf(facts.people.contributions_by_person).top
const topStarter = (facts: WindowFacts) => distributionOf(facts.people.starts_by_person).top_index
const topStarts = (facts: WindowFacts) => distributionOf(facts.people.starts_by_person).top

/** Contributions of a person that neither start a thread nor answer anybody. */
const spareOf = ({ people }: WindowFacts, person: number): number =>
  Math.max(
    0,
    (people.contributions_by_person[person] as number) -
      (people.starts_by_person[person] as number) -
      (people.answers_by_person[person] as number),
  )

/** Threads of one person become threads of another, with what lies in them in proportion. */
const handOverThreads = (draft: WindowFacts, facts: WindowFacts, from: number, to: number, count: number): void => {
  const starts = facts.people.starts_by_person[from] as number
  const host = hostOf(draft, from)
  const hosted = facts.hosts.contributions_by_host[host] ?? 0
  handOver(draft, from, to, { contributions: count, starts: count })
  moveBetweenHosts(draft, host, hostOf(draft, to), Math.floor((hosted * count) / starts))
}

/** Others take over what the most active person made: replies first, then threads, then answers. */
export const contributionsSharedOut: Lever = {
  id: 'contributions_shared_out',
  contributions_a_step: 1,
  most: topContributions,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const top = topPerson(facts)
    const others = activeOthers(draft, top)
    const spare = Math.min(amount, spareOf(facts, top))
    const starts = Math.min(amount - spare, facts.people.starts_by_person[top] as number)
    const answers = amount - spare - starts
    shareOut(spare, others, (to, count) => handOver(draft, top, to, { contributions: count }))
    shareOut(starts, others, (to, count) => handOverThreads(draft, facts, top, to, count))
    shareOut(answers, others, (to, count) => handOver(draft, top, to, { contributions: count, answers: count }))
    return draft
  },
  says: (facts, amount) =>
    `${amount} of the ${sayCount(topContributions(facts), CONTRIBUTION)} by the most active person had come from others`,
}

export const threadsSharedOut: Lever = {
  id: 'threads_shared_out',
  contributions_a_step: 1,
  most: topStarts,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const top = topStarter(facts)
    shareOut(amount, activeOthers(draft, top), (to, count) => handOverThreads(draft, facts, top, to, count))
    return draft
  },
  says: (facts, amount) =>
    `${amount} of the ${sayCount(topStarts(facts), ['thread', 'threads'])} by the person who starts most had been started by others`,
}

/** What lies in the threads of the largest host lies in those of others. */
export const talkInOtherThreads: Lever = {
  id: 'talk_in_other_threads',
  contributions_a_step: 1,
  most: (facts) => distributionOf(facts.hosts.contributions_by_host).top,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const top = distributionOf(facts.hosts.contributions_by_host).top_index
    const host = personOfHost(facts, top)
    const others = activeOthers(draft, host ?? -1)
    shareOut(amount, others, (to, count) => moveBetweenHosts(draft, top, hostOf(draft, to), count))
    return draft
  },
  says: (facts, amount) => {
    const { top } = distributionOf(facts.hosts.contributions_by_host)
    return `${amount} of the ${sayCount(top, CONTRIBUTION)} in one person's threads had been made in threads that others start`
  },
}

/** The most active person takes over replies of others. */
export const contributionsGathered: Lever = {
  id: 'contributions_gathered',
  contributions_a_step: 1,
  most: (facts) => {
    const top = topPerson(facts)
    return someOthers(facts, top, () => true).reduce((sum, person) => sum + spareOf(facts, person), 0)
  },
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const top = topPerson(facts)
    let left = amount
    for (const from of someOthers(facts, top, () => true)) {
      const count = Math.min(left, spareOf(facts, from))
      if (count > 0) handOver(draft, from, top, { contributions: count })
      left -= count
    }
    return draft
  },
  says: (_, amount) => `${sayCount(amount, CONTRIBUTION)} by others had come from the most active person`,
}

/** Discussions that a member other than the most active starts and another one joins. */
export const moreDiscussions: Lever = {
  id: 'more_discussions',
  contributions_a_step: 2,
  most: mostAdded,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const top = topPerson(facts)
    const others = activeOthers(draft, top)
    shareOut(amount, others, (person, count) =>
      record(draft, { count, category: 'discussion', person, host: hostOf(draft, person), is_start: true }),
    )
    // the next in turn replies; a single other finds only the most active person to reply
    shareOut(amount, others, (person, count) => {
      const replier = others.length === 1 ? (top === -1 ? addPerson(draft) : top) : inTurn(others, others.indexOf(person) + 1)
      record(draft, { count, category: 'discussion', person: replier, host: hostOf(draft, person) })
    })
    return draft
  },
  says: (_, amount) =>
    `others than the most active person had started ${sayMore(amount, ['discussion', 'discussions'])} that somebody joins`,
}

/** Posts that were left alone get a reply by somebody else. */
export const postsJoined: Lever = {
  id: 'posts_joined',
  contributions_a_step: 1,
  most: ({ mix }) => mix.broadcast,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const author = topStarter(facts)
    const host = author === -1 ? null : hostOf(draft, author)
    draft.mix.broadcast -= amount
    draft.mix.discussion += amount
    shareOut(amount, activeOthers(draft, author), (person, count) => record(draft, { count, category: 'discussion', person, host }))
    return draft
  },
  says: (facts, amount) =>
    `somebody had joined ${amount} of the ${sayCount(facts.mix.broadcast, ['post', 'posts'])} that nobody else joined`,
}

/** Comments by others in the threads of the largest host. */
export const moreCommentsInOnePersonsThreads: Lever = {
  id: 'more_comments_in_one_persons_threads',
  contributions_a_step: 1,
  most: (facts) => (facts.hosts.host_ids.length === 0 ? 0 : mostAdded(facts)),
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const host = distributionOf(facts.hosts.contributions_by_host).top_index
    shareOut(amount, activeOthers(draft, personOfHost(facts, host) ?? -1), (person, count) =>
      record(draft, { count, category: 'discussion', person, host }),
    )
    return draft
  },
  says: (_, amount) => `the threads that one person starts had drawn ${sayMore(amount, ['comment', 'comments'])}`,
}

/** Posts by the person who starts most, that nobody joins. */
export const morePostsByTopStarter: Lever = {
  id: 'more_posts_by_top_starter',
  contributions_a_step: 1,
  most: (facts) => (topStarter(facts) === -1 ? 0 : mostAdded(facts)),
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const person = topStarter(facts)
    record(draft, { count: amount, category: 'broadcast', person, host: hostOf(draft, person), is_start: true })
    return draft
  },
  says: (_, amount) => `the person who starts most threads had published ${sayMore(amount, ['post', 'posts'])} that nobody joins`,
}

/** Fewer posts that nobody joined, of the person who starts most. */
export const fewerPostsByTopStarter: Lever = {
  id: 'fewer_posts_by_top_starter',
  contributions_a_step: 1,
  most: (facts) => {
    const person = topStarter(facts)
    if (person === -1) return 0
    const hosted = facts.hosts.contributions_by_host[facts.hosts.host_ids.indexOf(facts.people.person_ids[person] as string)] ?? 0
    return Math.min(facts.mix.broadcast, topStarts(facts), hosted)
  },
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const person = topStarter(facts)
    record(draft, { count: -amount, category: 'broadcast', person, host: hostOf(draft, person), is_start: true })
    return draft
  },
  says: (_, amount) => `the person who starts most threads had published ${sayFewer(amount, ['post', 'posts'])} that nobody joins`,
}
