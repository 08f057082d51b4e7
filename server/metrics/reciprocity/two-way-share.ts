import { formatPercent } from '../../../shared/format.ts'
import { foundShare, tooFew } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { helpExchange } from '../readings/help-exchange.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_PARTICIPANTS } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { helpPersonCases } from '../cases/help-person-cases.ts'

/** Weak when the upper end of the interval lies below this … */
const WEAK_SHARE = 0.1
/** … strong when the lower end lies above this. */
const STRONG_SHARE = 0.2

export const twoWayShare = defineMetric({
  id: 'two-way-share',
  family: 'reciprocity',
  title: 'Two-way share',
  question: 'Do those who are helped also help?',
  unit: 'share',
  direction: 'up',
  reading: helpExchange,
  categories: null,
  is_per_person: true,
  needs: ['questions'],
  sample_minimum: { count: MIN_PARTICIPANTS, of: 'people who gave or received help' },
  thresholds: [
    { name: 'weak: upper end below', value: WEAK_SHARE, unit: 'share', source: HOUSE_RULE },
    { name: 'strong: lower end above', value: STRONG_SHARE, unit: 'share', source: HOUSE_RULE },
  ],
  explanation:
    'People who both gave and received help in the period ÷ people who did either, with a Wilson 95 % interval. Help given counts at the first answer of a helper to a question. It need not come back from the same person. ' +
    `Shown from ${MIN_PARTICIPANTS} people. Weak when the upper end is below ${formatPercent(WEAK_SHARE)}, strong when the lower end is above ${formatPercent(STRONG_SHARE)} (${HOUSE_RULE}). ` +
    `Withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the contributions are anonymous (${HOUSE_RULE}). For comparison: on Physics Stack Exchange 28 % of askers also answer.`,
  citation:
    'Generalised exchange: Faraj & Johnson 2011, doi:10.1287/orsc.1100.0600. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(helpPersonCases, {
    all: { where: 'gave > 0 or received > 0', words: 'people who gave or received help' },
    those: { where: 'gave > 0 and received > 0', words: 'people who did both' },
  }),
  measure: (row) => {
    const { two_way_count: numerator, node_count: denominator } = row
    if (denominator > 0 && denominator < MIN_PARTICIPANTS)
      return tooFew(`${denominator} people gave or received help; it takes ${MIN_PARTICIPANTS}.`, {
        numerator,
        denominator,
        n: denominator,
      })
    return foundShare(numerator, denominator, 'Nobody helped anybody.')
  },
})
