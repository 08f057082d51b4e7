import type { Pool } from 'pg'
import type { Voices, VoicesCurve, VoicesOf } from '../../shared/contract/voices.ts'
import { spanLabel } from '../../shared/period.ts'
import { metrics } from '../metrics/catalogue.ts'
import { ANSWERS, CONTRIBUTIONS, STARTS, type Voice } from '../metrics/define-concentration.ts'
import type { AnyMetric, MeasureContext } from '../metrics/metric.ts'
import { type VoiceCounts, voiceCountsOfOne } from '../metrics/readings/voice-counts.ts'
import { concentrationCurve, fewestHolding } from '../metrics/statistics/concentration.ts'
import { type Spread, sumsOf } from '../metrics/statistics/spread.ts'
import type { ReportedCommunity } from './health-report.ts'
import { measureSpans } from './spans.ts'

const VOICES: Record<VoicesOf, Voice> = { contributions: CONTRIBUTIONS, answers: ANSWERS, starts: STARTS }
const MEASURES = ['top-share', 'absence-factor', 'effective-voices', 'effective-voices-n2', 'concentration-hhi', 'gini']
/** Half, as the absence factor has it, and the four fifths of Pareto's rule (Juran), as part and of. */
const MARKS = [
  [1, 2],
  [4, 5],
] as const

/**
 * How the contributions, answers or thread starts of a span of days are shared out among the people who made them, as known now.
 * The curve is told where the absence factor of the same span is: not below 30 by 5 people, nor where too much is anonymous; so
 * it holds nothing of a group under five. Throws BadRange.
 */
export const buildVoices = async (
  pool: Pool,
  community: ReportedCommunity,
  { from, to, of }: { from: string; to: string; of: VoicesOf },
): Promise<Voices> => {
  const voice = VOICES[of]
  const period = spanLabel(from, to)
  // the very row that the metrics are measured of
  let row: VoiceCounts | null = null
  const keepRow = (metric: AnyMetric): AnyMetric => ({
    ...metric,
    reading: voiceCountsOfOne,
    measure: (read: VoiceCounts, context: MeasureContext) => {
      row = read
      return metric.measure(read, context)
    },
  })
  const ids = MEASURES.map((id) => `${id}${voice.id_suffix}`)
  const some = metrics.filter(({ id }) => ids.includes(id)).map(keepRow)
  const { known_by, spans } = await measureSpans(pool, community, [period], some)
  const found = spans[0]?.metrics.map(({ id, point }) => ({ id, point })) ?? []
  const isTold = found.find(({ id }) => id === `absence-factor${voice.id_suffix}`)?.point.status === 'ok'
  return {
    of,
    period,
    known_by,
    is_unfinished: spans[0]?.is_unfinished ?? false,
    metrics: found,
    curve: isTold && row !== null ? toCurve(voice.spread(row), voice.all(row)) : null,
  }
}

const toCurve = (spread: Spread, all: number): VoicesCurve => {
  const { people, total } = sumsOf(spread)
  return {
    people,
    amount: total,
    anonymous: all - total,
    steps: concentrationCurve(spread).map((step) => ({ ...step, share: step.amount / total })),
    marks: MARKS.flatMap(([part, of]) => {
      const fewest = fewestHolding(spread, part, of)
      return fewest === null ? [] : [{ least: part / of, ...fewest, share: fewest.amount / total }]
    }),
  }
}
