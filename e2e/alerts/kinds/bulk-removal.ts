import { BULK_KINDS, stepsOf } from '../bulk-kinds.ts'
import type { SimulatedRule } from '../simulated-kind.ts'

/** Weeks in which people come (or go) by themselves, and which are yet taken for one act. It has no limits to be stricter by. */
export const bulkRemovalKinds: SimulatedRule = {
  rule: 'bulk-removal',
  unit: 'community',
  steady: BULK_KINDS.map((kind) => ({
    name: kind.name,
    design: null,
    live: (watched, seed) => ({ swings: Array.from({ length: watched }, () => null), told: stepsOf(kind, watched, seed), stood: false }),
  })),
  changing: [],
  cuts: null,
  watched: 104,
  isWithoutLimits: true,
}
