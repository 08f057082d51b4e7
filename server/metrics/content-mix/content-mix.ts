import { MIN_CASES_FOR_INTERVAL } from '../../../shared/format.ts'
import { foundShare } from '../measured.ts'
import { defineMetric } from '../metric.ts'
import { CONTENT_CATEGORIES, contentMixCounts } from '../readings/content-mix-counts.ts'
import { HOUSE_RULE } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { contributionCases } from '../cases/contribution-cases.ts'

export const contentMix = defineMetric({
  id: 'content-mix',
  family: 'content-mix',
  title: 'Content mix',
  question: 'What are the contributions made of?',
  unit: 'share',
  direction: 'none',
  reading: contentMixCounts,
  categories: CONTENT_CATEGORIES,
  is_per_person: false,
  needs: ['contributions'],
  sample_minimum: { count: MIN_CASES_FOR_INTERVAL, of: 'contributions' },
  thresholds: [],
  explanation:
    'Each contribution is one of six, the first that fits: work (edits, tasks, and everything in a thread that opened as work, such as a change under review), ' +
    'news (announcements), help (questions and their answers), discussion (posts and replies in threads in which at least two people take part by then), ' +
    'broadcast (a thread start that nobody else joined), other. The six shares add up to 1. ' +
    `Each is a share of all contributions of the period with a Wilson 95 % interval; under ${MIN_CASES_FOR_INTERVAL} contributions the counts stand alone (${HOUSE_RULE}).`,
  citation: 'Mapping: Barnraise house rule. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: ({ category }) =>
    shareOf(contributionCases, {
      all: { words: 'contributions' },
      those: {
        where: `category = '${category ?? CONTENT_CATEGORIES[0]}'`,
        words: `contributions that count as ${category ?? 'the category'}`,
      },
    }),
  measure: (row) => {
    const all = CONTENT_CATEGORIES.reduce((sum, category) => sum + row[category], 0)
    return Object.fromEntries(
      CONTENT_CATEGORIES.map((category) => [category, foundShare(row[category], all, 'There were no contributions.')]),
    )
  },
})
