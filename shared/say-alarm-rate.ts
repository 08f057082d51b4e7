/** How often alarms are false, as people say it. Pure. */
import { formatCount } from './format.ts'

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const say = (count: number): string => WORDS[count] ?? formatCount(count)
/** Halves are said as "two or three", so that a figure from a simulation is not said more exactly than it is known. Our judgement. */
const toHalf = (value: number): number => Math.round(value * 2) / 2
const between = (value: number): string =>
  Number.isInteger(value) ? say(value) : `${say(Math.floor(value))} or ${say(Math.floor(value) + 1)}`
const roundTo = (value: number, step: number): number => Math.round(value / step) * step
const toTwoDigits = (value: number): number => Number(value.toPrecision(2))

/** Rarer than this is not told apart: our simulations run some thousands of years. */
const RAREST = 0.01

/**
 * A number a year in words: "about one in five years", "two or three a year", "fewer than one in a hundred years". It stands after "false
 * alarms: " and in the middle of a sentence alike. Zero and what is no number count as rarer than can be told.
 */
export const sayAlarmRate = (aYear: number): string => {
  if (!(aYear >= RAREST)) return 'fewer than one in a hundred years'
  if (aYear >= 9.75) return `about ${say(aYear < 100 ? Math.round(aYear) : toTwoDigits(aYear))} a year`
  if (aYear >= 1.25) return Number.isInteger(toHalf(aYear)) ? `about ${between(toHalf(aYear))} a year` : `${between(toHalf(aYear))} a year`
  if (aYear >= 0.8) return 'about one a year'
  if (aYear >= 4 / 7) return 'about two in three years'
  const years = 1 / aYear
  if (years < 5.75) return `about one in ${between(toHalf(years))} years`
  if (years < 12.5) return `about one in ${say(Math.round(years))} years`
  return `about one in ${say(years < 32.5 ? roundTo(years, 5) : roundTo(years, 10))} years`
}
