import { LAPSE_DAYS } from '../../rollup/lapse-days.ts'
import { found } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipStock } from '../readings/membership-stock.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { memberCases } from '../cases/member-cases.ts'

/** What the point of a period says that ended less than a lapse ago. */
const PROVISIONAL = `Provisional: it ended less than ${LAPSE_DAYS} days before the data do, and activity reported late can still lower it.`

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
    `Members at the end of the period who showed no activity of any kind, reading included, on its last ${LAPSE_DAYS} local days, nor joined on one of them (${HOUSE_RULE}). ` +
    'They are still members: a member who lapsed has not left. Where a source does not report reading, a silent reader looks lapsed. ' +
    'Where no source tells who joined, it is counted among the people seen so far. ' +
    `Until ${LAPSE_DAYS} days have passed since the end of the period the number is called provisional: activity reported late can still lower it. ` +
    'After how long a silence people stay away in this community is said by the days of silence after which people stay away (lapse-threshold).',
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
    const remarks = [
      ...(isJoinTold ? [] : ['Among the people seen so far: no source tells who joined.']),
      ...(row.provisional_days > 0 ? [PROVISIONAL] : []),
    ]
    return found(lapsed, { numerator: lapsed, denominator: all, n: all, reason: remarks.join(' ') || null })
  },
})
