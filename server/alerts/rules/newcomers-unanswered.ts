import { countOf } from '../../../shared/format.ts'
import { addDays, spanLabel } from '../../../shared/period.ts'
import { driverOf, partsOfChannels } from '../weekly/channel-driver.ts'
import { defineShareRule } from '../weekly/define-share-rule.ts'
import { lacksThreads } from '../weekly/lacks-threads.ts'
import { loadStartChannels } from '../weekly/load-drivers.ts'
import { loadUnmet } from '../weekly/load-weeks.ts'
import { sayOf, sayUsual } from '../weekly/say-share.ts'
import { NEW_WEEKS, RISE_LIMITS } from '../weekly/share-limits.ts'
import { sharesOf } from '../weekly/share-series.ts'

const of = ({ cases, of }: { cases: number; of: number }) => `${cases} of ${of}`

export const newcomersUnanswered = defineShareRule({
  id: 'newcomers-unanswered',
  title: 'Newcomers stay unanswered',
  watches:
    'The share of first questions and first posts that nobody else replies to within seven days, each week against the community’s own past. Told when it has risen by a tenth of them or more, and further than it swings by itself.',
  is_on_by_default: true,
  lag: 1,
  limits: () => RISE_LIMITS.unanswered,
  lacks: (material) => lacksThreads(material, 'contributions', 'No source tells what people write.'),
  load: async (db, material, weeks) => sharesOf(await loadUnmet(db, material, weeks, 'newcomers-answered-share'), NEW_WEEKS),
  short_note: `The first ${NEW_WEEKS} weeks do not count: in them whoever was there before looks new.`,
  words: {
    is_good_shown: false,
    label: 'Newcomers without a reply within seven days',
    noun: (count) => countOf(count, 'first question or post', 'first questions and posts'),
    chart_title: 'First questions and posts without a reply within seven days',
    unit_title: 'First questions and posts',
    say: ({ shown, usual, span }) =>
      `${sayOf(shown.cases, shown.of)} first questions and first posts of ${span} had no reply within seven days; ${sayUsual(usual, shown.of)} would be usual`,
    titles: {
      began: ({ shown, usual, since }) => ({
        subject: `more newcomers without a reply ${since} (${of(shown)})`,
        headline: `more newcomers have stayed without a reply ${since}: ${of(shown)}, where ${sayUsual(usual, shown.of)} would be usual`,
      }),
      clearly_worse: ({ shown, usual }) => ({
        subject: `still more newcomers without a reply (${of(shown)})`,
        headline: `still more newcomers stay without a reply than when it was noticed: ${of(shown)}, where ${sayUsual(usual, shown.of)} used to be usual`,
      }),
      recovered: ({ shown }) => ({
        subject: `newcomers get replies again (${of(shown)} without one)`,
        headline: `newcomers get replies about as usual again: ${of(shown)} stayed without one`,
      }),
    },
    caveats: [
      'A first question and a first post of the same person count once each.',
      'Who gets a reply comes back more often. That is an association, and not proof that the reply is why.',
    ],
    calm: 'newcomers are replied to about as usual',
  },
  driver: async (db, material, { days, dispersion }) =>
    driverOf(
      partsOfChannels(await loadStartChannels(db, material, days), { unmet: 'without a reply', dispersion }),
      'No single channel carries half of it.',
    ),
  lookFirst: (slug, { now }) => [
    { text: 'The newcomers who wait for a reply now', path: `/c/${slug}/helping#waiting-newcomers` },
    {
      text: 'The first questions and posts judged here, and what became of each',
      path: `/c/${slug}/cases?metric=newcomers-answered-share&period=${spanLabel(now.from_on, addDays(now.to_on, -1))}&part=denominator`,
    },
  ],
})
