import { CONTRIBUTIONS, defineConcentration, type Voice } from '../define-concentration.ts'
import { found } from '../measured.ts'
import { effectiveVoicesOrder2 } from '../statistics/concentration.ts'
import { sumsOf } from '../statistics/spread.ts'

export const defineEffectiveVoicesN2 = (voice: Voice) =>
  defineConcentration(voice, {
    id: 'effective-voices-n2',
    title: `Effective voices in ${voice.noun}, leaders weighing more`,
    question: `How many equal voices would the ${voice.noun} amount to, where the loudest weigh most?`,
    unit: 'voices',
    direction: 'up',
    thresholds: [],
    explanation: `N2 = 1 ÷ Σ p² over the shares p of the people who made the ${voice.noun} of the period; the inverse of the concentration index. It falls faster than N1 when one person leads.`,
    citation: 'Hill 1973, doi:10.2307/1934352. Readers: Nonnecke & Preece 2000.',
    measureShares: (spread) => found(effectiveVoicesOrder2(spread) as number, { n: sumsOf(spread).total }),
  })

export const effectiveVoicesN2 = defineEffectiveVoicesN2(CONTRIBUTIONS)
