import type { Point } from '../../../shared/contract/metric.ts'

/**
 * What to know of numbers that rest on inferred threads, or leave chats without threads out: the words of the latest point with
 * something to show. Null where there is nothing to know, or where a number is withheld and says so itself.
 */
export const sayInferred = (series: readonly (readonly Point[])[]): string | null => {
  const latest = series
    .flat()
    .filter((point) => (point.is_inferred || LEFT_OUT.test(point.reason ?? '')) && point.status !== 'withheld')
    .reduce<Point | null>((last, point) => (last === null || point.period > last.period ? point : last), null)
  return latest?.reason ?? null
}

const LEFT_OUT = /without threads (is|are) left out/
