import { formatPercent } from '../../../shared/format.ts'
import { measureRipeShare } from '../measure-ripe-share.ts'
import { defineMetric } from '../metric.ts'
import { NEWCOMER_DAYS, newcomerStarts } from '../readings/newcomer-starts.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_COHORT } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { firstContributionCases } from '../cases/newcomer-cases.ts'

export const newcomerSecondContributionShare = defineMetric({
  id: 'newcomer-second-contribution-share',
  family: 'newcomers',
  title: 'From the first contribution to a second',
  question: 'Do people who wrote for the first time write again?',
  unit: 'share',
  direction: 'up',
  reading: newcomerStarts,
  categories: null,
  is_per_person: true,
  needs: ['contributions'],
  sample_minimum: { count: MIN_COHORT, of: `people who first contributed at least ${NEWCOMER_DAYS} days ago` },
  thresholds: [],
  explanation:
    `Of the people whose first contribution lies in the period, the share with a second one by day ${NEWCOMER_DAYS} after the day of the first, that day included (whole local days; ${HOUSE_RULE}), with a Wilson 95 % interval. ` +
    `Any second contribution counts, in the same thread too. Who began less than ${NEWCOMER_DAYS} whole days ago is left out until then. ` +
    'It needs no joins; in the first months of the data some who write for the first time are old members. ' +
    `Shown from ${MIN_COHORT} people; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the period’s contributions are anonymous (${HOUSE_RULE}).`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(firstContributionCases, {
    all: { where: 'is_ripe', words: `people who first contributed at least ${NEWCOMER_DAYS} days ago` },
    those: { where: 'is_again', words: `people who contributed again within ${NEWCOMER_DAYS} days` },
  }),
  measure: (row) =>
    measureRipeShare(
      { k: row.ripe_first_again_count, ripe: row.ripe_first_count, all: row.first_count },
      { days: NEWCOMER_DAYS, began: 'began', whenEmpty: 'Nobody contributed for the first time.' },
    ),
})
