import { asBulkStep, BULK_RULE, found, isBulkStep, notApplicable, tooFew } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipRates } from '../readings/membership-rates.ts'
import { HOUSE_RULE, MIN_MEMBERS } from '../sample-minima.ts'
import { wilsonInterval } from '../statistics/wilson-interval.ts'
import { membershipChangeCases } from '../cases/membership-change-cases.ts'
import { memberCases } from '../cases/member-cases.ts'

export const leaveRate = defineMetric({
  id: 'leave-rate',
  family: 'membership',
  title: 'Leave rate',
  question: 'What share of the members left?',
  unit: 'share',
  direction: 'down',
  reading: membershipRates,
  categories: null,
  is_per_person: false,
  needs: ['joins', 'leaves'],
  sample_minimum: { count: MIN_MEMBERS, of: 'members at the start' },
  thresholds: [],
  explanation: `Leavers ÷ members at the start of the period. Some leavers may have joined within the period, so it can pass 1; up to 1 it has a Wilson 95 % interval. Shown from ${MIN_MEMBERS} members at the start (${HOUSE_RULE}). ${BULK_RULE}`,
  citation: 'Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: {
    numerator: { list: membershipChangeCases, where: "what = 'left'", words: 'leavings' },
    denominator: { list: memberCases, where: 'was_member', words: 'members at the start' },
  },
  measure: (row) => {
    const counts = { numerator: row.left, denominator: row.members_at_start, n: row.members_at_start }
    if (row.members_at_start <= 0) return { ...notApplicable('There were no members at the start.'), ...counts }
    if (row.members_at_start < MIN_MEMBERS)
      return tooFew(`Only ${row.members_at_start} of the ${MIN_MEMBERS} members at the start that a rate needs.`, counts)
    const interval = row.left <= row.members_at_start ? wilsonInterval(row.left, row.members_at_start) : null
    const measured = found(row.left / row.members_at_start, { ...counts, ...interval })
    return isBulkStep(row.most_left_in_a_minute, row.left) ? asBulkStep(measured, row.most_left_in_a_minute, row.left, 'left') : measured
  },
})
