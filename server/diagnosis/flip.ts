import type { Flip, VerdictName } from '../../shared/contract/verdict.ts'
import { decide } from './decide.ts'
import type { Lever } from './lever.ts'
import {
  answersByNewHelpers,
  answersGathered,
  answersSharedOut,
  fewerQuestionsAnswered,
  moreAnsweredQuestions,
  moreAnswersByOthers,
  moreAnswersByTopAnswerer,
  moreHelpers,
  moreQuestionsAnswered,
} from './levers/answer-levers.ts'
import { longerHistory, wholerFeed } from './levers/feed-levers.ts'
import { fewerAnnouncements, fewerWork, moreAnnouncements, moreWork } from './levers/mix-levers.ts'
import {
  contributionsGathered,
  contributionsSharedOut,
  fewerPostsByTopStarter,
  moreCommentsInOnePersonsThreads,
  moreDiscussions,
  morePostsByTopStarter,
  postsJoined,
  talkInOtherThreads,
  threadsSharedOut,
} from './levers/voice-levers.ts'
import type { WindowFacts } from './window-facts.ts'

/** Of changes that are equally small the first listed is told: help first, as that is what a manager can bring about. */
export const LEVERS: readonly Lever[] = [
  moreQuestionsAnswered,
  answersSharedOut,
  answersByNewHelpers,
  moreHelpers,
  moreAnswersByOthers,
  moreAnsweredQuestions,
  postsJoined,
  moreDiscussions,
  contributionsSharedOut,
  threadsSharedOut,
  talkInOtherThreads,
  fewerAnnouncements,
  fewerPostsByTopStarter,
  fewerWork,
  fewerQuestionsAnswered,
  answersGathered,
  moreAnswersByTopAnswerer,
  contributionsGathered,
  moreCommentsInOnePersonsThreads,
  morePostsByTopStarter,
  moreAnnouncements,
  moreWork,
  longerHistory,
  wholerFeed,
]

/** Up to this many steps every amount is tried, so that nothing small is missed where a lever passes through several verdicts. */
const TRIED_ONE_BY_ONE = 6

/** Verdicts that say nothing of the pattern: leaving contributions out until too few are left is no other finding. */
const NO_PATTERN: readonly VerdictName[] = ['dormant', 'too_little_data']

export const VERDICT_AS_READ: Record<VerdictName, string> = {
  dormant: 'as dormant',
  too_little_data: 'as too little data to say',
  workgroup: 'as a workgroup',
  newsletter: 'as a newsletter',
  teaching_platform: 'as a teaching platform',
  blog: 'as a blog',
  community: 'as a community',
  mixed: 'as mixed',
}

/**
 * The smallest single kind of change that leads to another verdict, counted in contributions added, left out or given to
 * somebody else (weeks and days for what the feed lacks). Found by search and verified: the rules were asked again with
 * the change applied. Null where no single kind does.
 */
export const findFlip = (facts: WindowFacts): Flip | null => {
  const verdict = decide(facts)
  let best: { lever: Lever; amount: number; contributions: number } | null = null
  for (const lever of LEVERS) {
    const within = best === null ? Number.POSITIVE_INFINITY : Math.floor((best.contributions - 1) / lever.contributions_a_step)
    const limit = Math.min(lever.most(facts), within)
    const amount = leastAmount(limit, (k) => isOther(decide(lever.apply(facts, k)), verdict))
    if (amount !== null) best = { lever, amount, contributions: amount * lever.contributions_a_step }
  }
  if (best === null) return null
  const { lever, amount } = best
  const to_verdict = decide(lever.apply(facts, amount))
  return { to_verdict, change: lever.id, amount, sentence: `It would read ${VERDICT_AS_READ[to_verdict]} if ${lever.says(facts, amount)}.` }
}

const isOther = (found: VerdictName, verdict: VerdictName): boolean => found !== verdict && !NO_PATTERN.includes(found)

/** The least amount from 1 to `limit` that satisfies the condition: one by one, then by doubling and bisection, where the amount below it does not. */
const leastAmount = (limit: number, holds: (amount: number) => boolean): number | null => {
  let low = Math.min(limit, TRIED_ONE_BY_ONE)
  for (let amount = 1; amount <= low; amount++) if (holds(amount)) return amount
  let high = low
  do {
    if (high >= limit) return null
    low = high
    high = Math.min(limit, high * 2)
  } while (!holds(high))
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
