import type { EvidencePerson, EvidenceThread, VerdictEvidence } from '../../shared/contract/verdict-evidence.ts'
import { countOf, formatCount, formatPercent, MIN_CASES_FOR_PERCENT, joinWords, sayCountOf, startSentence } from '../../shared/format.ts'

/** "Few made most": how many people it takes to reach this share (house rule). */
const MOST = 0.8

/** The fewest people who together made so large a part of all, and how much that is; null where those known did not. */
export const fewestWithMost = (counts: readonly number[], all: number): { people: number; sum: number } | null => {
  let sum = 0
  for (const [i, count] of counts.toSorted((a, b) => b - a).entries()) {
    if (count <= 0) break
    sum += count
    if (sum >= MOST * all) return { people: i + 1, sum }
  }
  return null
}

const sayMost = (counts: readonly number[], all: number, [one, many]: readonly [string, string], verb: string): string | null => {
  if (all === 0) return null
  const found = fewestWithMost(counts, all)
  if (found === null)
    return `who ${verb} ${formatCount(all - counts.reduce((a, b) => a + b, 0))} of ${countOf(all, one, many)} is not known`
  return `${sayCountOf(found.people, 'person', 'people')} ${verb} ${sayPart(found.sum, all, [one, many])}`
}

const sayPart = (part: number, all: number, [one, many]: readonly [string, string]): string => {
  if (part === all) return all === 1 ? `the only ${one}` : `all ${countOf(all, one, many)}`
  return all < MIN_CASES_FOR_PERCENT ? `${formatCount(part)} of ${countOf(all, one, many)}` : `${formatPercent(part / all, all)} of ${many}`
}

type People = readonly Pick<EvidencePerson, 'is_anonymous' | 'contributions' | 'answers' | 'starts'>[]

/** How few made most of the answers, of everything, and of the beginnings. */
export const sayPeople = (people: People, totals: VerdictEvidence['totals']): string => {
  if (totals.contributions === 0) return 'Nobody contributed in this window.'
  const known = people.filter((one) => !one.is_anonymous)
  const parts = [
    sayMost(
      known.map((one) => one.answers),
      totals.answers,
      ['answer', 'answers'],
      'gave',
    ),
    sayMost(
      known.map((one) => one.contributions),
      totals.contributions,
      ['contribution', 'contributions'],
      'made',
    ),
    sayMost(
      known.map((one) => one.starts),
      totals.starts,
      ['thread', 'threads'],
      'started',
    ),
  ].filter((part) => part !== null)
  return startSentence(`${joinWords(parts)}.`)
}

export const sayThreads = (threads: readonly Pick<EvidenceThread, 'contributions'>[], totals: VerdictEvidence['totals']): string => {
  if (totals.threads === 0) return 'No thread has a contribution in this window.'
  const [largest] = threads
  const all = totals.contributions
  if (totals.threads === 1) return `One thread holds ${all === 1 ? 'the only contribution' : `all ${countOf(all, 'contribution')}`}.`
  return `${startSentence(sayCountOf(totals.threads, 'thread'))} hold ${countOf(all, 'contribution')}; the largest holds ${formatPercent((largest?.contributions ?? 0) / all, all)} of them.`
}

/** `areCounted`: in a view in which bots count as people. */
export const sayLeftOut = (accounts: number, contributions: number, areCounted: boolean): string => {
  if (accounts === 0) return 'No account taken for a bot contributed in this window.'
  const [were, bots] = accounts === 1 ? ['was', 'a bot'] : ['were', 'bots']
  const who = startSentence(sayCountOf(accounts, 'account'))
  const wrote = countOf(contributions, 'contribution')
  return areCounted
    ? `${who} taken for ${bots}, with ${wrote} in this window, ${accounts === 1 ? 'is' : 'are'} counted in this view.`
    : `${who} ${were} left out as ${bots}, with ${wrote} in this window.`
}

/** How many questions the answered share of a window leaves out on a manager's word. */
export const sayElsewhere = (questions: number): string =>
  `${startSentence(sayCountOf(questions, 'question'))} answered elsewhere, as a manager says, ${questions === 1 ? 'is' : 'are'} left out of the answered share.`
