import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { found } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipStock } from '../readings/membership-stock.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { memberCases } from '../cases/member-cases.ts'

export const lapsedMembers = defineMetric({
  id: 'lapsed-members',
  family: 'membership',
  title: 'Lapsed members',
  question: 'How many members have gone quiet?',
  unit: 'people',
  direction: 'down',
  reading: membershipStock,
  categories: null,
  is_per_person: false,
  needs: ['contributions'],
  sample_minimum: null,
  thresholds: [],
  explanation:
    `Members at the end of the period who showed no activity of any kind, reading included, for more than ${LAPSE_DAYS} days (${HOUSE_RULE}); who never did anything is counted from joining. ` +
    'They are still members: a member who lapsed has not left. Where a source does not report reading, a silent reader looks lapsed. ' +
    'Where no source tells who joined, it is counted among the people seen so far.',
  citation: 'Barnraise house rule.',
  cases: ({ context }) =>
    context.canTell('joins')
      ? shareOf(memberCases, {
          all: { where: 'is_member', words: 'members at the end' },
          those: { where: 'not is_present', words: `members without any activity for ${LAPSE_DAYS} days` },
        })
      : shareOf(memberCases, {
          all: { where: 'is_seen', words: 'people seen so far' },
          those: { where: 'not is_active', words: `people without any activity for ${LAPSE_DAYS} days` },
        }),
  measure: (row, context) => {
    const isJoinTold = context.canTell('joins')
    const lapsed = isJoinTold ? row.lapsed_members : row.lapsed_seen
    const all = isJoinTold ? row.members_at_end : row.seen_at_end
    return found(lapsed, {
      numerator: lapsed,
      denominator: all,
      n: all,
      reason: isJoinTold ? null : 'Among the people seen so far: no source tells who joined.',
    })
  },
})
