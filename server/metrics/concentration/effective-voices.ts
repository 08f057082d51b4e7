import { CONTRIBUTIONS, defineConcentration, type Voice } from '../define-concentration.ts'
import { found } from '../measured.ts'
import { effectiveVoices as hillOrder1 } from '../statistics/concentration.ts'
import { sumsOf } from '../statistics/spread.ts'

export const defineEffectiveVoices = (voice: Voice) =>
  defineConcentration(voice, {
    id: 'effective-voices',
    title: `Effective voices in ${voice.noun}`,
    question: `How many equal voices would the ${voice.noun} amount to?`,
    unit: 'voices',
    direction: 'up',
    thresholds: [],
    explanation: `N1 = exp(−Σ p ln p) over the shares p of the people who made the ${voice.noun} of the period: as many people with equal shares would be as mixed. One person alone is 1.`,
    citation: 'Hill 1973, doi:10.2307/1934352. Readers: Nonnecke & Preece 2000.',
    measureShares: (spread) => found(hillOrder1(spread) as number, { n: sumsOf(spread).total }),
  })

export const effectiveVoices = defineEffectiveVoices(CONTRIBUTIONS)
