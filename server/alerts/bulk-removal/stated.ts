import type { StatedRate } from '../../../shared/contract/alert.ts'

/**
 * By simulation of weeks in which everybody comes by themselves (npm run validate:alerts): rushes after a talk or a mail, and sources that tell the
 * day alone, whose busy days the metrics take for a bulk step several times a year.
 */
export const STATED_OF_BULK: StatedRate = {
  a_year: 0,
  standard_error: 0.008,
  of: 'communities with rushes of people who come by themselves, and sources that tell the day of a joining alone: none in 120 years of any kind',
}
