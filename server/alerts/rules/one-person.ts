import { countOf } from '../../../shared/format.ts'
import { defineShareRule } from '../weekly/define-share-rule.ts'
import { lacksThreads } from '../weekly/lacks-threads.ts'
import { loadAnswerers } from '../weekly/load-weeks.ts'
import { sayOf, sayUsual } from '../weekly/say-share.ts'
import { RISE_LIMITS } from '../weekly/share-limits.ts'
import { topSharesOf } from '../weekly/share-series.ts'
import { driveTop } from '../weekly/top-driver.ts'

const of = ({ cases, of }: { cases: number; of: number }) => `${cases} of ${of}`

export const onePerson = defineShareRule({
  id: 'one-person',
  title: 'It comes to depend on one person',
  watches:
    'The share of answers given by whoever answers most, each week against the community’s own past. Told when it has risen by 15 points or more, further than it swings by itself, and to the share from which on this community counts as one person’s (half of all answers, unless its rules say otherwise).',
  is_on_by_default: true,
  lag: 0,
  limits: ({ thresholds }) => ({ ...RISE_LIMITS.top, share: thresholds.community_top_answerer / 100 }),
  lacks: (material) => lacksThreads(material, 'questions', 'No source tells which contributions are answers.'),
  load: async (db, material, weeks) => topSharesOf(await loadAnswerers(db, material, weeks)),
  words: {
    is_good_shown: false,
    label: 'Answers by the top person',
    noun: (count) => countOf(count, 'answer'),
    chart_title: 'Answers by whoever gave most',
    unit_title: 'Answers',
    say: ({ shown, usual, span }) =>
      `one person gave ${sayOf(shown.cases, shown.of)} answers of ${span}; for whoever answers most, ${sayUsual(usual, shown.of)} would be usual`,
    titles: {
      began: ({ shown, usual, since }) => ({
        subject: `one person gives most of the answers ${since} (${of(shown)})`,
        headline: `one person has given most of the answers ${since}: ${of(shown)}, where ${sayUsual(usual, shown.of)} would be usual`,
      }),
      clearly_worse: ({ shown, usual }) => ({
        subject: `still more of the answers come from one person (${of(shown)})`,
        headline: `still more of the answers come from one person than when it was noticed: ${of(shown)}, where ${sayUsual(usual, shown.of)} used to be usual`,
      }),
      recovered: ({ shown }) => ({
        subject: `answers come from several people again (${of(shown)} from the top person)`,
        headline: `answers come from several people about as usual again: the top person gave ${of(shown)}`,
      }),
    },
    caveats: [
      'It need not be the same person as before. That somebody answers much is no fault: it says what would be missing without them.',
    ],
    calm: 'answers come from several people about as usual',
  },
  driver: async (_db, _material, rise) => driveTop(rise),
  lookFirst: (slug) => [
    { text: 'Who answers: how it is shared out', path: `/c/${slug}/voices?of=answers#pareto` },
    { text: 'What would be left without the top person', path: `/c/${slug}/voices?of=answers#without-top` },
    { text: 'The topics in which one person gives all the answers', path: `/c/${slug}/helping#topics` },
  ],
})
