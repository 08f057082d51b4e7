import type { Capability, Measured, MetricDescription } from '../../shared/contract/metric.ts'
import type { MetricCases } from './cases/case-list.ts'
import type { Reading } from './reading.ts'

/** Where a community asks: in threads that its sources say, in flat chats whose threads are inferred, or in both. */
export type ThreadBasis = 'said' | 'inferred' | 'both'

/** Facts about the community that decide whether a metric may be shown at all. */
export type MeasureContext = {
  /** The capability is told by at least one source of the community. */
  canTell: (capability: Capability) => boolean
  /** Names of the sources, for "not available from …". */
  sourceNames: string[]
  threads: ThreadBasis
}

/**
 * One metric: everything the catalogue, the API, the pages and the docs say about it, and the pure function from one
 * reading's row to what was found. `measure` returns one Measured, or one a category for metrics that have categories.
 */
export type Metric<Row = never> = Omit<MetricDescription, 'reads' | 'categories' | 'cases' | 'example'> & {
  reading: Reading<Row>
  categories: readonly string[] | null
  /** Withheld where more of the period's contributions are anonymous than MAX_ANONYMOUS_SHARE. */
  is_per_person: boolean
  /** What its numerator and denominator, or its value, are made of. */
  cases: MetricCases
  measure: (row: Row, context: MeasureContext) => Measured | Record<string, Measured>
}

/** Keeps the row type of the reading and of `measure` tied together in each metric's file. */
export const defineMetric = <Row>(metric: Metric<Row>): Metric<Row> => metric
/** A metric whose row type is forgotten, as lists hold them. */
// biome-ignore lint/suspicious/noExplicitAny: the catalogue holds metrics of different rows; each file has its own checked by defineMetric
export type AnyMetric = Metric<any>
