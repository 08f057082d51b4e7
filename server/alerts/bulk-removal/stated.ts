import type { StatedRate } from '../../../shared/contract/alert.ts'

/** By simulation of busy weeks that are no bulk step (npm run validate:alerts): the worst are sources that tell the day of a joining alone. */
export const STATED_OF_BULK: StatedRate = {
  a_year: 0,
  standard_error: null,
  of: 'not simulated yet',
}
