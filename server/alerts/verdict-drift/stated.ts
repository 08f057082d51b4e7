import type { StatedRate } from '../../../shared/contract/alert.ts'

/** By simulation of communities that do not change (npm run validate:alerts). */
export const STATED_OF_DRIFT: StatedRate = {
  a_year: 0,
  standard_error: null,
  of: 'not simulated yet',
}
