import type { CasesDescription } from './contract/case-set.ts'
import { startSentence } from './format.ts'

/** How the number follows from its cases, as a sentence or two. */
export const sayCases = ({ equals, set, numerator, denominator, none }: CasesDescription): string => {
  if (numerator !== null && denominator !== null)
    return `${startSentence(numerator.words)} ÷ ${denominator.words}.${sayAmount(numerator.amount ?? denominator.amount)}`
  if (set === null) return none ?? ''
  return equals === 'value'
    ? `${startSentence(set.words)}: ${set.amount === null ? 'as many as there are' : `what they add up to, in ${set.amount}`}.`
    : `It rests on ${set.words}.${sayAmount(set.amount)}`
}

const sayAmount = (amount: string | null): string => (amount === null ? '' : ` Each case adds its ${amount}.`)
