import { formatPercent } from '../../../shared/format.ts'
import { measureRipeShare } from '../measure-ripe-share.ts'
import { defineMetric } from '../metric.ts'
import { NEWCOMER_DAYS, newcomerStarts } from '../readings/newcomer-starts.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_COHORT } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { newcomerCases } from '../cases/newcomer-cases.ts'

export const newcomerActivationShare = defineMetric({
  id: 'newcomer-activation-share',
  family: 'newcomers',
  title: 'Newcomers who contribute',
  question: 'Do people who join write something soon?',
  unit: 'share',
  direction: 'up',
  reading: newcomerStarts,
  categories: null,
  is_per_person: true,
  needs: ['joins', 'contributions'],
  sample_minimum: { count: MIN_COHORT, of: `newcomers who joined at least ${NEWCOMER_DAYS} days ago` },
  thresholds: [],
  explanation:
    `Of the people who first joined in the period, the share whose first contribution came by day ${NEWCOMER_DAYS} after the day they joined, the joining day included (whole local days; ${HOUSE_RULE}), with a Wilson 95 % interval. ` +
    `Who joined less than ${NEWCOMER_DAYS} whole days ago is left out until then. So is who had written before the day of joining, and who joined before the first activity there is: they are not newcomers, or it is not known. ` +
    `Shown from ${MIN_COHORT} people; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the period’s contributions are anonymous (${HOUSE_RULE}). Reading is legitimate: a newcomer who only reads has not failed.`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(newcomerCases, {
    all: { where: 'is_ripe and not is_no_newcomer', words: `newcomers who joined at least ${NEWCOMER_DAYS} days ago` },
    those: { where: 'is_in_time', words: `newcomers who contributed within ${NEWCOMER_DAYS} days` },
  }),
  measure: (row) =>
    measureRipeShare(
      { k: row.ripe_joined_active_count, ripe: row.ripe_joined_count, all: row.joined_count - row.experienced_count - row.predating_count },
      {
        days: NEWCOMER_DAYS,
        began: 'joined',
        whenEmpty:
          row.joined_count > 0
            ? 'Nobody who joined is a newcomer: they had written before, or joined before the data begin.'
            : 'Nobody joined.',
      },
    ),
})
