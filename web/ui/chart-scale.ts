import { formatPeriodShort } from '../../shared/format.ts'
import { daysOfPeriod, grainOfLabel } from '../../shared/period.ts'

/** Round ticks from at most `low` to at least `high`, zero among them; about `count` steps of 1, 2, 2.5 or 5 times a power of ten. */
export const niceTicks = (low: number, high: number, count = 4, isWhole = false): number[] => {
  const bottom = Math.min(0, low)
  const top = Math.max(0, high)
  const span = top - bottom || 1
  const power = 10 ** Math.floor(Math.log10(span / count))
  const steps = [1, 2, 2.5, 5, 10].map((m) => m * power).filter((s) => !isWhole || (s >= 1 && Number.isInteger(s)))
  const step = steps.find((s) => span / s <= count) ?? Math.max(1, power * 10)
  const first = Math.floor(bottom / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(top / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** From so many weeks on their days say nothing on an axis: their months do (our judgement: a year and a half). */
const MANY_WEEKS = 78

/** Which periods an axis names, at most `most` of them and always evenly spaced, and how: the year where it is new. */
export const nameTicks = (periods: readonly string[], most: number): Map<string, string> => {
  const every = Math.max(1, Math.ceil(periods.length / Math.max(1, most)))
  const names = new Map<string, string>()
  let year = ''
  const isByMonth = periods.length > MANY_WEEKS && grainOfLabel(periods[0] ?? '') === 'week'
  for (let i = 0; i < periods.length; i += every) {
    const period = periods[i] as string
    const named = isByMonth ? daysOfPeriod(period, 'week').from_on.slice(0, 7) : period
    names.set(period, formatPeriodShort(named, named.slice(0, 4) !== year))
    year = named.slice(0, 4)
  }
  return names
}

/** Moves labels apart so that none stands within `gap` of the next, as little as needed, inside the span; keeps their order. */
export const spreadLabels = <T extends { y: number }>(labels: readonly T[], top: number, bottom: number, gap: number): T[] => {
  const spread = labels.toSorted((a, b) => a.y - b.y).map((label) => ({ ...label }))
  let free = top
  for (const label of spread) {
    label.y = Math.max(label.y, free)
    free = label.y + gap
  }
  free = bottom
  for (const label of spread.toReversed()) {
    label.y = Math.min(label.y, free)
    free = label.y - gap
  }
  return spread
}
