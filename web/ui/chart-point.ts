import type { Unit } from '../../shared/unit.ts'
import type { Tone } from './palette.ts'

/** One value of a series in one period. `value` null is a gap, and `reason` says why it is one. */
export type ChartPoint = {
  period: string
  value: number | null
  numerator: number | null
  denominator: number | null
  low: number | null
  high: number | null
  reason: string | null
  /** What kind of reason, as the measure says it. */
  status?: string
  is_unfinished: boolean
}

/**
 * `points` are aligned with the chart's periods. A quiet series stands behind the others, for comparison; a hidden one stands in the
 * table, the file and the note of a period only, where more lines could not be told apart.
 */
export type ChartSeries = { id: string; label: string; tone: Tone; points: ChartPoint[]; isQuiet?: boolean; isHidden?: boolean }

export type ChartKind = 'bars' | 'stacked' | 'diverging' | 'lines'

/** What was noted of a period, such as something that was tried in it. */
export type ChartNote = { period: string; label: string }

/** A span of periods, both ends included, whose ground is shaded, with its words. */
export type ChartGround = { from: string; to: string; label: string }

export type Chart = {
  kind: ChartKind
  unit: Unit
  /** Over the axis, in place of the unit's own name. */
  axis?: string
  periods: string[]
  series: ChartSeries[]
  /** A line across the chart, such as a rule's threshold, with its words. */
  threshold?: { value: number; label: string } | undefined
  /** The axis ends here whatever the data; shares end at 1. */
  max?: number
  /** In the order of time; a period may have several. */
  notes?: readonly ChartNote[]
  /** Shaded, such as while something stood; in the order of time, none on another. */
  grounds?: readonly ChartGround[]
  /** Points of the first series that are marked and named, such as what was told then; in the order of time. */
  marks?: readonly ChartNote[]
}
