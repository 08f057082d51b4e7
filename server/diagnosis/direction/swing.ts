import { swingBefore } from './limits.ts'
import type { Reading } from './read-series.ts'

/**
 * How much a community swings by itself at the end of a week, against what is usual where as much happens: 1 is as much, 2 twice the
 * variance. That of its most restless series that can be judged, since that one sends the false alarms. Null where none can.
 */
export const swingOf = (readings: readonly (readonly Reading[])[], week: number): number | null => {
  const swings = (readings[week] ?? []).flatMap(({ fast, slow }) => {
    const judged = fast ?? slow
    return judged ? [judged.dispersion / swingBefore(judged.expected)] : []
  })
  return swings.length === 0 ? null : Math.max(...swings)
}
