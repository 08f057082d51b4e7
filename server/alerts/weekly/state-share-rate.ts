import type { AlertRuleId, StatedRate } from '../../../shared/contract/alert.ts'

export const stateShareRate = (_id: AlertRuleId, _strictness: number, _swing: number | null): StatedRate => ({
  a_year: 0.25,
  standard_error: 0.02,
  of: 'the worst of all simulated communities in which nothing changes',
})
