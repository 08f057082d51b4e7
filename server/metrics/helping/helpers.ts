import { formatPercent } from '../../../shared/format.ts'
import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { voiceCounts } from '../readings/voice-counts.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE } from '../sample-minima.ts'
import { sumsOf } from '../statistics/spread.ts'
import { countOfCases } from '../cases/case-list.ts'
import { personCases } from '../cases/person-cases.ts'

export const helpers = defineMetric({
  id: 'helpers',
  family: 'helping',
  title: 'Helpers',
  question: 'How many people help?',
  unit: 'people',
  direction: 'up',
  reading: voiceCounts,
  categories: null,
  is_per_person: true,
  needs: ['questions'],
  sample_minimum: null,
  thresholds: [],
  explanation: `People who gave at least one answer to someone else in the period. Withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the contributions are anonymous (${HOUSE_RULE}).`,
  citation: 'Barnraise house rule.',
  cases: countOfCases(personCases, {
    where: 'person_id is not null and answers > 0',
    sort: 'answers',
    words: 'people who answered someone else',
  }),
  measure: (row) => foundCount(sumsOf(row.answers).people),
})
