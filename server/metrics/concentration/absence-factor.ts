import { CONTRIBUTIONS, defineConcentration, type Voice } from '../define-concentration.ts'
import { found } from '../measured.ts'
import { absenceFactor as fewestHoldingHalf } from '../statistics/concentration.ts'
import { sumsOf } from '../statistics/spread.ts'

export const defineAbsenceFactor = (voice: Voice) =>
  defineConcentration(voice, {
    id: 'absence-factor',
    title: `People behind half of the ${voice.noun}`,
    question: `If a few people stayed away, how few would take half of the ${voice.noun} with them?`,
    unit: 'people',
    direction: 'up',
    thresholds: [],
    explanation: `The fewest people who together made at least half of the ${voice.noun} of the period (of those with a known author).`,
    citation:
      'CHAOSS, Contributor Absence Factor, https://chaoss.community/kb/metric-contributor-absence-factor/. Readers: Nonnecke & Preece 2000.',
    measureShares: (spread) => found(fewestHoldingHalf(spread) as number, { n: sumsOf(spread).total }),
  })

export const absenceFactor = defineAbsenceFactor(CONTRIBUTIONS)
