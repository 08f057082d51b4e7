import type { CardSpec } from '../metric/card-spec.ts'
import type { Tone } from '../../ui/palette.ts'
import * as say from '../metric/say-answer.ts'

const MIX: { category: string; tone: Tone }[] = [
  { category: 'help', tone: 'help' },
  { category: 'discussion', tone: 'discussion' },
  { category: 'broadcast', tone: 'broadcast' },
  { category: 'news', tone: 'news' },
  { category: 'work', tone: 'work' },
  { category: 'other', tone: 'other' },
]

/** What they do here, and how much. */
export const ACTIVITY_CARDS: CardSpec[] = [
  {
    id: 'content-mix',
    question: 'What do they do here?',
    kind: 'stacked',
    unit: 'share',
    series: MIX.map(({ category, tone }) => ({
      key: `content-mix:${category}`,
      label: say.CATEGORY_WORDS[category] ?? category,
      tone,
    })),
    answer: say.sayMix,
  },
  {
    id: 'contributions',
    question: 'How much happens?',
    kind: 'bars',
    unit: 'contributions',
    series: [{ key: 'contributions', label: 'Contributions', tone: 'ink' }],
    answer: say.sayContributions,
  },
]

/** How far it is one person's. */
export const CONCENTRATION_CARDS: CardSpec[] = [
  {
    id: 'top-share',
    question: 'Does one person carry it?',
    kind: 'lines',
    unit: 'share',
    series: [
      { key: 'top-share', label: 'Of all', tone: 'ink' },
      { key: 'top-share-of-starts', label: 'Of starts', tone: 'broadcast' },
      { key: 'top-share-of-answers', label: 'Of answers', tone: 'help' },
    ],
    answer: say.sayTopShare,
    threshold: { metric: 'top-share', name: /domina/i, label: 'half comes from one person' },
  },
  {
    id: 'effective-voices',
    question: 'How many voices are there?',
    kind: 'lines',
    unit: 'voices',
    series: [
      { key: 'effective-voices', label: 'Of all', tone: 'ink' },
      { key: 'effective-voices-of-starts', label: 'Of starts', tone: 'broadcast' },
      { key: 'effective-voices-of-answers', label: 'Of answers', tone: 'help' },
    ],
    answer: say.sayVoices,
  },
  {
    id: 'host-share',
    question: 'Does it all happen in one person’s house?',
    kind: 'lines',
    unit: 'share',
    series: [{ key: 'host-share', label: 'In one person’s threads', tone: 'broadcast' }],
    answer: say.sayHost,
  },
]
