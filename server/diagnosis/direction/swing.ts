import type { Reading } from './read-series.ts'

/**
 * How much a community swings by itself at the end of a week, as variance over that of pure chance: the largest of its series that can
 * be judged, since it is the most restless one that sends false alarms. Null where none can.
 */
export const swingOf = (readings: readonly (readonly Reading[])[], week: number): number | null => {
  const swings = (readings[week] ?? []).flatMap(({ fast, slow }) =>
    (fast ?? slow) ? [((fast ?? slow) as { dispersion: number }).dispersion] : [],
  )
  return swings.length === 0 ? null : Math.max(...swings)
}
