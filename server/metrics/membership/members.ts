import { foundCount } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { membershipStock } from '../readings/membership-stock.ts'
import { countOfCases } from '../cases/case-list.ts'
import { memberCases } from '../cases/member-cases.ts'

export const members = defineMetric({
  id: 'members',
  family: 'membership',
  title: 'Members',
  question: 'How many members does it have?',
  unit: 'people',
  direction: 'up',
  reading: membershipStock,
  categories: null,
  is_per_person: false,
  needs: [],
  sample_minimum: null,
  thresholds: [],
  explanation:
    'People who are members at the end of the period: everyone who joined and has not left since. Members at the end = members at the start + joins − leavers, always. ' +
    'Where no source tells who joined, it is everyone who was seen to do anything up to then, and the number says so.',
  citation: 'Arithmetic; what counts as joining and leaving is what the source reports.',
  cases: ({ context }) =>
    context.canTell('joins')
      ? countOfCases(memberCases, { where: 'is_member', words: 'members at the end' })
      : countOfCases(memberCases, { where: 'is_seen', words: 'people seen so far' }),
  measure: (row, context) => {
    if (!context.canTell('joins')) return foundCount(row.seen_at_end, 'People seen so far: no source tells who joined.')
    return foundCount(row.members_at_end, context.canTell('leaves') ? null : 'Everyone who ever joined: no source tells who left.')
  },
})
