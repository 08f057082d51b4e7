import type { StatedRate } from '../../../shared/contract/alert.ts'
import { stateRate } from '../state-rate.ts'

/**
 * By simulation of weeks in which everybody comes by themselves: rushes after a talk or a mail, and sources that tell the day alone,
 * whose busy days the metrics take for a bulk step several times a year. It has no limits to be stricter by.
 */
export const STATED_OF_BULK: StatedRate = {
  ...stateRate('bulk-removal', 1, null),
  of: 'communities with rushes of people who come by themselves, and sources that tell the day of a joining alone: none of any kind',
}
