import { MIN_CASES_FOR_INTERVAL, countOf } from '../../../shared/format.ts'
import { foundShare } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { observing } from '../readings/observing.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { readerCases } from '../cases/reader-cases.ts'

export const observersShare = defineMetric({
  id: 'observers-share',
  family: 'observing',
  title: 'Members who read answers',
  question: 'How many members read what others were answered?',
  unit: 'share',
  direction: 'up',
  reading: observing,
  categories: null,
  is_per_person: false,
  needs: ['views', 'questions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: 'members' },
  thresholds: [],
  explanation:
    'Members at the end of the period who, in it, viewed a thread that held an answer to a question by the time of the view, and in which they had written nothing themselves by then ÷ all members at the end of the period, with a Wilson 95 % interval. ' +
    'However often somebody reads, they count once. Readers who are no members are told apart and not counted. Where no source tells who joined, it is counted among the people seen so far. ' +
    'A view shows exposure, not learning: that a page was opened, and no more. ' +
    `Under ${MIN_CASES_FOR_INTERVAL} members the count stands alone (${HOUSE_RULE}).`,
  citation:
    'Legitimate peripheral participation: Lave & Wenger 1991, doi:10.1017/CBO9780511815355; reading without writing: Nonnecke & Preece 2000, doi:10.1145/332040.332409. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: ({ context }) =>
    shareOf(readerCases, {
      sort: 'threads',
      all: context.canTell('joins')
        ? { where: 'is_member', words: 'members at the end' }
        : { where: 'is_seen', words: 'people seen so far' },
      those: { where: 'threads > 0', words: 'those of them who read an answered thread they had not written in' },
    }),
  measure: (row, context) => {
    if (!context.canTell('joins')) {
      const share = foundShare(row.observer_count, row.seen_at_end, 'Nobody has been seen yet.')
      return { ...share, reason: share.reason ?? 'Among the people seen so far: no source tells who joined.' }
    }
    const share = foundShare(row.member_observer_count, row.members_at_end, 'There are no members at the end of the period.')
    const others = row.observer_count - row.member_observer_count
    if (share.reason !== null || others <= 0) return share
    return {
      ...share,
      reason: `${countOf(others, 'reader')} more ${others === 1 ? 'is no member' : 'are no members'} at the end of the period.`,
    }
  },
})
