import { asBulkStep, BULK_RULE, found, isBulkStep, notApplicable, tooFew } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipRates } from '../readings/membership-rates.ts'
import { HOUSE_RULE, MIN_MEMBERS } from '../sample-minima.ts'
import { membershipChangeCases } from '../cases/membership-change-cases.ts'
import { memberCases } from '../cases/member-cases.ts'

export const growthRate = defineMetric({
  id: 'growth-rate',
  family: 'membership',
  title: 'Growth rate',
  question: 'How fast does it grow or shrink, for its size?',
  unit: 'share',
  direction: 'up',
  reading: membershipRates,
  categories: null,
  is_per_person: false,
  needs: ['joins', 'leaves'],
  sample_minimum: { count: MIN_MEMBERS, of: 'members at the start' },
  thresholds: [],
  explanation: `(Joins − leavers) ÷ members at the start of the period. It may be below 0 or above 1, so it has no interval of a share. Shown from ${MIN_MEMBERS} members at the start (${HOUSE_RULE}). ${BULK_RULE}`,
  citation: 'Arithmetic on joins and leaves that the source reports.',
  cases: {
    numerator: {
      list: membershipChangeCases,
      amount: { sql: 'change', noun: 'members' },
      words: 'joinings (+1 each) and leavings (−1 each)',
    },
    denominator: { list: memberCases, where: 'was_member', words: 'members at the start' },
  },
  measure: (row) => {
    const change = row.joined - row.left
    const counts = { numerator: change, denominator: row.members_at_start, n: row.members_at_start }
    if (row.members_at_start <= 0) return { ...notApplicable('There were no members at the start.'), ...counts }
    if (row.members_at_start < MIN_MEMBERS)
      return tooFew(`Only ${row.members_at_start} of the ${MIN_MEMBERS} members at the start that a rate needs.`, counts)
    const measured = found(change / row.members_at_start, counts)
    if (isBulkStep(row.most_joined_in_a_minute, row.joined)) return asBulkStep(measured, row.most_joined_in_a_minute, row.joined, 'joined')
    if (isBulkStep(row.most_left_in_a_minute, row.left)) return asBulkStep(measured, row.most_left_in_a_minute, row.left, 'left')
    return measured
  },
})
