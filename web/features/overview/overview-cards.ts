import type { MetricDescription } from '../../../shared/contract/metric.ts'
import type { Unit } from '../../../shared/unit.ts'
import type { ChartKind } from '../../ui/chart-point.ts'
import type { Tone } from '../../ui/palette.ts'
import { isNotAvailable, type ReportView, reasonOf } from './report-view.ts'
import * as say from './say-answer.ts'

export type CardSpec = {
  id: string
  question: string
  kind: ChartKind
  unit: Unit
  /** `key` is the metric, or metric:category. */
  series: { key: string; label: string; tone: Tone }[]
  answer: (view: ReportView) => string
  note?: string | undefined
  /** The metric whose threshold, named in the catalogue, is drawn. */
  threshold?: { metric: string; name: RegExp; label: string }
}
export type CardSection = { id: string; title: string; cards: CardSpec[] }

const MIX: { category: string; tone: Tone }[] = [
  { category: 'help', tone: 'help' },
  { category: 'discussion', tone: 'discussion' },
  { category: 'broadcast', tone: 'broadcast' },
  { category: 'news', tone: 'news' },
  { category: 'work', tone: 'work' },
  { category: 'other', tone: 'other' },
]

/** Joins and leavers where a source tells joins; else who was seen for the first time. */
const flowCard = (view: ReportView): CardSpec => {
  const joins = view.series('joins')
  if ((joins === null || isNotAvailable(joins)) && view.series('first-seen') !== null)
    return {
      id: 'first-seen',
      question: 'Do new people come?',
      kind: 'bars',
      unit: 'people',
      series: [{ key: 'first-seen', label: 'First seen', tone: 'joined' }],
      answer: say.sayFirstSeen,
      note: reasonOf(joins) ?? undefined,
    }
  const leavers = view.series('leavers')
  const cannotLeave = leavers === null || isNotAvailable(leavers)
  return {
    id: 'joins-and-leavers',
    question: 'Do people come, and do they stay?',
    kind: 'diverging',
    unit: 'people',
    series: [
      { key: 'joins', label: 'Joined', tone: 'joined' },
      ...(cannotLeave ? [] : [{ key: 'leavers', label: 'Left', tone: 'left' as const }]),
    ],
    answer: say.sayFlow,
    note: cannotLeave ? (reasonOf(leavers) ?? undefined) : undefined,
  }
}

const card = (spec: CardSpec): CardSpec => spec

/** The charts of the overview, by the questions a manager asks. */
export const listSections = (view: ReportView): CardSection[] => [
  {
    id: 'membership',
    title: 'Membership',
    cards: [
      flowCard(view),
      card({
        id: 'members',
        question: 'How many are they, and how many take part?',
        kind: 'lines',
        unit: 'people',
        series: [
          { key: 'members', label: say.cannotTellMembers(view) ? 'Seen so far' : 'Members', tone: 'joined' },
          { key: 'active-people', label: 'Took part', tone: 'help' },
        ],
        answer: say.sayMembers,
        note: reasonOf(view.series('members')) ?? undefined,
      }),
    ],
  },
  {
    id: 'activity',
    title: 'What happens here',
    cards: [
      card({
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
      }),
      card({
        id: 'contributions',
        question: 'How much happens?',
        kind: 'bars',
        unit: 'contributions',
        series: [{ key: 'contributions', label: 'Contributions', tone: 'ink' }],
        answer: say.sayContributions,
      }),
    ],
  },
  {
    id: 'helping',
    title: 'Do they help each other?',
    cards: [
      card({
        id: 'questions',
        question: 'Do people ask?',
        kind: 'bars',
        unit: 'questions',
        series: [{ key: 'questions', label: 'Questions', tone: 'help' }],
        answer: say.sayQuestions,
      }),
      card({
        id: 'answered-share',
        question: 'Are they answered?',
        kind: 'lines',
        unit: 'share',
        series: [{ key: 'answered-share', label: 'Answered', tone: 'help' }],
        answer: say.sayAnswered,
      }),
      card({
        id: 'time-to-first-answer',
        question: 'How long does an answer take?',
        kind: 'lines',
        unit: 'hours',
        series: [{ key: 'time-to-first-answer', label: 'Half within', tone: 'help' }],
        answer: say.sayTime,
      }),
      card({
        id: 'helpers',
        question: 'How many people help?',
        kind: 'bars',
        unit: 'people',
        series: [{ key: 'helpers', label: 'Helpers', tone: 'help' }],
        answer: say.sayHelpers,
      }),
      card({
        id: 'two-way-share',
        question: 'Do those who receive help also give it?',
        kind: 'lines',
        unit: 'share',
        series: [
          { key: 'two-way-share', label: 'Gave and received', tone: 'help' },
          { key: 'askers-who-help-share', label: 'Askers who helped', tone: 'discussion' },
        ],
        answer: say.sayTwoWay,
      }),
      card({
        id: 'direct-reciprocity',
        question: 'Do pairs help each other back?',
        kind: 'lines',
        unit: 'share',
        series: [
          { key: 'direct-reciprocity', label: 'Pairs, both ways', tone: 'help' },
          { key: 'weighted-reciprocity', label: 'Help returned', tone: 'discussion' },
        ],
        answer: say.sayReciprocity,
        note: 'Context, never a test: people help without expecting it back from the same person.',
      }),
    ],
  },
  {
    id: 'concentration',
    title: 'Is it one person’s?',
    cards: [
      card({
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
      }),
      card({
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
      }),
      card({
        id: 'host-share',
        question: 'Does it all happen in one person’s house?',
        kind: 'lines',
        unit: 'share',
        series: [{ key: 'host-share', label: 'In one person’s threads', tone: 'broadcast' }],
        answer: say.sayHost,
      }),
    ],
  },
]

/** The value of the threshold a card draws, as the catalogue states it. */
export const thresholdOf = (spec: CardSpec, catalogue: MetricDescription[] | undefined): { value: number; label: string } | undefined => {
  const wanted = spec.threshold
  if (wanted === undefined) return undefined
  const found = catalogue?.find((m) => m.id === wanted.metric)?.thresholds.find((t) => wanted.name.test(t.name))
  return found === undefined ? undefined : { value: found.value, label: `${wanted.label} (${found.source})` }
}
