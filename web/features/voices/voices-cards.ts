import type { HealthReport } from '../../../shared/contract/health-report.ts'
import { formatPercent } from '../../../shared/format.ts'
import type { CardSpec } from '../metric/card-spec.ts'
import * as say from '../metric/say-answer.ts'
import type { Tone } from '../../ui/palette.ts'

const MIX: { category: string; tone: Tone }[] = [
  { category: 'help', tone: 'help' },
  { category: 'discussion', tone: 'discussion' },
  { category: 'broadcast', tone: 'broadcast' },
  { category: 'news', tone: 'news' },
  { category: 'work', tone: 'work' },
  { category: 'other', tone: 'other' },
]

/** The line from which on the community's latest verdict reads a share as a blog: its own, where its managers set one. */
const blogLine = (report: HealthReport, metric: string): CardSpec['threshold'] => {
  const test = report.latest_verdict?.rules.find(({ id }) => id === 'blog')?.tests.find((one) => one.metric === metric)
  return test === undefined ? undefined : { value: test.threshold, label: `a blog from ${formatPercent(test.threshold)} (house rule)` }
}

/** How far it is one person's, over time. */
export const concentrationCards = (report: HealthReport): CardSpec[] => [
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
    threshold: blogLine(report, 'top-share') ?? { metric: 'top-share', name: /domina/i, label: 'half comes from one person' },
  },
  {
    id: 'host-share',
    question: 'Does it all happen in one person’s house?',
    kind: 'lines',
    unit: 'share',
    series: [{ key: 'host-share', label: 'In one person’s threads', tone: 'broadcast' }],
    answer: say.sayHost,
    threshold: blogLine(report, 'host-share'),
  },
  {
    id: 'effective-voices',
    question: 'How many voices does it amount to?',
    kind: 'lines',
    unit: 'voices',
    series: [
      { key: 'effective-voices', label: 'Of all', tone: 'ink' },
      { key: 'effective-voices-of-starts', label: 'Of starts', tone: 'broadcast' },
      { key: 'effective-voices-of-answers', label: 'Of answers', tone: 'help' },
    ],
    answer: say.sayVoices,
    note: 'As many people who all wrote equally often would sound as mixed. One person alone is one voice.',
  },
  {
    id: 'absence-factor',
    question: 'How few people make half of it?',
    kind: 'lines',
    unit: 'people',
    series: [
      { key: 'absence-factor', label: 'Of all', tone: 'ink' },
      { key: 'absence-factor-of-starts', label: 'Of starts', tone: 'broadcast' },
      { key: 'absence-factor-of-answers', label: 'Of answers', tone: 'help' },
    ],
    answer: say.sayAbsence,
  },
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
