import { activePeople, isLittleAfter } from './little-data.ts'
import type { Check } from './rule.ts'
import { type Noun, wasOrWere } from './say-count.ts'
import { checkShare, type ShareCheck } from './share-check.ts'
import type { WindowFacts } from './window-facts.ts'

export const CONTRIBUTION: Noun = ['contribution', 'contributions']

export type MixCheck = Pick<ShareCheck, 'metric' | 'label' | 'alternative' | 'k' | 'comparison' | 'percent' | 'part'> & {
  /** The share that decides the rule: on little data its interval has to clear the threshold. */
  is_deciding?: boolean
  rest?: Noun
  /** Around "41 of 60 contributions (68 %, 56–79 %)" and "was" or "were". */
  says: (share: string, verb: string) => string
}

/** A test of a share of all contributions in the window. */
export const checkMixShare = (facts: WindowFacts, { is_deciding, says, rest, ...check }: MixCheck): Check => {
  const n = facts.people.contribution_count
  return checkShare({
    ...check,
    n,
    noun: CONTRIBUTION,
    says: (share) => says(share, wasOrWere(check.k)),
    without: 'The window holds no contributions',
    rest: rest ?? ['contribution of another kind', 'contributions of other kinds'],
    isStillLittle: is_deciding ? (more) => isLittleAfter(n + more, activePeople(facts)) : undefined,
  })
}
