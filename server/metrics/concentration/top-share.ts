import { formatPercent } from '../../../shared/format.ts'
import { CONTRIBUTIONS, defineConcentration, type Voice } from '../define-concentration.ts'
import { foundShare } from '../measured.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { sumsOf } from '../statistics/spread.ts'
import { topVoiceCases } from '../cases/voice-cases.ts'

/** From here on one person dominates … */
const DOMINANCE_SHARE = 0.5
/** … and from here on it is worth watching: a plain Zipf tail gives its leader 34 % among ten people and 22 % among fifty. */
const WATCH_SHARE = 0.35

export const defineTopShare = (voice: Voice) =>
  defineConcentration(voice, {
    id: 'top-share',
    title: `Top person's share of ${voice.noun}`,
    question:
      voice.noun === 'answers'
        ? 'Does one person give the answers?'
        : voice.noun === 'contributions'
          ? 'Does one person do the talking?'
          : 'Does one person start the threads?',
    unit: 'share',
    direction: 'down',
    thresholds: [
      { name: 'dominance', value: DOMINANCE_SHARE, unit: 'share', source: HOUSE_RULE },
      { name: 'worth watching', value: WATCH_SHARE, unit: 'share', source: HOUSE_RULE },
    ],
    explanation:
      `The largest share of the ${voice.noun} of the period that one person made, of all ${voice.noun}, anonymous ones included, with a Wilson 95 % interval. ` +
      `From ${formatPercent(DOMINANCE_SHARE)} one person dominates, from ${formatPercent(WATCH_SHARE)} it is worth watching (${HOUSE_RULE}): a plain heavy tail gives its leader 34 % among ten people and 22 % among fifty.`,
    citation:
      'Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286. Heavy tail: Zipf with exponent 1. Readers: Nonnecke & Preece 2000.',
    cases: topVoiceCases(voice),
    measureShares: (spread, all) => foundShare(sumsOf(spread).top, all, ''),
    countsWhenFew: (spread, all) => ({ numerator: sumsOf(spread).top, denominator: all }),
  })

export const topShare = defineTopShare(CONTRIBUTIONS)
