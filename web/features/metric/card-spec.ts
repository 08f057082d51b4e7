import type { MetricDescription } from '../../../shared/contract/metric.ts'
import type { Unit } from '../../../shared/unit.ts'
import type { ChartKind } from '../../ui/chart-point.ts'
import type { Tone } from '../../ui/palette.ts'
import type { ReportView } from './report-view.ts'

/** A card with one chart of one or more metrics over time. */
export type CardSpec = {
  id: string
  question: string
  kind: ChartKind
  unit: Unit
  /** `key` is the metric, or metric:category. */
  series: { key: string; label: string; tone: Tone }[]
  answer: (view: ReportView) => string
  note?: string | undefined
  /** The metric whose threshold, named in the catalogue, is drawn; or a threshold found elsewhere, such as a verdict's own. */
  threshold?: { metric: string; name: RegExp; label: string } | { value: number; label: string } | undefined
}

/** The value of the threshold a card draws, as the catalogue states it. */
export const thresholdOf = (spec: CardSpec, catalogue: MetricDescription[] | undefined): { value: number; label: string } | undefined => {
  const wanted = spec.threshold
  if (wanted === undefined || 'value' in wanted) return wanted
  const found = catalogue?.find((m) => m.id === wanted.metric)?.thresholds.find((t) => wanted.name.test(t.name))
  return found === undefined ? undefined : { value: found.value, label: `${wanted.label} (${found.source})` }
}
