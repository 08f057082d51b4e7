import { forgetDistribution } from './distribution.ts'
import { isLittleData } from './little-data.ts'
import { addUp, type Tally, tallyOf } from './tally.ts'
import type { ThreadCounts, WindowCells } from './window-cells.ts'
import type { WindowFacts } from './window-facts.ts'

export type Draws = {
  /** How many weights a draw takes. */
  groupCount: number
  /** What one draw looks at: its cost. */
  entryCount: number
  /**
   * The facts of the window with each group of threads counted as often as its weight says. They are changed in place by the next
   * draw, and counts by person are in no order.
   */
  draw: (weights: Int32Array) => WindowFacts
}

const EVERY_THREAD_ALONE = (thread: number) => thread

/**
 * A window made ready to be drawn anew many times: what the rules ask for, and nothing else, from typed arrays. `groupOf` says to
 * which group a thread belongs; without it each is one.
 *
 * How much data there is, and what the feed says, are questions of the window as it is: a window that holds enough is not too
 * little because a draw holds less, and one that is judged although it holds little has to be plain in every draw.
 */
export const prepareDraws = (
  window: WindowCells,
  facts: WindowFacts,
  groupCount: number = window.host.length,
  groupOf: (thread: number) => number = EVERY_THREAD_ALONE,
): Draws => {
  const { cells, threads, host, first_cell } = window
  const groupOfThread = Int32Array.from(host, (_, t) => groupOf(t))
  const groupOfCell = new Int32Array(cells.person.length)
  for (let t = 0; t < host.length; t++) groupOfCell.fill(groupOfThread[t] as number, first_cell[t], first_cell[t + 1])
  const byPerson = (counts: Int32Array) => tallyOf(groupCount, groupOfCell, cells.person, counts)
  const contributions = byPerson(cells.contributions)
  const starts = byPerson(cells.starts)
  const answers = byPerson(cells.answers)
  const news = byPerson(cells.news)
  const hosted = tallyOf(groupCount, groupOfThread, host, threads.contributions)
  const asked = questionsOf(answers, groupOfCell, window)
  const totals = prepareTotals(threads, groupOfThread, groupCount)

  const drawn: WindowFacts = {
    ...facts,
    house: { ...facts.house, thresholds: { ...facts.house.thresholds, ...floorsOf(facts) } },
    mix: { ...facts.mix },
    people: { ...facts.people, person_ids: [] },
    hosts: { ...facts.hosts, host_ids: [] },
    episodes: { ...facts.episodes },
    talk: { ...facts.talk },
  }
  const { mix, people, hosts, episodes, talk } = drawn
  const draw = (weights: Int32Array): WindowFacts => {
    const sum = totals(weights)
    for (const name of MIX) mix[name] = sum(name)
    people.contribution_count = sum('contributions')
    people.anonymous_count = sum('anonymous')
    people.start_count = sum('starts')
    people.answer_count = sum('answers')
    people.contributions_by_person = anew(contributions, weights)
    people.starts_by_person = anew(starts, weights)
    people.answers_by_person = anew(answers, weights)
    hosts.contribution_count = people.contribution_count
    hosts.contributions_by_host = anew(hosted, weights)
    episodes.question_count = sum('questions')
    episodes.ripe_count = sum('ripe')
    episodes.ripe_answered_count = sum('ripe_answered')
    talk.word_count = sum('words')
    talk.artefact_word_count = sum('artefact_words')
    talk.document_word_count = sum('document_words')
    drawn.questions_by_others = episodes.question_count - asked(people.answers_by_person, weights)
    drawn.news_by_top_author = largest(addUp(news, weights)) || null
    return drawn
  }
  const entryCount = [contributions, starts, answers, news, hosted].reduce((sum, tally) => sum + tally.who.length, 0)
  return { groupCount, entryCount, draw }
}

const MIX = ['help', 'discussion', 'broadcast', 'news', 'work', 'other'] as const

/** Floors that every draw, or none, meets. */
const floorsOf = (facts: WindowFacts) => {
  const floor = isLittleData(facts) ? Number.POSITIVE_INFINITY : 0
  return { enough_contributions: floor, enough_people: floor }
}

const anew = (tally: Tally, weights: Int32Array): number[] => {
  const sums = addUp(tally, weights)
  forgetDistribution(sums)
  return sums
}

const largest = (counts: readonly number[]): number => {
  let most = 0
  for (const count of counts) if (count > most) most = count
  return most
}

/** Sums over all threads, by name; columns that hold nothing cost nothing. */
const prepareTotals = (threads: ThreadCounts, groupOfThread: Int32Array, groupCount: number) => {
  const names = (Object.keys(threads) as (keyof ThreadCounts)[]).filter((name) => threads[name].some((count) => count !== 0))
  const columns = new Map(
    names.map((name) => {
      const column = new Float64Array(groupCount)
      for (const [t, count] of threads[name].entries()) {
        const group = groupOfThread[t] as number
        column[group] = (column[group] as number) + count
      }
      return [name, column]
    }),
  )
  return (weights: Int32Array) => (name: keyof ThreadCounts) => {
    const column = columns.get(name)
    if (column === undefined) return 0
    let sum = 0
    for (let g = 0; g < weights.length; g++) sum += (weights[g] as number) * (column[g] as number)
    return sum
  }
}

/** Questions of whoever gave most answers in a draw; of equals of the one who asked most, as in `factsOfCells`. */
const questionsOf = (answers: Tally, groupOfCell: Int32Array, { cells }: WindowCells) => {
  const own = new Map<number, { group: number; count: number }[]>(Array.from(answers.whose, (person) => [person, []]))
  for (const [cell, count] of cells.questions.entries())
    if (count > 0) own.get(cells.person[cell] as number)?.push({ group: groupOfCell[cell] as number, count })
  const lists = Array.from(answers.whose, (person) => own.get(person) ?? [])
  return (answersByPerson: readonly number[], weights: Int32Array): number => {
    const most = largest(answersByPerson)
    if (most === 0) return 0
    let asked = 0
    for (let person = 0; person < answersByPerson.length; person++) {
      if (answersByPerson[person] !== most) continue
      let sum = 0
      for (const { group, count } of lists[person] as { group: number; count: number }[]) sum += (weights[group] as number) * count
      if (sum > asked) asked = sum
    }
    return asked
  }
}
