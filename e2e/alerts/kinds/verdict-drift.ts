import type { SimulatedKind, SimulatedRule } from '../simulated-kind.ts'
import { driftsOf, type DriftKind, STEADY_VERDICTS, TURNING_VERDICTS } from '../verdict-drift.ts'

const simulated = (kind: DriftKind): SimulatedKind => ({
  name: kind.name,
  design: null,
  live: (watched, seed) => ({ swings: Array.from({ length: watched }, () => null), told: driftsOf(kind, watched, seed), stood: false }),
})

/** On the whole way from threads through draws to the verdict that stands, at each month end: a second and a half for three years of ten communities. */
export const verdictDriftKinds: SimulatedRule = {
  rule: 'verdict-drift',
  unit: 'community',
  steady: STEADY_VERDICTS.map(simulated),
  changing: TURNING_VERDICTS.map(simulated),
  cuts: null,
  watched: 156,
  isWithoutLimits: true,
  isSlow: true,
}
