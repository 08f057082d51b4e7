import { isLittleAfter } from './little-data.ts'
import type { Check } from './rule.ts'
import { type Noun, wasOrWere } from './say-count.ts'
import { checkShare, type ShareCheck } from './share-check.ts'
import type { WindowFacts } from './window-facts.ts'

const CONTRIBUTION: Noun = ['contribution', 'contributions']
const OF_OTHER_KINDS: Noun = ['contribution of another kind', 'contributions of other kinds']

export type MixCheck = Pick<ShareCheck, 'metric' | 'label' | 'alternative' | 'k' | 'comparison' | 'percent' | 'part'> & {
  /** The share that decides the rule: on little data its interval has to clear the threshold. */
  is_deciding?: boolean
  rest?: Noun
  /** Around "41 of 60 contributions (68 %, 56–79 %)" and "was" or "were". */
  says: (share: string, verb: string) => string
}

/** A test of a share of all contributions in the window. */
export const checkMixShare = (facts: WindowFacts, check: MixCheck): Check => {
  const n = facts.people.contribution_count
  // field by field: the search for the smallest change comes here thousands of times
  return checkShare({
    metric: check.metric,
    label: check.label,
    alternative: check.alternative,
    k: check.k,
    n,
    comparison: check.comparison,
    percent: check.percent,
    part: check.part,
    noun: CONTRIBUTION,
    says: (share) => check.says(share, wasOrWere(check.k)),
    without: 'The window holds no contributions',
    rest: check.rest ?? OF_OTHER_KINDS,
    isStillLittle: check.is_deciding ? (more) => isLittleAfter(facts, more) : undefined,
  })
}
