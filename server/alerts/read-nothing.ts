import type { RuleReading } from './alert-rule.ts'

const refuse = () => Promise.reject(new Error('nothing was read, so there is nothing to tell'))

/** The reading of a rule that has nothing to go by. */
export const readNothing: RuleReading = {
  periods: [],
  episodes: [],
  series: [],
  cannot_judge: 'Nothing is known yet.',
  swing: null,
  sentence: 'It cannot be judged: nothing is known yet.',
  tell: refuse,
  tellWithdrawn: refuse,
}
