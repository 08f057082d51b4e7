import type { VerdictName } from '../../shared/contract/verdict.ts'
import { followDrift } from '../../server/alerts/verdict-drift/follow-drift.ts'
import { decide } from '../../server/diagnosis/decide.ts'
import { cellsOfThreads } from '../../server/diagnosis/example-cells.ts'
import { countWindow, type ExampleThread } from '../../server/diagnosis/example-windows.ts'
import { factsOfCells } from '../../server/diagnosis/facts-of-cells.ts'
import { intentionOf } from '../../server/diagnosis/intention.ts'
import { type RandomIndex, randomIndexOf } from '../../server/diagnosis/random-index.ts'
import { resample } from '../../server/diagnosis/resample.ts'
import { type Evaluation, followStanding } from '../../server/diagnosis/standing.ts'
import { THRESHOLDS } from '../../server/diagnosis/thresholds.ts'
import { addDays, daysOfPeriod, shiftPeriod } from '../../shared/period.ts'
import { makeThreads, type Mixture, PURE_TYPES } from '../support/made-up-windows.ts'

export type RateRow = { kind: string; a_year: number; standard_error: number; years: number }

const pure = (type: VerdictName): Mixture => (PURE_TYPES.find(([name]) => name === type) as readonly [VerdictName, Mixture])[1]
const between = (a: Mixture, b: Mixture, share: number): Mixture =>
  Object.fromEntries(Object.keys(a).map((key) => [key, a[key as keyof Mixture] * share + b[key as keyof Mixture] * (1 - share)])) as Mixture

/** A community that stays what it is. `swing`: how far its share of another type wanders from month to month. */
type DriftKind = { name: string; size: number; other: VerdictName | null; share: number; swing: number; charter: 'community' | null }

const KINDS: readonly DriftKind[] = [
  ...[12, 40, 120].map(
    (size): DriftKind => ({ name: `community, ${size} contributions a month`, size, other: null, share: 1, swing: 0, charter: null }),
  ),
  { name: 'the same, 40 a month, declared to be one', size: 40, other: null, share: 1, swing: 0, charter: 'community' },
  ...(['blog', 'newsletter', 'workgroup'] as const).map(
    (other): DriftKind => ({
      name: `two thirds community, a third ${other}, wandering`,
      size: 40,
      other,
      share: 2 / 3,
      swing: 0.15,
      charter: null,
    }),
  ),
  ...(['newsletter', 'workgroup'] as const).map(
    (other): DriftKind => ({ name: `half community, half ${other}, wandering`, size: 40, other, share: 0.5, swing: 0.15, charter: null }),
  ),
]

/** Draws of a window: enough to tell clear from leaning, as often off by a hair to either side. */
const DRAWS = 200
const MONTHS = 36
const WINDOW_MONTHS = 3
const CLEAR = THRESHOLDS.support_clear.value / 100

const evaluate = (threads: readonly ExampleThread[], at: string): Evaluation => {
  const cells = cellsOfThreads(threads)
  const facts = { ...countWindow(threads), ...factsOfCells(cells) }
  const verdict = decide(facts)
  const same = resample(cells, facts, { seed: at, times: DRAWS }).found.find((one) => one.verdict === verdict)?.count ?? 0
  const isClear = same / DRAWS >= CLEAR && threads.length >= THRESHOLDS.support_threads.value
  return { at, verdict, strength: isClear ? 'clear' : 'none', is_month_over: true }
}

const liveThrough = ({ size, other, share, swing }: DriftKind, random: RandomIndex): Evaluation[] => {
  const gauss = () => Array.from({ length: 12 }, () => random(1_000_000) / 1_000_000).reduce((sum, one) => sum + one, -6)
  let wander = 0
  const months = Array.from({ length: MONTHS + WINDOW_MONTHS - 1 }, () => {
    wander = 0.6 * wander + 0.8 * swing * gauss()
    const now = Math.min(1, Math.max(0, share + wander))
    const mixture = other === null ? pure('community') : between(pure('community'), pure(other), now)
    const count = Math.max(1, Math.round(size * (1 + 0.3 * gauss())))
    return makeThreads(mixture, count, random)
  })
  return Array.from({ length: MONTHS }, (_, i) => {
    const at = addDays(daysOfPeriod(shiftPeriod('2020-01', 'month', i), 'month').to_on, -1)
    return evaluate(months.slice(i, i + WINDOW_MONTHS).flat(), at)
  })
}

/** Communities that stay what they are, and come to stand as something else; seeded. The standard error is of communities. */
export const simulateVerdictDrift = ({ communities, seed = 1 }: { communities: number; seed?: number }): RateRow[] =>
  KINDS.map((kind, k) => {
    const counts = Array.from({ length: communities }, (_, i) => {
      const evaluations = liveThrough(kind, randomIndexOf(`drift ${seed} ${k} ${i}`))
      const stands = followStanding(evaluations, THRESHOLDS.standing_evaluations.value)
      const months = evaluations.map(({ at }, month) => {
        const standing = stands[month]?.verdict ?? null
        return { on: `${at.slice(0, 8)}01`, at, standing, intention: intentionOf(kind.charter, standing)?.state ?? null }
      })
      return followDrift(months).length
    })
    const years = MONTHS / 12
    const a_year = counts.reduce((sum, count) => sum + count, 0) / communities / years
    const variance = counts.reduce((sum, count) => sum + (count / years - a_year) ** 2, 0) / Math.max(1, communities - 1)
    return {
      kind: kind.name,
      a_year,
      // none in so many years: by the rule of three the rate may be three of them, which is taken for two errors
      standard_error: a_year === 0 ? 1.5 / (communities * years) : Math.sqrt(variance / communities),
      years: communities * years,
    }
  })
