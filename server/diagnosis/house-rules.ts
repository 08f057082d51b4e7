import type { Purpose } from '../../shared/contract/charter.ts'
import type { OwnThreshold } from '../../shared/contract/verdict.ts'
import { THRESHOLD_IDS, THRESHOLDS, type ThresholdId } from './thresholds.ts'

/** By what a community is judged: every threshold, its own where its managers set one, and what it is meant to be. */
export type HouseRules = {
  thresholds: Readonly<Record<ThresholdId, number>>
  /** What the managers declared it to be; null where they declared nothing. */
  charter: Purpose | null
}

/** The house rules of a community that has set none of its own. */
export const DEFAULT_HOUSE_RULES: HouseRules = {
  thresholds: Object.fromEntries(THRESHOLD_IDS.map((id) => [id, THRESHOLDS[id].value])) as Record<ThresholdId, number>,
  charter: null,
}

/** The thresholds that differ from the default, in the order in which the rules are asked. */
export const ownThresholds = ({ thresholds }: HouseRules): OwnThreshold[] =>
  THRESHOLD_IDS.filter((id) => thresholds[id] !== THRESHOLDS[id].value).map((id) => {
    const { says, unit, value } = THRESHOLDS[id]
    return { id, says, unit, value: thresholds[id], default_value: value }
  })
