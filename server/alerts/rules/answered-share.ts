import { countOf } from '../../../shared/format.ts'
import { addDays, spanLabel } from '../../../shared/period.ts'
import { driverOf, partOfTopAnswerer, partsOfChannels } from '../weekly/channel-driver.ts'
import { sumOf } from '../weekly/change-of-share.ts'
import { defineShareRule } from '../weekly/define-share-rule.ts'
import { loadQuestionChannels, loadTopAnswerer } from '../weekly/load-drivers.ts'
import { loadUnmet } from '../weekly/load-weeks.ts'
import { sayOf, sayUsual } from '../weekly/say-share.ts'
import { sharesOf } from '../weekly/share-series.ts'
import { RISE_LIMITS } from '../weekly/share-limits.ts'
import { lacksThreads } from '../weekly/lacks-threads.ts'

const of = ({ cases, of }: { cases: number; of: number }) => `${cases} of ${of}`

export const answeredShare = defineShareRule({
  id: 'answered-share',
  title: 'Fewer questions are answered',
  watches:
    'The share of questions that nobody else answers within seven days, each week against the community’s own past. Told when it has risen by a tenth of all questions or more, and further than it swings by itself.',
  is_on_by_default: true,
  lag: 1,
  limits: () => RISE_LIMITS.unanswered,
  lacks: (material) => lacksThreads(material, 'questions', 'No source tells which contributions are questions.'),
  load: async (db, material, weeks) => sharesOf(await loadUnmet(db, material, weeks, 'answered-share')),
  words: {
    is_good_shown: true,
    label: 'Answered within seven days',
    noun: (count) => countOf(count, 'question'),
    chart_title: 'Questions answered within seven days',
    unit_title: 'Questions',
    say: ({ shown, usual, span }) =>
      `${sayOf(shown.cases, shown.of)} questions asked in ${span} were answered within seven days; ${sayUsual(usual, shown.of)} would be usual`,
    titles: {
      began: ({ shown, usual, since }) => ({
        subject: `fewer questions answered ${since} (${of(shown)})`,
        headline: `fewer questions have been answered ${since}: ${of(shown)}, where ${sayUsual(usual, shown.of)} would be usual`,
      }),
      clearly_worse: ({ shown, usual }) => ({
        subject: `still fewer questions answered (${of(shown)})`,
        headline: `still fewer questions are answered than when it was noticed: ${of(shown)}, where ${sayUsual(usual, shown.of)} used to be usual`,
      }),
      recovered: ({ shown }) => ({
        subject: `questions are answered again (${of(shown)})`,
        headline: `questions are answered about as usual again: ${of(shown)}`,
      }),
    },
    caveats: ['What is answered elsewhere counts as unanswered until a manager says so.'],
    calm: 'questions are answered about as usual',
  },
  driver: async (db, material, { days, dispersion }) => {
    // the counts by channel hold what is asked in chats too, which the share leaves out
    if (material.context.threads !== 'said') return null
    const channels = await loadQuestionChannels(db, material, days)
    const all = { now: sumOf(channels.map(({ now }) => now)), before: sumOf(channels.map(({ before }) => before)) }
    const top = partOfTopAnswerer(await loadTopAnswerer(db, material, days), { ...all, dispersion })
    return driverOf(
      [...(top ? [top] : []), ...partsOfChannels(channels, { unmet: 'without an answer', dispersion })],
      'No single channel carries half of it, and it is not that the person who used to answer most has stopped.',
    )
  },
  lookFirst: (slug, { now }) => [
    { text: 'The questions that have no answer now', path: `/c/${slug}/helping#open-questions` },
    {
      text: 'The questions judged here, and what became of each',
      path: `/c/${slug}/cases?metric=answered-share&period=${spanLabel(now.from_on, addDays(now.to_on, -1))}&part=denominator`,
    },
    { text: 'Who answers, and how much hangs on few', path: `/c/${slug}/voices?of=answers` },
  ],
})
