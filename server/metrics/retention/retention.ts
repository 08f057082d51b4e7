import type { Measured } from '../../../shared/contract/metric.ts'
import { joinWords } from '../../../shared/format.ts'
import { aboutCohort, COHORT_RULE, CURVE_CITATION, findObstacle, fitRetention, GOING_RULE, measureStaying } from '../measure-retention.ts'
import { defineMetric } from '../metric.ts'
import { retentionCohort } from '../readings/retention-cohort.ts'
import { RETENTION_DAYS } from '../retention-ages.ts'
import { MIN_COHORT } from '../sample-minima.ts'
import { followedStarters, starterCases } from '../cases/starter-cases.ts'
import { shareOf } from '../cases/case-list.ts'

const categoryOf = (days: number) => `${days}-days`

export const retention = defineMetric({
  id: 'retention',
  family: 'retention',
  title: 'Retention',
  question: 'Of the people who joined in a month, what share is still there later?',
  unit: 'share',
  direction: 'up',
  reading: retentionCohort,
  categories: RETENTION_DAYS.map(categoryOf),
  is_per_person: true,
  needs: [],
  sample_minimum: { count: MIN_COHORT, of: 'people who joined in the month' },
  thresholds: [],
  explanation:
    `Of the people who first joined in the month, the share not gone ${joinWords(RETENTION_DAYS.map(String))} days after the day they joined (whole days; gone on that very day is gone). ` +
    GOING_RULE +
    'With everyone followed that long it is a plain share of the month’s joiners; with some too young for it, a Kaplan–Meier estimate, in which each counts for as long as they were followed, 95 % interval. ' +
    'Months only: days and weeks hold too few joiners. Joining again begins nothing new. ' +
    COHORT_RULE,
  citation: CURVE_CITATION,
  cases: ({ category, context }) => {
    const followed = followedStarters(context)
    const days = Number.parseInt(category ?? categoryOf(RETENTION_DAYS[0]), 10)
    return shareOf(starterCases, {
      all: { where: followed, words: 'people who began in the month, each as far as they could be followed' },
      those: {
        where: `not (is_gone and exit_day <= ${days})`,
        words: category === null ? 'those of them still there so many days later' : `those of them still there after ${days} days`,
      },
    })
  },
  measure: (row, context): Record<string, Measured> => {
    const curve = fitRetention(row)
    const obstacle = findObstacle(row, curve, context)
    return Object.fromEntries(RETENTION_DAYS.map((days) => [categoryOf(days), obstacle ?? measureStaying(curve, days, aboutCohort(row))]))
  },
})
