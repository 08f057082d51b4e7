import { formatPercent } from '../../../shared/format.ts'
import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { voiceCounts } from '../readings/voice-counts.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE } from '../sample-minima.ts'
import { sumsOf } from '../statistics/spread.ts'
import { countOfCases } from '../cases/case-list.ts'
import { personCases } from '../cases/person-cases.ts'

export const activePeople = defineMetric({
  id: 'active-people',
  family: 'activity',
  title: 'Active people',
  question: 'How many people take an active part?',
  unit: 'people',
  direction: 'up',
  reading: voiceCounts,
  categories: null,
  is_per_person: true,
  needs: ['contributions'],
  sample_minimum: null,
  thresholds: [],
  explanation: `People with at least one contribution in the period. Withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the contributions are anonymous (${HOUSE_RULE}).`,
  citation: 'Barnraise house rule.',
  cases: countOfCases(personCases, { where: 'person_id is not null', words: 'people with a contribution' }),
  measure: (row) => foundCount(sumsOf(row.contributions).people),
})
