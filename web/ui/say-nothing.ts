import { formatPeriod, startSentence } from '../../shared/format.ts'

type Told = { period: string; reason: string | null; status?: string | undefined }

/** Nothing was there to be counted, or no data reach so far: says less than that there was too little. */
const isOfNothing = ({ status }: Told): boolean => status === undefined || status === 'not_applicable' || status === 'ok'

/**
 * Why none of the points has a value, in one sentence that is true of all: their reason where it is the same; else that of the last
 * period that held something, with the period's name. Null where no reason is told.
 */
export const sayNothing = (points: readonly Told[]): string | null => {
  const told = points.filter(({ reason }) => reason !== null)
  const reasons = new Set(told.map(({ reason }) => reason))
  const nearest = reasons.size > 1 ? told.findLast((point) => !isOfNothing(point)) : undefined
  if (nearest !== undefined) return `${startSentence(formatPeriod(nearest.period))}: ${nearest.reason}`
  return told.at(-1)?.reason ?? null
}
