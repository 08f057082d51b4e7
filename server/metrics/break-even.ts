import { countOf, formatDecimal, NO_BREAK } from '../../shared/format.ts'

/** What people know and events do not tell; null for what nobody has said. Cost and rate in one currency, cost of the period counted. */
export type BreakEvenInputs = {
  cost: number | null
  hourly_rate: number | null
  /** Answers that their askers confirmed as helpful in the period; null where no source tells. */
  helpful_answer_count: number | null
}

/** Hours each confirmed answer must save for the community to have paid its way; null, and why, where that cannot be said. */
export type BreakEven = { hours_per_answer: number | null; reason: string | null }

const unknown = (reason: string): BreakEven => ({ hours_per_answer: null, reason })

/**
 * cost ÷ hourly rate ÷ confirmed answers: arithmetic, not evidence of savings (house rule). It leaves out everything else a
 * community is good for, and readers whom the same answer helped later. Throws a RangeError on amounts that are no amounts.
 */
export const findBreakEven = ({ cost, hourly_rate, helpful_answer_count }: BreakEvenInputs): BreakEven => {
  for (const amount of [cost, hourly_rate, helpful_answer_count])
    if (amount !== null && !(amount >= 0 && Number.isFinite(amount))) throw new RangeError(`${amount} is no amount`)
  if (cost === null) return unknown('Nobody has said what the community costs.')
  if (hourly_rate === null) return unknown('Nobody has said what an hour costs.')
  if (cost === 0) return { hours_per_answer: 0, reason: 'It costs nothing.' }
  if (hourly_rate === 0) return unknown('An hour that costs nothing saves nothing.')
  if (helpful_answer_count === null) return unknown('No source tells which answers helped.')
  if (helpful_answer_count === 0) return unknown('No answer was confirmed as helpful in the period.')
  return { hours_per_answer: cost / hourly_rate / helpful_answer_count, reason: null }
}

/** Working time: 24 minutes, 4.7 hours, 120 hours. Never in days: a day of work has no twenty-four. */
export const sayWorkHours = (hours: number): string => {
  const minutes = Math.round(hours * 60)
  if (hours > 0 && minutes < 1) return 'under a minute'
  if (hours > 0 && minutes < 60) return countOf(minutes, 'minute')
  const text = formatDecimal(hours, hours < 9.95 ? 1 : 0)
  return `${text}${NO_BREAK}${text === '1' ? 'hour' : 'hours'}`
}

/** The same in a sentence. */
export const sayBreakEven = (inputs: BreakEvenInputs): string => {
  const { hours_per_answer, reason } = findBreakEven(inputs)
  if (hours_per_answer === null) return reason ?? ''
  if (hours_per_answer === 0) return 'It costs nothing, so no answer has to save anything.'
  const count = inputs.helpful_answer_count ?? 0
  const each = count === 1 ? 'the one confirmed answer' : `each of the ${countOf(count, 'confirmed answer')}`
  return `To cover its cost, ${each} would have to save ${sayWorkHours(hours_per_answer)}.`
}
