import { formatPercent } from '../../../shared/format.ts'
import { foundShare, tooFew } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { helpExchange } from '../readings/help-exchange.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_PARTICIPANTS } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { helpPersonCases } from '../cases/help-person-cases.ts'

export const askersWhoHelpShare = defineMetric({
  id: 'askers-who-help-share',
  family: 'reciprocity',
  title: 'Askers who also help',
  question: 'Do those who ask also answer others?',
  unit: 'share',
  direction: 'up',
  reading: helpExchange,
  categories: null,
  is_per_person: true,
  needs: ['questions'],
  sample_minimum: { count: MIN_PARTICIPANTS, of: 'people who asked or helped' },
  thresholds: [],
  explanation:
    'People who asked in the period and also helped someone in it ÷ people who asked in it, with a Wilson 95 % interval. ' +
    `Shown from ${MIN_PARTICIPANTS} people who asked or helped; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the contributions are anonymous (${HOUSE_RULE}). For comparison: on Physics Stack Exchange 28 % of askers also answer.`,
  citation:
    'Generalised exchange: Faraj & Johnson 2011, doi:10.1287/orsc.1100.0600. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(helpPersonCases, {
    all: { where: 'asked > 0', sort: 'asked', words: 'people who asked' },
    those: { where: 'gave > 0', words: 'people who asked and also helped' },
  }),
  measure: (row) => {
    const { asker_helper_count: numerator, asker_count: denominator, asker_or_helper_count: participants } = row
    if (denominator > 0 && participants < MIN_PARTICIPANTS)
      return tooFew(`${participants} people asked or helped; it takes ${MIN_PARTICIPANTS}.`, { numerator, denominator, n: denominator })
    return foundShare(numerator, denominator, 'Nobody asked.')
  },
})
