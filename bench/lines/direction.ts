/** What an evaluation of a community's alarm costs: ten years of five weekly series followed from the first week to the last. */
import { followChange } from '../../server/diagnosis/direction/detect.ts'
import type { WeeklySeries } from '../../server/diagnosis/direction/weekly-series.ts'
import { createRandom } from '../../server/ingest/sources/synthetic/random.ts'
import type { BenchOptions } from '../bench-options.ts'
import type { BenchServer } from '../bench-server.ts'
import type { Finding } from '../finding.ts'
import { quantile } from '../quantile.ts'

const WEEKS = 520
const TIMES = 200
const TARGET_MILLISECONDS = 25

const makeSeries = (seed: number): WeeklySeries[] => {
  const random = createRandom(seed)
  return (['joins', 'active-people', 'questions', 'answered', 'leavers'] as const).map((id) => ({
    id,
    worse: id === 'leavers' ? 1 : -1,
    // halved in the sixth year, so that an alarm is followed too
    counts: Array.from({ length: WEEKS }, (_, week) => random.poisson(week >= 260 && week < 300 ? 10 : 20)),
    exposures: Array.from({ length: WEEKS }, () => (id === 'leavers' ? 800 : 1)),
    is_holiday: Array.from({ length: WEEKS }, (_, week) => week % 52 >= 26 && week % 52 < 35),
  }))
}

const millisecondsOf = (work: () => void): number => {
  const began = performance.now()
  work()
  return performance.now() - began
}

export const benchDirection = async (_server: BenchServer, { seed }: BenchOptions): Promise<Finding[]> => {
  const following: number[] = []
  const copying: number[] = []
  for (let i = 0; i < TIMES; i++) {
    const all = makeSeries(seed + i)
    following.push(millisecondsOf(() => followChange(all, 'worse')))
    copying.push(millisecondsOf(() => JSON.parse(JSON.stringify(all))))
  }
  const median = quantile(following, 0.5)
  return [
    {
      line: 'direction',
      what: 'ten years of five weekly series followed',
      size: null,
      value: median,
      unit: 'ms',
      ratio: median / quantile(copying, 0.5),
      ratio_to: 'writing them as JSON and reading that',
      target: `under ${TARGET_MILLISECONDS} ms`,
      is_met: median < TARGET_MILLISECONDS,
      detail: `${TIMES} times; 95 % within ${quantile(following, 0.95).toFixed(1)} ms`,
    },
  ]
}
