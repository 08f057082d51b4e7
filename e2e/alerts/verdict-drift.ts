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

const pure = (type: VerdictName): Mixture => (PURE_TYPES.find(([name]) => name === type) as readonly [VerdictName, Mixture])[1]
const between = (a: Mixture, b: Mixture, share: number): Mixture =>
  Object.fromEntries(Object.keys(a).map((key) => [key, a[key as keyof Mixture] * share + b[key as keyof Mixture] * (1 - share)])) as Mixture

/**
 * A community of so many contributions a month. `swing`: how far its share of another type wanders from month to month. `turns`: what it
 * becomes in the first month watched, after a year; else it stays what it is.
 */
export type DriftKind = {
  name: string
  size: number
  other: VerdictName | null
  share: number
  swing: number
  charter: 'community' | null
  turns?: VerdictName
}

export const STEADY_VERDICTS: readonly DriftKind[] = [
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

export const TURNING_VERDICTS: readonly DriftKind[] = (['newsletter', 'workgroup'] as const).map((turns) => ({
  name: `community of 40 contributions a month becomes a ${turns}`,
  size: 40,
  other: null,
  share: 1,
  swing: 0,
  charter: null,
  turns,
}))

/**
 * Draws of a window: enough to tell clear from leaning, as often off by a hair to either side. Most windows are so far from that limit
 * that the first draws tell (2.4 standard deviations of so many draws, or further).
 */
const DRAWS = 200
const FIRST_DRAWS = 40
const FAR = 0.15
/** Months known before a change. */
const HISTORY_MONTHS = 12
const WINDOW_MONTHS = 3
const CLEAR = THRESHOLDS.support_clear.value / 100

const evaluate = (threads: readonly ExampleThread[], at: string): Evaluation => {
  const cells = cellsOfThreads(threads)
  const facts = { ...countWindow(threads), ...factsOfCells(cells) }
  const verdict = decide(facts)
  const shareOf = (times: number) =>
    (resample(cells, facts, { seed: at, times }).found.find((one) => one.verdict === verdict)?.count ?? 0) / times
  const first = shareOf(FIRST_DRAWS)
  const share = Math.abs(first - CLEAR) >= FAR ? first : shareOf(DRAWS)
  const isClear = share >= CLEAR && threads.length >= THRESHOLDS.support_threads.value
  return { at, verdict, strength: isClear ? 'clear' : 'none', is_month_over: true }
}

const liveThrough = (
  { size, other, share, swing, turns }: DriftKind,
  monthCount: number,
  history: number,
  random: RandomIndex,
): Evaluation[] => {
  const gauss = () => Array.from({ length: 12 }, () => random(1_000_000) / 1_000_000).reduce((sum, one) => sum + one, -6)
  let wander = 0
  const months = Array.from({ length: monthCount + WINDOW_MONTHS - 1 }, (_, i) => {
    wander = 0.6 * wander + 0.8 * swing * gauss()
    const now = Math.min(1, Math.max(0, share + wander))
    const hasTurned = turns !== undefined && i - (WINDOW_MONTHS - 1) >= history
    const mixture = hasTurned ? pure(turns) : other === null ? pure('community') : between(pure('community'), pure(other), now)
    const count = Math.max(1, Math.round(size * (1 + 0.3 * gauss())))
    return makeThreads(mixture, count, random)
  })
  return Array.from({ length: monthCount }, (_, i) => {
    const at = addDays(daysOfPeriod(shiftPeriod('2020-01', 'month', i), 'month').to_on, -1)
    return evaluate(months.slice(i, i + WINDOW_MONTHS).flat(), at)
  })
}

/** One community of a kind: the weeks watched, counted from 0, at whose end a month ended and it was told to stand as something else. */
export const driftsOf = (kind: DriftKind, watched: number, seed: number): number[] => {
  const history = kind.turns === undefined ? 0 : HISTORY_MONTHS
  const evaluations = liveThrough(kind, history + (watched * 12) / 52, history, randomIndexOf(`drift ${kind.name} ${seed}`))
  const stands = followStanding(evaluations, THRESHOLDS.standing_evaluations.value)
  const months = evaluations.map(({ at }, month) => {
    const standing = stands[month]?.verdict ?? null
    return { on: `${at.slice(0, 8)}01`, at, standing, intention: intentionOf(kind.charter, standing)?.state ?? null }
  })
  const begun = new Set(followDrift(months).map(({ began_on }) => began_on))
  return months.flatMap(({ on }, month) => (month >= history && begun.has(on) ? [Math.ceil(((month - history + 1) * 52) / 12) - 1] : []))
}
