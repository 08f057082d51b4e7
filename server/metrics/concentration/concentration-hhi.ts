import { CONTRIBUTIONS, defineConcentration, type Voice } from '../define-concentration.ts'
import { found } from '../measured.ts'
import { herfindahl } from '../statistics/concentration.ts'
import { sumsOf } from '../statistics/spread.ts'

export const defineConcentrationHhi = (voice: Voice) =>
  defineConcentration(voice, {
    id: 'concentration-hhi',
    title: `Concentration of ${voice.noun}`,
    question: `How concentrated are the ${voice.noun} on a few people?`,
    unit: 'index',
    direction: 'down',
    thresholds: [],
    explanation: `Herfindahl–Hirschman index: Σ p² over the shares p of the people who made the ${voice.noun} of the period. 1 when one person made them all, 1 ÷ people when all made the same.`,
    citation: 'Hirschman 1964, "The paternity of an index", American Economic Review 54. Readers: Nonnecke & Preece 2000.',
    measureShares: (spread) => found(herfindahl(spread) as number, { n: sumsOf(spread).total }),
  })

export const concentrationHhi = defineConcentrationHhi(CONTRIBUTIONS)
