import { CAPABILITIES, type Measured, type WorkedExample } from '../../shared/contract/metric.ts'
import { formatMeasured } from '../../shared/unit.ts'
import { contextOf } from './capabilities.ts'
import type { Metric } from './metric.ts'

/** An example by its metric: what a person is given, and the same as the row the metric reads. */
export type Example = { metric: string; worked: WorkedExample; measured: Measured }

const EVERYTHING = contextOf([
  { source: 'forum', tells: [...CAPABILITIES], cannot_tell: [], first_event_at: null, last_event_at: null, event_count: 1 },
])

/** Works an example out with the metric itself, so that its result is what the program would say. Throws where that is nothing. */
export const workExample = <Row>(
  metric: Metric<Row>,
  { row, category = null, ...told }: Omit<WorkedExample, 'result'> & { row: Partial<Row>; category?: string | null },
): Example => {
  const found = metric.measure({ ...metric.reading.empty, ...row }, EVERYTHING)
  const measured = category === null ? (found as Measured) : ((found as Record<string, Measured>)[category] as Measured)
  const result = formatMeasured(measured, metric.unit)
  if (result === null) throw new Error(`the example of ${metric.id} has no result: ${measured.reason}`)
  return { metric: metric.id, worked: { ...told, result }, measured }
}
