import type { Pool } from 'pg'
import { sayThresholdRange } from '../../shared/threshold-text.ts'
import { changeThresholdSetting } from '../store/thresholds.ts'
import { DEFAULT_HOUSE_RULES } from './house-rules.ts'
import { findContradiction, sayContradiction } from './threshold-relations.ts'
import { THRESHOLDS, type ThresholdId, type Unit } from './thresholds.ts'

export const isThresholdId = (id: string): id is ThresholdId => Object.hasOwn(THRESHOLDS, id)

/** With how many decimals a threshold may be set: shares and counts are compared as whole numbers. */
export const decimalsOf = (unit: Unit): number => (unit === 'probability' ? 4 : unit === 'per 100 words' ? 2 : 0)

/** Why a threshold was not changed; `says` tells what to do instead. */
export type ThresholdRefusal = { reason: 'not_adjustable' | 'out_of_range' | 'contradiction'; says: string }

const RANGE_WORDS = ['whole numbers only', 'at most one decimal', 'at most two decimals', 'at most three decimals', 'at most four decimals']

/** Why a threshold cannot be this value, whatever the others are; null where it can. */
export const refuseValue = (id: ThresholdId, value: number): ThresholdRefusal | null => {
  const { range, unit, says } = THRESHOLDS[id]
  if (range === null)
    return {
      reason: 'not_adjustable',
      says: `"${says}" is the same for all communities: it says how a window is read, not how it is judged.`,
    }
  const [least, most] = range
  const decimals = decimalsOf(unit)
  if (value >= least && value <= most && Number(value.toFixed(decimals)) === value) return null
  return {
    reason: 'out_of_range',
    says: `"${says}" may be ${sayThresholdRange(least, most, unit)}, ${RANGE_WORDS[decimals]}.`,
  }
}

/**
 * Sets a threshold of a community, or with null takes it back to its default; a value that equals the default is stored as none.
 * Gives why not, or null once stored.
 */
export const changeThreshold = async (
  pool: Pool,
  { communityId, id, value, now }: { communityId: string; id: ThresholdId; value: number | null; now: Date },
): Promise<ThresholdRefusal | 'no_community' | null> => {
  // + 0: a negative nought is nought
  const wanted = (value ?? THRESHOLDS[id].value) + 0
  const refusal = refuseValue(id, wanted)
  if (refusal !== null) return refusal
  const stored = wanted === THRESHOLDS[id].value ? null : wanted
  return changeThresholdSetting<ThresholdRefusal>(pool, { communityId, threshold: id, value: stored, now }, (set) => {
    const values = { ...DEFAULT_HOUSE_RULES.thresholds, ...Object.fromEntries(set), [id]: wanted }
    const contradiction = findContradiction(values)
    return contradiction && { reason: 'contradiction', says: sayContradiction(contradiction, values, id) }
  })
}
