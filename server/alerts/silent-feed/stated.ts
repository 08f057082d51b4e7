import type { StatedRate } from '../../../shared/contract/alert.ts'
import { stateRate } from '../state-rate.ts'

/**
 * Of sources that send on most days, by the worst of these (docs/validation.md): closed in August, which the first year cannot know. Null by
 * looser limits than the usual ones, by which it was not found.
 */
export const statedOfMostDays = (strictness: number): number | null => (strictness < 1 ? null : 0.05)

/** False alarms a year of a source of the worst kind, as simulated. */
export const statedOfFeed = (strictness: number): StatedRate => ({
  ...stateRate('silent-feed', strictness, null),
  of: 'a source that sends in bursts with pauses of very unlike lengths, the worst of all; one that sends on most days is hardly ever wrongly called silent',
})
