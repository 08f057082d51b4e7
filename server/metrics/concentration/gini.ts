import { CONTRIBUTIONS, defineConcentration, type Voice } from '../define-concentration.ts'
import { found } from '../measured.ts'
import { adjustedGini } from '../statistics/concentration.ts'
import { sumsOf } from '../statistics/spread.ts'

export const defineGini = (voice: Voice) =>
  defineConcentration(voice, {
    id: 'gini',
    title: `Inequality of ${voice.noun}`,
    question: `How unequally are the ${voice.noun} spread among those who make them?`,
    unit: 'index',
    direction: 'none',
    thresholds: [],
    explanation:
      `Gini* = G · n ÷ (n − 1) over the n people who made the ${voice.noun} of the period: 0 when all made the same, 1 when one made nearly all; the factor makes small groups comparable with large ones. ` +
      'Inequality is the rule wherever people contribute freely, so no value of it is good or bad.',
    citation: 'Deltas 2003, doi:10.1162/rest.2003.85.1.226. Readers: Nonnecke & Preece 2000.',
    measureShares: (spread) => found(adjustedGini(spread) as number, { n: sumsOf(spread).total }),
  })

export const gini = defineGini(CONTRIBUTIONS)
