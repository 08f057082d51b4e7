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
import { moreOfTheSame } from './levers/more-of-the-same.ts'
import { morePeopleJoinIn, talkGathered, talkSharedOut } from './levers/talk-levers.ts'
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
import { VERDICT_AS_READ } from './verdict-as-read.ts'
import { fewerWorkWords, moreWorkWords } from './levers/word-levers.ts'
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
  morePeopleJoinIn,
  talkSharedOut,
  fewerWorkWords,
  talkGathered,
  moreWorkWords,
]

/** Where the pattern is not the question: what would let it be judged, or wake it. */
export const DATA_LEVERS: readonly Lever[] = [longerHistory, wholerFeed, moreOfTheSame]
export const WAKING_LEVERS: readonly Lever[] = [moreOfTheSame, moreDiscussions]

/**
 * The smallest single kind of change that leads to another verdict, counted in contributions added, left out or given to
 * somebody else (in weeks or days for what the feed lacks). Found by search and verified: the rules were asked again with
 * the change applied. Null where no single kind does.
 */
export const findFlip = (facts: WindowFacts): Flip | null => {
  const verdict = decide(facts)
  const found = smallestChange(facts, leversFor(verdict), (changed) => leadsElsewhere(verdict, changed))
  if (found === null) return null
  const { lever, amount } = found
  const to_verdict = decide(lever.apply(facts, amount))
  return { to_verdict, change: lever.id, amount, sentence: `It would read ${VERDICT_AS_READ[to_verdict]} if ${lever.says(facts, amount)}.` }
}

const leversFor = (verdict: VerdictName): readonly Lever[] =>
  verdict === 'too_little_data' ? DATA_LEVERS : verdict === 'dormant' ? WAKING_LEVERS : LEVERS

/** Leaving contributions out until too few are left to judge is no other finding about the pattern. */
const leadsElsewhere = (from: VerdictName, to: VerdictName): boolean =>
  to !== from && to !== 'dormant' && (to !== 'too_little_data' || from === 'dormant')

type Change = { lever: Lever; amount: number }

/** Up to this many contributions every change is tried: near the floor of little data a lever can flip the verdict and flip it back. */
const TRIED_ONE_BY_ONE = 8

/**
 * All levers are pushed further in each round, by one and then to twice as far, until one of them flips; then the least
 * amounts of those that do are found by bisection. An amount is least in that the one below it does not flip.
 */
const smallestChange = (facts: WindowFacts, levers: readonly Lever[], isFlip: (verdict: VerdictName) => boolean): Change | null => {
  const limited = levers.map((lever) => ({ lever, limit: lever.most(facts) })).filter(({ limit }) => limit > 0)
  const flips = (lever: Lever, amount: number) => isFlip(decide(lever.apply(facts, amount)))
  const furthest = limited.reduce((most, { lever, limit }) => Math.max(most, limit * lever.contributions_a_step), 0)
  let best: (Change & { contributions: number }) | null = null
  for (
    let budget = 1, before = 0;
    best === null && before < furthest;
    before = budget, budget = budget < TRIED_ONE_BY_ONE ? budget + 1 : budget * 2
  ) {
    for (const { lever, limit } of limited) {
      const step = lever.contributions_a_step
      // what the round before has tried
      let low = Math.min(limit, Math.floor(before / step))
      let high = Math.min(limit, Math.floor((best === null ? budget : best.contributions - 1) / step))
      if (high <= low || !flips(lever, high)) continue
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (flips(lever, middle)) high = middle
        else low = middle
      }
      best = { lever, amount: high, contributions: high * step }
    }
  }
  return best
}
