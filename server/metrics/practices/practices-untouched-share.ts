import { MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { UNTOUCHED_DAYS } from '../../rollup/untouched-days.ts'
import { foundShare } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { practiceStock } from '../readings/practice-stock.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { practiceCases } from '../cases/practice-cases.ts'

export const practicesUntouchedShare = defineMetric({
  id: 'practices-untouched-share',
  family: 'practices',
  title: 'Practices gathering dust',
  question: 'How many of the practices has nobody touched for a year?',
  unit: 'share',
  direction: 'down',
  reading: practiceStock,
  categories: null,
  is_per_person: false,
  needs: ['practices'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: 'practices' },
  thresholds: [],
  explanation:
    `Practices at the end of the period that were neither shared, nor edited by anyone, nor viewed or reused by someone other than their author on its last day or the ${UNTOUCHED_DAYS - 1} days before it (${HOUSE_RULE}) ÷ all practices shared by then and not taken back, with a Wilson 95 % interval. ` +
    'An edit is a document.edited that names the practice. Where no source tells what was read, only edits and reuse are known, and the share is a ceiling. ' +
    `Under ${MIN_CASES_FOR_INTERVAL} practices the count stands alone (${HOUSE_RULE}).`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(practiceCases, {
    all: { words: 'practices at the end of the period' },
    those: { where: 'is_untouched', words: `practices that nobody touched for ${UNTOUCHED_DAYS} days` },
  }),
  measure: (row, context) => {
    const share = foundShare(row.untouched_count, row.practice_count, 'No practice has been shared yet.')
    if (share.reason !== null || context.canTell('views')) return share
    return { ...share, reason: 'No source tells what was read: some of them may have been.' }
  },
})
