import { NOBODY, type ThreadCounts, type WindowCells } from './window-cells.ts'
import type { WindowFacts } from './window-facts.ts'

/** What a window's cells say of it; the rest is known without them. */
export type CellFacts = Pick<WindowFacts, 'mix' | 'people' | 'hosts' | 'episodes' | 'talk' | 'questions_by_others' | 'news_by_top_author'>

/**
 * The facts of a window from its cells, each thread counted as often as its weight says (once where none are given). The
 * definition: `prepareDraws` does the same many times over, and only as much of it as the rules ask for.
 */
export const factsOfCells = (window: WindowCells, weights?: ArrayLike<number>): CellFacts => {
  const { cells, threads, host, first_cell } = window
  const by = { contributions: zeroes(window), starts: zeroes(window), answers: zeroes(window), questions: zeroes(window) }
  const news = zeroes(window)
  const hosted = zeroes(window)
  for (let t = 0; t < host.length; t++) {
    const weight = weights?.[t] ?? 1
    increase(hosted, host[t] as number, weight * (threads.contributions[t] as number))
    for (let cell = first_cell[t] as number; cell < (first_cell[t + 1] as number); cell++) {
      const person = cells.person[cell] as number
      increase(by.contributions, person, weight * (cells.contributions[cell] as number))
      increase(by.starts, person, weight * (cells.starts[cell] as number))
      increase(by.answers, person, weight * (cells.answers[cell] as number))
      increase(by.questions, person, weight * (cells.questions[cell] as number))
      increase(news, person, weight * (cells.news[cell] as number))
    }
  }
  const sum = (name: keyof ThreadCounts) => weigh(threads[name], weights)
  const people = ranked(by.contributions)
  const hosts = ranked(hosted)
  const question_count = sum('questions')
  const contribution_count = sum('contributions')
  const { help, discussion, broadcast, work, other } = Object.fromEntries(
    (['help', 'discussion', 'broadcast', 'work', 'other'] as const).map((name) => [name, sum(name)]),
  ) as Record<'help' | 'discussion' | 'broadcast' | 'work' | 'other', number>
  return {
    mix: { help, discussion, broadcast, news: sum('news'), work, other },
    people: {
      contribution_count,
      anonymous_count: sum('anonymous'),
      start_count: sum('starts'),
      answer_count: sum('answers'),
      person_ids: people.map((i) => window.people[i] as string),
      contributions_by_person: people.map((i) => by.contributions[i] as number),
      starts_by_person: people.map((i) => by.starts[i] as number),
      answers_by_person: people.map((i) => by.answers[i] as number),
    },
    hosts: {
      contribution_count,
      contributions_by_host: hosts.map((i) => hosted[i] as number),
      host_ids: hosts.map((i) => window.people[i] as string),
    },
    episodes: { question_count, ripe_count: sum('ripe'), ripe_answered_count: sum('ripe_answered') },
    talk: { word_count: sum('words'), artefact_word_count: sum('artefact_words'), document_word_count: sum('document_words') },
    questions_by_others: question_count - mostAskedByTopAnswerer(by.answers, by.questions),
    news_by_top_author: largest(news) || null,
  }
}

const zeroes = ({ people }: WindowCells) => new Float64Array(people.length)

const increase = (counts: Float64Array, person: number, amount: number) => {
  if (person !== NOBODY) counts[person] = (counts[person] as number) + amount
}

const weigh = (counts: Int32Array, weights?: ArrayLike<number>): number => {
  let sum = 0
  for (let t = 0; t < counts.length; t++) sum += (weights?.[t] ?? 1) * (counts[t] as number)
  return sum
}

/** Those with any, most first, and equals in the order of their ids. */
const ranked = (counts: Float64Array): number[] =>
  [...counts.keys()].filter((i) => (counts[i] as number) > 0).sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)

const largest = (counts: Float64Array): number => counts.reduce((most, count) => Math.max(most, count), 0)

/**
 * Questions of the person who gave most answers. Of several with equally many it is the one who asked most: which of them comes
 * first must not decide, and so the fewest questions are left to be other people's.
 */
const mostAskedByTopAnswerer = (answers: Float64Array, questions: Float64Array): number => {
  const most = largest(answers)
  return most === 0 ? 0 : largest(questions.filter((_, i) => answers[i] === most))
}
