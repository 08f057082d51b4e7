import type { StatedRate } from '../../../shared/contract/alert.ts'
import { stateRate } from '../state-rate.ts'

/**
 * By simulation of communities that do not change, on the whole way from threads to what stands (docs/validation.md). There, besides, none of
 * 1,530 month ends of true communities had blog, newsletter or workgroup stand. It has no limits to be stricter by.
 */
export const STATED_OF_DRIFT: StatedRate = {
  ...stateRate('verdict-drift', 1, null),
  of: 'the worst of all simulated kinds that stay what they are: half a community and half something else, and wandering from month to month; of plain communities none',
}
