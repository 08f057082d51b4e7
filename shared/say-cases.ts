import type { CasesDescription } from './contract/case-set.ts'
import type { MetricDescription } from './contract/metric.ts'
import { startSentence } from './format.ts'

/** How the number follows from its cases, as a sentence or two. */
export const sayCases = ({ cases, unit }: Pick<MetricDescription, 'cases' | 'unit'>): string => {
  const { equals, set, numerator, denominator, none } = cases
  if (numerator !== null && denominator !== null) return `${sayParts(numerator.words, denominator.words, unit)}${sayAmount(cases)}`
  if (set === null) return none ?? ''
  return equals === 'value'
    ? `${startSentence(set.words)}: ${set.amount === null ? 'as many as there are' : `what they add up to, in ${set.amount}`}.`
    : `It rests on ${set.words}.${sayAmount(cases)}`
}

/** A share divides the two; a span of time rests on all of them; a count is the one, beside the other. */
const sayParts = (numerator: string, denominator: string, unit: MetricDescription['unit']): string => {
  if (unit === 'share') return `${startSentence(numerator)} ÷ ${denominator}.`
  if (unit === 'hours' || unit === 'days' || unit === 'index') return `It rests on ${denominator}; apart: ${numerator}.`
  return `${startSentence(numerator)}, of all ${denominator}.`
}

const sayAmount = ({ set, numerator, denominator }: CasesDescription): string => {
  const amount = set?.amount ?? numerator?.amount ?? denominator?.amount ?? null
  return amount === null ? '' : ` Each case adds its ${amount}.`
}
