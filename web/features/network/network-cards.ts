import type { CardSpec } from '../metric/card-spec.ts'
import { lastShown, type ReportView, reasonOf } from '../metric/report-view.ts'
import { sayReciprocity } from '../metric/say-answer.ts'
import { countOf, formatCount, formatDecimal, formatPercent, formatShare, sayWhen, startSentence } from '../../../shared/format.ts'

const NOTE = 'Context, never a test: no shape is known to be the healthy one.'
const orReason = (view: ReportView, key: string) => reasonOf(view.series(key)) ?? 'Nothing to show in these periods.'

const sayHeld = (view: ReportView): string => {
  const point = lastShown(view.series('giant-component-share'))
  return point === null
    ? orReason(view, 'giant-component-share')
    : `${startSentence(sayWhen(point.period))} ${formatShare({ ...point, low: null, high: null }) ?? 'not known how many'} of the active people were tied to each other over others.`
}

const sayCentral = (view: ReportView): string => {
  const point = lastShown(view.series('degree-centralisation'))
  return point?.value == null
    ? orReason(view, 'degree-centralisation')
    : `${startSentence(sayWhen(point.period))} ${formatDecimal(point.value, 2)}, where 1 is one person tied to everyone and nobody else to anyone, and 0 is everybody tied to equally many.`
}

const sayDensity = (view: ReportView): string => {
  const point = lastShown(view.series('help-density'))
  if (point?.value == null) return orReason(view, 'help-density')
  const counts =
    point.numerator === null || point.denominator === null
      ? ''
      : ` (${formatCount(point.numerator)} of ${countOf(point.denominator, 'pair')})`
  return `${startSentence(sayWhen(point.period))} ${formatPercent(point.value, point.denominator ?? 0)} of all pairs that active people could make were tied by help${counts}.`
}

/** The shape of the graph over time. None of these decides anything. */
export const STRUCTURE_CARDS: CardSpec[] = [
  {
    id: 'giant-component-share',
    question: 'Are they one group, held together by help?',
    kind: 'lines',
    unit: 'share',
    series: [{ key: 'giant-component-share', label: 'In the largest group', tone: 'help' }],
    answer: sayHeld,
    note: NOTE,
  },
  {
    id: 'degree-centralisation',
    question: 'Does all help run over one person?',
    kind: 'lines',
    unit: 'index',
    series: [{ key: 'degree-centralisation', label: 'Centralisation', tone: 'ink' }],
    answer: sayCentral,
    note: NOTE,
  },
  {
    id: 'direct-reciprocity',
    question: 'Does help come back from the same person?',
    kind: 'lines',
    unit: 'share',
    series: [{ key: 'direct-reciprocity', label: 'Pairs both ways', tone: 'help' }],
    answer: sayReciprocity,
    note: 'Context, never a test: people help without expecting it back from the same person.',
  },
  {
    id: 'help-density',
    question: 'How many of the possible ties are there?',
    kind: 'lines',
    unit: 'share',
    series: [{ key: 'help-density', label: 'Pairs tied by help', tone: 'ink' }],
    answer: sayDensity,
    note: 'Context, never a test: nobody can help everyone, so it falls as a community grows, and periods of different size do not compare.',
  },
]
