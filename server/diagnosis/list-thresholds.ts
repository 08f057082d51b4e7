import type { ClientBase, Pool } from 'pg'
import type { ThresholdGroup, ThresholdSetting, ThresholdSettings } from '../../shared/contract/threshold.ts'
import { listThresholdSettings } from '../store/thresholds.ts'
import { decimalsOf } from './change-threshold.ts'
import { isJudgedByNow } from './judged-by.ts'
import { THRESHOLD_IDS, THRESHOLDS, type Threshold, type ThresholdId } from './thresholds.ts'

/** By the words with which a threshold's sentence begins. */
const GROUPS: readonly (readonly [begins: string, group: ThresholdGroup])[] = [
  ['dormant', 'dormant'],
  ['too little data', 'too_little_data'],
  ['workgroup', 'workgroup'],
  ['newsletter', 'newsletter'],
  ['teaching platform', 'teaching_platform'],
  ['blog', 'blog'],
  ['community', 'community'],
  // asked by the rule for communities alone
  ['share of answers without a known author', 'community'],
  ['support', 'support'],
  ['standing verdict', 'standing'],
  ['direction', 'direction'],
]

/** The rule that asks a threshold; throws for one whose sentence begins otherwise than with its rule. */
export const groupOf = (id: ThresholdId): ThresholdGroup => {
  const group = GROUPS.find(([begins]) => THRESHOLDS[id].says.startsWith(begins))?.[1]
  if (group === undefined) throw new Error(`"${THRESHOLDS[id].says}" names no rule at its beginning`)
  return group
}

/** A threshold with its default in place. */
export const describeThreshold = (id: ThresholdId): ThresholdSetting => {
  const { says, unit, value, range, source }: Threshold = THRESHOLDS[id]
  return {
    id,
    group: groupOf(id),
    says,
    unit,
    value,
    default_value: value,
    least: range?.[0] ?? null,
    most: range?.[1] ?? null,
    decimals: decimalsOf(unit),
    is_adjustable: range !== null,
    source,
    set_at: null,
  }
}

/** Every threshold as a community is judged by it, in the order in which the rules are asked. */
export const listThresholds = async (db: Pool | ClientBase, communityId: string): Promise<ThresholdSettings> => {
  const set = new Map((await listThresholdSettings(db, communityId)).map((one) => [one.threshold, one]))
  const thresholds = THRESHOLD_IDS.map((id) => {
    const own = set.get(id)
    const described = describeThreshold(id)
    // a default that has become what was set is no longer the community's own
    return own === undefined || own.value === described.value
      ? described
      : { ...described, value: own.value, set_at: own.set_at.toISOString() }
  })
  return { thresholds, is_judged_by_these: await isJudgedByNow(db, communityId) }
}
