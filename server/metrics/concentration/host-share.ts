import { formatPercent, MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { foundShare } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { topHost } from '../readings/top-host.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { hostCases } from '../cases/host-cases.ts'

export const hostShare = defineMetric({
  id: 'host-share',
  family: 'concentration',
  title: "Share in one person's threads",
  question: "Does everyone talk, but only in one person's house?",
  unit: 'share',
  direction: 'down',
  reading: topHost,
  categories: null,
  is_per_person: true,
  needs: ['contributions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: 'contributions' },
  thresholds: [],
  explanation:
    'The share of the contributions of the period that lie in threads started, at any time, by the one person whose threads hold most of them, with a Wilson 95 % interval. ' +
    'Threads whose start is not known, anonymous or taken back belong to nobody. It tells a weblog with lively comments from a community, which the concentration of contributions does not. ' +
    `Under ${MIN_CASES_FOR_INTERVAL} contributions the count stands alone; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} are anonymous (${HOUSE_RULE}).`,
  citation: 'Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: shareOf(hostCases, {
    amount: { sql: 'contributions', noun: 'contributions' },
    all: { words: 'contributions, by whose threads they lie in' },
    those: { where: 'host_id is not null and place = 1', words: 'contributions in the threads of the one person whose threads hold most' },
  }),
  measure: (row) => foundShare(row.top_host_count, row.contribution_count, 'There were no contributions.'),
})
