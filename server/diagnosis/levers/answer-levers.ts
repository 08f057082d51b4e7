import {
  activeOthers,
  addPerson,
  answeringOthers,
  copyWindow,
  handOver,
  inTurn,
  otherHosts,
  record,
  shareOut,
  topOf,
} from '../change-window.ts'
import { distributionOf } from '../distribution.ts'
import { type Lever, mostAdded } from '../lever.ts'
import { type Noun, sayCount, sayFewer, sayMore } from '../say-count.ts'
import type { WindowFacts } from '../window-facts.ts'

const ANSWER: Noun = ['answer', 'answers']
const topAnswerer = (facts: WindowFacts) => distributionOf(facts.people.answers_by_person).top_index
const topAnswers = (facts: WindowFacts) => distributionOf(facts.people.answers_by_person).top
const ofTopAnswers = (facts: WindowFacts, amount: number) =>
  `${amount} of the ${sayCount(topAnswers(facts), ANSWER)} by the member who gives most`

/** Members who answer already, or where they are few others too, take over answers of the one who gives most. */
export const answersSharedOut: Lever = {
  id: 'answers_shared_out',
  contributions_a_step: 1,
  most: topAnswers,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const top = topAnswerer(facts)
    shareOut(amount, answeringOthers(draft), (to, count) => handOver(draft, top, to, { contributions: count, answers: count }))
    return draft
  },
  says: (facts, amount) => `${ofTopAnswers(facts, amount)} had come from others`,
}

/** Members who have not answered yet take over one answer each of the one who gives most. */
export const answersByNewHelpers: Lever = {
  id: 'answers_by_new_helpers',
  contributions_a_step: 1,
  most: topAnswers,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const top = topAnswerer(facts)
    for (const helper of newHelpers(draft, amount)) handOver(draft, top, helper, { contributions: 1, answers: 1 })
    return draft
  },
  says: (facts, amount) =>
    `${ofTopAnswers(facts, amount)} had come from ${amount === 1 ? 'a member' : 'as many members'} who ${amount === 1 ? 'has' : 'have'} not answered yet`,
}

/** The one who gives most takes over answers of others, from those who gave fewest up. */
export const answersGathered: Lever = {
  id: 'answers_gathered',
  contributions_a_step: 1,
  most: (facts) => distributionOf(facts.people.answers_by_person).sum - topAnswers(facts),
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const top = topAnswerer(facts)
    const { answers_by_person } = facts.people
    let left = amount
    for (const from of fewestFirst(answers_by_person)) {
      if (from === top) continue
      const count = Math.min(left, answers_by_person[from] as number)
      if (count === 0) break
      handOver(draft, from, top, { contributions: count, answers: count })
      left -= count
    }
    return draft
  },
  says: (_, amount) => `${sayCount(amount, ANSWER)} by others had come from the member who gives most`,
}

export const moreAnswersByOthers: Lever = {
  id: 'more_answers_by_others',
  contributions_a_step: 1,
  most: mostAdded,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    addAnswers(draft, amount)
    return draft
  },
  says: (facts, amount) =>
    `${topAnswers(facts) === 0 ? 'members' : 'others than the member who gives most'} had given ${sayMore(amount, ANSWER)}`,
}

/** Members who have not answered yet give one answer each. */
export const moreHelpers: Lever = {
  id: 'more_helpers',
  contributions_a_step: 1,
  most: mostAdded,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const hosts = otherHosts(facts)
    for (const [i, person] of newHelpers(draft, amount).entries())
      record(draft, { count: 1, category: 'help', person, host: inTurn(hosts, i), is_answer: true })
    return draft
  },
  says: (_, amount) => `${sayMore(amount, ['member', 'members'])} had given an answer${amount === 1 ? '' : ' each'}`,
}

export const moreAnswersByTopAnswerer: Lever = {
  id: 'more_answers_by_top_answerer',
  contributions_a_step: 1,
  most: (facts) => (topAnswers(facts) === 0 ? 0 : mostAdded(facts)),
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const person = topAnswerer(facts)
    shareOut(amount, otherHosts(facts), (host, count) => record(draft, { count, category: 'help', person, host, is_answer: true }))
    return draft
  },
  says: (_, amount) => `the member who gives most had given ${sayMore(amount, ANSWER)}`,
}

/** Questions that found no answer in time find one, by members other than the one who gives most. */
export const moreQuestionsAnswered: Lever = {
  id: 'more_questions_answered',
  contributions_a_step: 1,
  most: ({ episodes }) => episodes.ripe_count - episodes.ripe_answered_count,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    draft.episodes.ripe_answered_count += amount
    addAnswers(draft, amount)
    return draft
  },
  says: (_, amount) => `${sayMore(amount, ['question', 'questions'])} had been answered in time`,
}

/** Answers come too late, and nothing else changes. */
export const fewerQuestionsAnswered: Lever = {
  id: 'fewer_questions_answered',
  contributions_a_step: 1,
  most: ({ episodes }) => episodes.ripe_answered_count,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    draft.episodes.ripe_answered_count -= amount
    return draft
  },
  says: (_, amount) => `${sayFewer(amount, ['question', 'questions'])} had been answered in time`,
}

/** Questions by members other than the one who gives most answers, each answered in time by another of them. */
export const moreAnsweredQuestions: Lever = {
  id: 'more_answered_questions',
  contributions_a_step: 2,
  most: mostAdded,
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const { episodes } = draft
    const askers = activeOthers(draft, topAnswerer(facts))
    const hosts = otherHosts(facts)
    shareOut(amount, askers, (person, count) =>
      record(draft, { count, category: 'help', person, host: inTurn(hosts, person), is_start: true }),
    )
    episodes.question_count += amount
    episodes.ripe_count += amount
    episodes.ripe_answered_count += amount
    draft.questions_by_others += amount
    addAnswers(draft, amount)
    return draft
  },
  says: (_, amount) =>
    `${sayMore(amount, ['question', 'questions'])} had been asked and answered in time, by others than the member who gives most answers`,
}

// the search for the smallest change asks for the same order again and again
const orders = new WeakMap<readonly number[], number[]>()

/** Indexes of counts above 0 in rising order, the first of equals first. */
const fewestFirst = (counts: readonly number[]): number[] => {
  const before = orders.get(counts)
  if (before) return before
  const order = counts.flatMap((count, i) => (count > 0 ? [i] : []))
  order.sort((a, b) => (counts[a] as number) - (counts[b] as number) || a - b)
  orders.set(counts, order)
  return order
}

/** Answers by members other than the one who gives most, spread evenly, in threads that belong to others than the largest host. */
const addAnswers = (draft: WindowFacts, amount: number): void => {
  const hosts = otherHosts(draft)
  shareOut(amount, answeringOthers(draft), (person, count) =>
    record(draft, { count, category: 'help', person, host: inTurn(hosts, person), is_answer: true }),
  )
}

/** So many people without an answer yet, other than the most active person: members first, then new ones. */
const newHelpers = (draft: WindowFacts, amount: number): number[] => {
  const { answers_by_person, contributions_by_person } = draft.people
  const busiest = topOf(contributions_by_person)
  const found: number[] = []
  for (let i = 0; i < answers_by_person.length && found.length < amount; i++)
    if (i !== busiest && answers_by_person[i] === 0 && (contributions_by_person[i] as number) > 0) found.push(i)
  while (found.length < amount) found.push(addPerson(draft))
  return found
}
