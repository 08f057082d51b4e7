import { checkCount } from './count-check.ts'
import { distributionOf } from './distribution.ts'
import type { Check } from './rule.ts'
import { sayCount } from './say-count.ts'
import type { WindowFacts } from './window-facts.ts'

/** People with at least one contribution in the window; anonymous ones cannot be told apart and do not count. */
export const activePeople = (facts: WindowFacts): number => distributionOf(facts.people.contributions_by_person).people

/**
 * Fewer than 30 contributions, even with `more` of them, or than 5 active people. On synthetic communities of one pure type the right verdict was clear in
 * 92 % of windows with 30 contributions and in 17 % with 15: hence the floor, a house rule.
 */
export const isLittleAfter = (facts: WindowFacts, more: number): boolean =>
  facts.people.contribution_count + more < facts.house.thresholds.enough_contributions ||
  activePeople(facts) < facts.house.thresholds.enough_people

export const isLittleData = (facts: WindowFacts): boolean => isLittleAfter(facts, 0)

/** The two floors as tests, asked for from above ("enough") or from below ("too little"). */
export const checkSample = (
  facts: WindowFacts,
  comparison: 'at_least' | 'below',
  alternatives: readonly [contributions: number, people: number],
): Check[] => {
  const contributions = facts.people.contribution_count
  const people = activePeople(facts)
  const anonymous = facts.people.anonymous_count
  return [
    checkCount({
      metric: 'contributions',
      label: 'Contributions in the window',
      alternative: alternatives[0],
      unit: 'count',
      observed: contributions,
      comparison,
      threshold: facts.house.thresholds.enough_contributions,
      says: () =>
        `The window of ${facts.days} days holds ${contributions === 0 ? 'no contributions' : sayCount(contributions, ['contribution', 'contributions'])}`,
      noun: ['contribution', 'contributions'],
    }),
    checkCount({
      metric: 'active-people',
      label: 'Active people in the window',
      alternative: alternatives[1],
      unit: 'people',
      observed: people,
      comparison,
      threshold: facts.house.thresholds.enough_people,
      says: () => {
        const who = people === 0 ? 'Nobody who is known' : sayCount(people, ['person', 'people'])
        return `${who} contributed${anonymous === 0 ? '' : ` (besides ${sayCount(anonymous, ['anonymous contribution', 'anonymous contributions'])})`}`
      },
      noun: ['active person', 'active people'],
    }),
  ]
}

/** For rules that do not hold on little data: the floors as tests of their own where they are not met; nothing otherwise. */
export const checkEnoughData = (facts: WindowFacts, alternative = 0): Check[] =>
  isLittleData(facts) ? checkSample(facts, 'at_least', [alternative, alternative]) : []
