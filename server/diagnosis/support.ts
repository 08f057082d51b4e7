import type { Verdict, VerdictName } from '../../shared/contract/verdict.ts'
import { formatCount } from '../../shared/format.ts'
import { decide } from './decide.ts'
import { distributionOf } from './distribution.ts'
import { type Resampled, resample } from './resample.ts'
import { sayCount, sayPercent } from './say-count.ts'
import { isBelowPercent, reachesPercent } from './smallest-change.ts'
import { VERDICT_AS_READ } from './verdict-as-read.ts'
import { NO_DOUBTS, type WindowDoubts } from './readings/window-doubts.ts'
import { NOBODY, type WindowCells } from './window-cells.ts'
import type { WindowFacts } from './window-facts.ts'

/** How sure a window's own threads make its verdict. */
export type WindowSupport = Pick<Verdict, 'support' | 'support_detail'>
type Strength = NonNullable<Verdict['support_detail']['strength']>

const withoutDraws = (threads: number, sentence: string): WindowSupport => ({
  support: null,
  support_detail: { strength: null, resamples: 0, threads, found: [], caps: [], sentence },
})

export const NOT_RESAMPLED: WindowSupport = withoutDraws(0, 'How sure it is was not asked.')

/** Verdicts that say how much there is and when: which threads it lies in does not bear on them. */
const NEVER_DRAWN: Partial<Record<VerdictName, string>> = {
  dormant: 'How sure it is was not asked of its threads: that it went quiet does not hang on which threads were quiet.',
  too_little_data: 'How sure it is was not asked of its threads: there is too little to say what they read as.',
}

/** What may be wrong about a window, whatever its threads say. */
type Uncertain = {
  /** Ids of people who may be programs, though they count as people. */
  suspects?: readonly string[]
  doubts?: WindowDoubts
}

/** How sure the verdict on a window is: the share of windows drawn anew from its threads that read the same. */
export const supportOf = (
  window: WindowCells,
  facts: WindowFacts,
  { suspects = [], doubts = NO_DOUBTS }: Uncertain = {},
): WindowSupport => {
  const verdict = decide(facts)
  const threads = window.host.length
  const whyNot = NEVER_DRAWN[verdict]
  if (whyNot) return withoutDraws(threads, whyNot)
  return explainSupport(
    verdict,
    resample(window, facts),
    facts,
    {
      inferred: [...capByInference(doubts), ...capByQuestions(doubts)],
      others: [
        ...capByThreads(threads, facts),
        ...(verdict === 'blog' && !areThreadsInferred(doubts) ? capByJoining(facts) : []),
        ...capBySuspects(window, suspects),
      ],
    },
    threads,
  )
}

const capByThreads = (threads: number, { house }: WindowFacts): string[] => {
  const { support_threads } = house.thresholds
  if (threads >= support_threads) return []
  return [
    `It has ${sayCount(threads, ['thread', 'threads'])}, and from fewer than ${formatCount(support_threads)} it is never called clear.`,
  ]
}

/** From this share of contributions in chats without threads on, and from this share of questions found by rules that are often wrong, it is never called clear (house rules). */
const INFERRED_PERCENT = 20
const UNSURE_QUESTION_PERCENT = 20

const areThreadsInferred = ({ inferred_count, contribution_count }: WindowDoubts): boolean =>
  inferred_count > 0 && reachesPercent(inferred_count, contribution_count, INFERRED_PERCENT)

/** Which message of a flat chat answers which was found by names and times, and is wrong in one case of three. */
const capByInference = (doubts: WindowDoubts): string[] => {
  if (!areThreadsInferred(doubts)) return []
  const share = sayShareOf(doubts.inferred_count, doubts.contribution_count)
  return [
    `Its threads are inferred: ${share} of it was written in chats where nobody uses threads, and who answers whom was found by names and times.`,
  ]
}

const capByQuestions = ({ unsure_question_count, question_count }: WindowDoubts): string[] => {
  if (unsure_question_count === 0 || !reachesPercent(unsure_question_count, question_count, UNSURE_QUESTION_PERCENT)) return []
  const share = sayShareOf(unsure_question_count, question_count)
  return [`Its sources do not say what is a question, and ${share} of them were recognised by signs that are often wrong.`]
}

/** Below this share of contributions that answer or join another's, while others open this share of threads, what belongs together is not known (house rules). */
const JOINED_PERCENT = 2
const OPENED_BY_OTHERS_PERCENT = 20

/** A flat chat names no threads: each message stands alone, and whoever writes most of them would read as a blog. */
const capByJoining = ({ mix, people }: WindowFacts): string[] => {
  const { contribution_count, answer_count, start_count, starts_by_person } = people
  const posts = contribution_count - mix.news - mix.work
  const byOthers = start_count - distributionOf(starts_by_person).top
  if (!isBelowPercent(mix.discussion + answer_count, posts, JOINED_PERCENT)) return []
  if (!reachesPercent(byOthers, contribution_count, OPENED_BY_OTHERS_PERCENT)) return []
  return ['Next to nothing in it answers or joins anything, though several people wrote: its source may not say what belongs together.']
}

/** From this share of a window on that may be by programs, it is never called clear (house rule): what a feed does is nobody's doing. */
const SUSPECT_PERCENT = 20

const capBySuspects = ({ people, cells, threads }: WindowCells, suspects: readonly string[]): string[] => {
  const isSuspect = new Set(suspects)
  const by = new Map<number, number>()
  for (const [cell, person] of cells.person.entries())
    if (person !== NOBODY && isSuspect.has(people[person] as string))
      by.set(person, (by.get(person) ?? 0) + (cells.contributions[cell] as number))
  const theirs = [...by.values()].reduce((sum, count) => sum + count, 0)
  const all = threads.contributions.reduce((sum, count) => sum + count, 0)
  if (!reachesPercent(theirs, all, SUSPECT_PERCENT)) return []
  const share = sayShareOf(theirs, all)
  return [
    by.size === 1
      ? `An account that may be a program wrote ${share} of it; say on the page House rules whether it is.`
      : `${formatCount(by.size)} accounts that may be programs wrote ${share} of it; say on the page House rules whether they are.`,
  ]
}

const explainSupport = (
  verdict: VerdictName,
  { times, found }: Resampled,
  facts: WindowFacts,
  { inferred, others }: { inferred: string[]; others: string[] },
  threads: number,
): WindowSupport => {
  const { support_clear, support_leaning } = facts.house.thresholds
  const agreed = found.find((one) => one.verdict === verdict)?.count ?? 0
  const reaches = (percent: number) => 100 * agreed >= percent * times
  const found_strength: Strength = reaches(support_clear) ? 'clear' : reaches(support_leaning) ? 'leaning' : 'none'
  const caps = [...others, ...inferred]
  const strength: Strength = found_strength === 'clear' && caps.length > 0 ? 'leaning' : found_strength
  return {
    support: agreed / times,
    support_detail: {
      strength,
      resamples: times,
      threads,
      found: found.map((one) => ({ verdict: one.verdict, share: one.count / times })),
      caps,
      ...(found_strength === 'clear' && inferred.length > 0 && others.length === 0 ? { is_inferred: true } : undefined),
      sentence: [`${STRENGTH[strength]}: ${sayDraws(verdict, agreed, threads, { times, found })}`, ...caps].join(' '),
    },
  }
}

const STRENGTH: Record<Strength, string> = { clear: 'Clear', leaning: 'Leaning', none: 'No clear pattern' }
/** How many of the other readings are named. */
const MOST_NAMED = 2

const sayDraws = (verdict: VerdictName, agreed: number, threads: number, { times, found }: Resampled): string => {
  const drawn = `${formatCount(times)} windows drawn anew from its ${sayCount(threads, ['thread', 'threads'])}`
  if (agreed === times) return `all ${drawn} read the same.`
  const others = found.filter((one) => one.verdict !== verdict)
  const named = others.slice(0, MOST_NAMED).map((one) => VERDICT_AS_READ[one.verdict])
  const rest = others.length > MOST_NAMED ? 'most of the others' : 'the others'
  const share = agreed === 0 ? `none of ${drawn} reads` : `${sayShareOf(agreed, times)} of ${drawn} read`
  return `${share} the same; ${rest} read ${named.join(' or ')}.`
}

/** Rounded down, so that it never reads as though it reached a threshold that it does not. */
const sayShareOf = (count: number, all: number): string => {
  const percent = Math.floor((100 * count) / all)
  return percent === 0 ? `under ${sayPercent(1)}` : sayPercent(percent)
}
