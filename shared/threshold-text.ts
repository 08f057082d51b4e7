import { countOf, formatDecimal, NO_BREAK } from './format.ts'

/** One of a unit, where more than one is another word; what is missing is the same in any number. */
const ONE: Record<string, string> = {
  weeks: 'week',
  contributions: 'contribution',
  people: 'person',
  voices: 'voice',
  days: 'day',
  words: 'word',
  evaluations: 'month end',
  threads: 'thread',
}
const MANY: Record<string, string> = { people: 'people', evaluations: 'month ends' }

/** A threshold as people write it: "60 %", "1 person", "0.5 per 100 words"; a probability bare. */
export const sayThreshold = (value: number, unit: string): string => {
  if (unit === 'percent') return `${formatDecimal(value, 0)}${NO_BREAK}%`
  const one = ONE[unit]
  if (one !== undefined) return countOf(value, one, MANY[unit])
  const figure = formatDecimal(value, 4)
  return unit === 'probability' ? figure : `${figure} ${unit}`
}

/** What a threshold may be, the unit once: "1 to 99 %", "1 to 520 weeks". */
export const sayThresholdRange = (least: number, most: number, unit: string): string =>
  `${formatDecimal(least, 4)} to ${sayThreshold(most, unit)}`

/** The unit as it stands behind a field. */
export const nameThresholdUnit = (unit: string): string =>
  unit === 'percent' ? '%' : unit === 'probability' ? 'a probability' : (MANY[unit] ?? unit)
