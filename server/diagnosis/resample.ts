import type { VerdictName } from '../../shared/contract/verdict.ts'
import { decide } from './decide.ts'
import { prepareDraws } from './prepare-draws.ts'
import { type RandomIndex, randomIndexOf } from './random-index.ts'
import type { WindowCells } from './window-cells.ts'
import type { WindowFacts } from './window-facts.ts'

export type Resampled = {
  times: number
  /** How many of them read as what, most frequent first and equals in the order in which they turned up. */
  found: { verdict: VerdictName; count: number }[]
}

/** How often threads are drawn anew. */
export const TIMES = 1000
/** At least so often, however much the window holds. */
const FEWEST_TIMES = 200
/** Counts of somebody in a thread that all draws together may look at; beyond, there are fewer draws (our judgement: a second). */
const MOST_LOOKED_AT = 500_000_000
/**
 * More threads than this are first put into so many groups of equally many, at random, and the groups are drawn. The variance that
 * is found then is right on average and off by √(2 / groups) of itself, 3 % (see docs/support.md).
 */
const MOST_GROUPS = 2000

/** The same wherever the same window is read: in a refresh, in a rebuild, in another installation. */
export const seedOf = (window: WindowCells, facts: WindowFacts): string => `${facts.at_on} ${window.thread_keys.join(' ')}`

/**
 * Draws the window's threads anew, as many as there are and with replacement (Efron 1979, 10.1214/aos/1176344552), and asks the
 * rules what each draw reads as. Threads and not contributions, because what is said in one hangs together.
 */
export const resample = (
  window: WindowCells,
  facts: WindowFacts,
  { seed = seedOf(window, facts), times = TIMES }: { seed?: string; times?: number } = {},
): Resampled => {
  const random = randomIndexOf(seed)
  const threadCount = window.host.length
  const groups = threadCount > MOST_GROUPS ? groupAtRandom(threadCount, MOST_GROUPS, random) : null
  const { groupCount, entryCount, draw } = groups
    ? prepareDraws(window, facts, MOST_GROUPS, (thread) => groups[thread] as number)
    : prepareDraws(window, facts)
  const affordable = Math.max(FEWEST_TIMES, Math.floor(MOST_LOOKED_AT / Math.max(1, entryCount)))
  const drawn = Math.min(times, affordable)
  const counts = new Map<VerdictName, number>()
  const weights = new Int32Array(groupCount)
  for (let i = 0; i < drawn; i++) {
    drawWeights(weights, random)
    const verdict = decide(draw(weights))
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  }
  const found = [...counts].map(([verdict, count]) => ({ verdict, count })).sort((a, b) => b.count - a.count)
  return { times: drawn, found }
}

const drawWeights = (weights: Int32Array, random: RandomIndex): void => {
  weights.fill(0)
  for (let i = 0; i < weights.length; i++) {
    const chosen = random(weights.length)
    weights[chosen] = (weights[chosen] as number) + 1
  }
}

/** The group of each thread: all groups hold equally many, give or take one. */
const groupAtRandom = (threadCount: number, groupCount: number, random: RandomIndex): Int32Array => {
  const groups = Int32Array.from({ length: threadCount }, (_, i) => i % groupCount)
  for (let i = threadCount - 1; i > 0; i--) {
    const other = random(i + 1)
    const group = groups[i] as number
    groups[i] = groups[other] as number
    groups[other] = group
  }
  return groups
}
