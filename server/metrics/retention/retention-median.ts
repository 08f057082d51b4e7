import {
  aboutCohort,
  COHORT_RULE,
  CURVE_CITATION,
  findObstacle,
  fitRetention,
  GOING_RULE,
  measureMedianStay,
} from '../measure-retention.ts'
import { defineMetric } from '../metric.ts'
import { retentionCohort } from '../readings/retention-cohort.ts'
import { MIN_COHORT } from '../sample-minima.ts'
import { restsOn } from '../cases/case-list.ts'
import { followedStarters, knownStarters, starterCases } from '../cases/starter-cases.ts'

export const retentionMedian = defineMetric({
  id: 'retention-median',
  family: 'retention',
  title: 'Median stay',
  question: 'After how many days are half of those who joined in a month gone?',
  unit: 'days',
  direction: 'up',
  reading: retentionCohort,
  categories: null,
  is_per_person: true,
  needs: [],
  sample_minimum: { count: MIN_COHORT, of: 'people who joined in the month' },
  thresholds: [],
  explanation:
    'Days from joining until half of the people who first joined in the month were gone, by Kaplan–Meier: whoever is still there counts as staying for as long as they were followed. ' +
    'Where the curve runs level at exactly one half, the middle of the level piece. Not reached while more than half are there; the 95 % interval is left open at an end that the data do not reach. ' +
    GOING_RULE +
    COHORT_RULE,
  citation: CURVE_CITATION,
  cases: ({ context }) =>
    restsOn(starterCases, {
      // too few are told as they are, whether they could be followed or not
      where: `(${followedStarters(context)}) or (started_count < ${MIN_COHORT} and ${knownStarters(context)})`,
      words: 'people who began in the month, each as far as they could be followed',
    }),
  measure: (row, context) => {
    const curve = fitRetention(row)
    return findObstacle(row, curve, context) ?? measureMedianStay(curve, aboutCohort(row))
  },
})
