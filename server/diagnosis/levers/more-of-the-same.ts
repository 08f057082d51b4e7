import { copyWindow } from '../change-window.ts'
import { type Lever, mostAdded } from '../lever.ts'
import { sayMore } from '../say-count.ts'
import type { WindowFacts } from '../window-facts.ts'

/** The window as it is, only more of it: the same people, kinds and hosts in the same proportions. */
export const moreOfTheSame: Lever = {
  id: 'more_of_the_same',
  contributions_a_step: 1,
  most: (facts) => (facts.people.contribution_count === 0 ? 0 : mostAdded(facts)),
  apply: (facts, amount) => {
    const draft = copyWindow(facts)
    const { people, hosts, mix, episodes, feed } = draft
    const before = people.contribution_count
    const after = before + amount
    const grow = (count: number) => Math.floor((count * after) / before)

    const kinds = Object.keys(mix) as (keyof typeof mix)[]
    for (const [i, count] of growTo(
      kinds.map((kind) => mix[kind]),
      before,
      after,
    ).entries())
      mix[kinds[i] as keyof typeof mix] = count
    const [anonymous, ...byPerson] = growTo([people.anonymous_count, ...people.contributions_by_person], before, after)
    people.contribution_count = after
    people.anonymous_count = anonymous as number
    people.contributions_by_person = byPerson
    people.start_count = grow(people.start_count)
    people.answer_count = grow(people.answer_count)
    people.starts_by_person = people.starts_by_person.map(grow)
    people.answers_by_person = people.answers_by_person.map(grow)
    hosts.contribution_count = after
    hosts.contributions_by_host = hosts.contributions_by_host.map(grow)
    episodes.question_count = grow(episodes.question_count)
    episodes.ripe_count = grow(episodes.ripe_count)
    episodes.ripe_answered_count = grow(episodes.ripe_answered_count)
    draft.talk = {
      word_count: grow(draft.talk.word_count),
      artefact_word_count: grow(draft.talk.artefact_word_count),
      document_word_count: grow(draft.talk.document_word_count),
    }
    draft.questions_by_others = grow(draft.questions_by_others)
    draft.news_by_top_author = draft.news_by_top_author === null ? null : grow(draft.news_by_top_author)
    feed.recent_contribution_count += amount
    return draft
  },
  says: (_: WindowFacts, amount) => `the window held ${sayMore(amount, ['contribution', 'contributions'])} of the same kinds`,
}

/** Counts that sum to `before`, grown in proportion to sum to `after`: rounded down, and the largest remainders up. */
const growTo = (counts: number[], before: number, after: number): number[] => {
  const grown = counts.map((count) => Math.floor((count * after) / before))
  const missing = after - grown.reduce((sum, count) => sum + count, 0)
  const byRemainder = counts
    .map((_, i) => i)
    .sort((a, b) => (((counts[b] as number) * after) % before) - (((counts[a] as number) * after) % before) || a - b)
  for (const i of byRemainder.slice(0, missing)) grown[i] = (grown[i] as number) + 1
  return grown
}
