import type { Measured } from '../../shared/contract/metric.ts'
import type { OurPoints } from './read-ours.ts'
import type { TheirPoints } from './read-theirs.ts'

export type SeriesAgreement = {
  /** Points of which at least one figure was compared. */
  points: number
  figures: number
  /** The largest difference, as a share of the larger of the two numbers (or of 1). */
  difference: number
  by: Set<string>
  /** Points of ours with a value that the other has nothing to say of. */
  unmatched: string[]
  disagreements: string[]
}
/** By metric id. */
export type Agreement = Map<string, SeriesAgreement>

/** Floating point sums in another order; anything more is another definition. */
export const TOLERANCE = 1e-9

const FIELDS = ['value', 'numerator', 'denominator', 'low', 'high'] as const

/** Adds the points of one community to the agreement. Only what we show is compared; what we withhold as too few is not. */
export const compareSeries = (agreement: Agreement, where: string, ours: OurPoints, theirs: TheirPoints): void => {
  const told = new Set([...theirs.keys()].map((at) => at.slice(11)))
  for (const [at, point] of ours) {
    const key = at.slice(11)
    if (point.status === 'not_available' || !told.has(key)) continue
    const theirPoint = theirs.get(at)
    const id = key.split(':')[0] as string
    const found = agreement.get(id) ?? { points: 0, figures: 0, difference: 0, by: new Set(), unmatched: [], disagreements: [] }
    agreement.set(id, found)
    if (!theirPoint) {
      if (point.value) found.unmatched.push(`${where} ${at}`)
      continue
    }
    const before = found.figures
    for (const field of FIELDS) compareField(found, `${where} ${at} ${field}`, point, field, theirPoint.get(field) ?? [])
    if (found.figures > before) found.points += 1
  }
}

const compareField = (
  found: SeriesAgreement,
  at: string,
  point: Measured,
  field: (typeof FIELDS)[number],
  all: { value: number; by: string }[],
) => {
  const our = point[field]
  if (our === null) return
  for (const { value, by } of all) {
    const difference = Math.abs(our - value) / Math.max(1, Math.abs(our), Math.abs(value))
    found.figures += 1
    found.by.add(by)
    found.difference = Math.max(found.difference, difference)
    if (!(difference <= TOLERANCE)) found.disagreements.push(`${at}: ours ${our}, by ${by} ${value}`)
  }
}
