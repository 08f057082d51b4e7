import { followChange } from '../../../server/diagnosis/direction/detect.ts'
import { swingOf } from '../../../server/diagnosis/direction/swing.ts'
import { DECLINING_COMMUNITIES, STEADY_COMMUNITIES } from '../community-kinds.ts'
import { type CommunityKind, liveThrough } from '../live-community.ts'
import type { SimulatedKind, SimulatedRule } from '../simulated-kind.ts'

const simulatedOf = (kind: CommunityKind & { design: string | null }): SimulatedKind => ({
  name: kind.name,
  design: kind.design,
  live: (watched, seed, strictness) => {
    const { weeks, readings } = followChange(liveThrough(kind, watched, seed), 'worse', { strictness })
    const told = weeks.flatMap(({ notice }, week) =>
      week >= kind.history && (notice === 'began' || notice === 'clearly_worse') ? [week - kind.history] : [],
    )
    return {
      swings: Array.from({ length: watched }, (_, week) => swingOf(readings, kind.history + week)),
      told,
      stood: Boolean(weeks[kind.history - 1]?.change),
    }
  },
})

export const declineKinds: SimulatedRule = {
  rule: 'decline',
  unit: 'community',
  steady: STEADY_COMMUNITIES.map(simulatedOf),
  changing: DECLINING_COMMUNITIES.map(simulatedOf),
  // about where kinds that swing by chance, by season and by themselves part
  cuts: [1.1, 1.6],
  watched: 104,
  delayBy: 'halving: variance 2 × the mean',
  withinEight: ['halving, all series: Poisson', 'halving: variance 2 × the mean', 'halving: slow swings', 'halving: seasons'],
}
