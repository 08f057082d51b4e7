import { defineWithoutTop, topCountOf } from '../define-without-top.ts'
import { foundShare, tooFew } from '../measured.ts'
import { HOUSE_RULE, MIN_PARTICIPANTS } from '../sample-minima.ts'
import { shareOf } from '../cases/case-list.ts'
import { helpPeopleWithoutTop } from '../cases/without-top-cases.ts'

export const twoWayShareWithoutTop = defineWithoutTop({
  id: 'two-way-share-without-top',
  family: 'reciprocity',
  title: 'Two-way share, without the top helpers',
  question: 'Do those who are helped also help, the busiest helpers aside?',
  unit: 'share',
  needs: ['questions'],
  sample_minimum: { count: MIN_PARTICIPANTS, of: 'people who gave or received help' },
  explanation:
    'People who both gave and received help in the period ÷ people who did either, with a Wilson 95 % interval. Help given counts at the first answer of a helper to a question. ' +
    `Shown from ${MIN_PARTICIPANTS} people (${HOUSE_RULE}).`,
  citation:
    'Generalised exchange: Faraj & Johnson 2011, doi:10.1287/orsc.1100.0600. Interval: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.',
  cases: ({ category }) =>
    shareOf(helpPeopleWithoutTop[topCountOf(category ?? 'top-1')], {
      all: { words: 'people left who gave help to each other or received it' },
      those: { where: 'gave > 0 and received > 0', words: 'people left who did both' },
    }),
  measureLeft: ({ two_way_count, participant_count }) => {
    if (participant_count > 0 && participant_count < MIN_PARTICIPANTS)
      return tooFew(`${participant_count} people gave or received help; it takes ${MIN_PARTICIPANTS}.`, {
        numerator: two_way_count,
        denominator: participant_count,
        n: participant_count,
      })
    return foundShare(two_way_count, participant_count, 'Nobody else helped anybody.')
  },
})
