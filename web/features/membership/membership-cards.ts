import {
  formatChange,
  formatCount,
  formatPercent,
  formatPeriod,
  sayCount,
  sayCountOf,
  sayWhen,
  startSentence,
} from '../../../shared/format.ts'
import type { CardSpec } from '../metric/card-spec.ts'
import { isNotAvailable, lastFinished, lastShown, type ReportView, reasonOf, sumOf } from '../metric/report-view.ts'
import * as say from '../metric/say-answer.ts'

/** Months in which many came or went within a minute, with what the service says of them. */
const sayBulk = (view: ReportView, keys: string[]): string | null => {
  const steps = keys.flatMap((key) => view.series(key)?.points.filter((point) => point.status === 'bulk_step') ?? [])
  const said = [...new Map(steps.map((point) => [`${point.period} ${point.reason}`, point])).values()]
  if (said.length === 0) return null
  const shown = said.slice(-2).map((point) => `${startSentence(sayWhen(point.period))}: ${point.reason}`)
  const more = said.length - shown.length
  return [...shown, more > 0 ? `${startSentence(sayCountOf(more, 'earlier step'))} of this kind: see the table.` : ''].join(' ').trim()
}

const noteOf = (...notes: (string | null | undefined)[]): string | undefined =>
  notes.filter((note) => note != null && note !== '').join(' ') || undefined

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
      note: noteOf(reasonOf(joins), 'Old members who were silent until then look new in the first months.'),
    }
  const leavers = view.series('leavers')
  const cannotLeave = leavers === null || isNotAvailable(leavers)
  return {
    id: 'joins-and-leavers',
    question: 'Who comes, and who leaves?',
    kind: 'diverging',
    unit: 'people',
    series: [
      { key: 'joins', label: 'Joined', tone: 'joined' },
      ...(cannotLeave ? [] : [{ key: 'leavers', label: 'Left', tone: 'left' as const }]),
    ],
    answer: say.sayFlow,
    note: noteOf(cannotLeave ? reasonOf(leavers) : null, sayBulk(view, ['joins', 'leavers'])),
  }
}

const sayNet = (view: ReportView): string => {
  const last = lastFinished(view.series('net-growth'))
  const total = sumOf(view.series('net-growth'))
  if (total === null || last?.value == null) return reasonOf(view.series('net-growth')) ?? 'Nothing to show in these periods.'
  const rate = view.series('growth-rate')?.points.find((point) => point.period === last.period)
  const share =
    rate?.value == null || rate.denominator === null
      ? ''
      : `, ${formatPercent(Math.abs(rate.value), rate.denominator)} ${rate.value < 0 ? 'less than' : 'of'} the ${formatCount(rate.denominator)} at its start`
  return `${formatChange(total)} in all; ${formatChange(last.value)} ${sayWhen(last.period)}${share}.`
}

const growthCards = (view: ReportView): CardSpec[] =>
  view.series('net-growth') === null || isNotAvailable(view.series('net-growth'))
    ? []
    : [
        {
          id: 'net-growth',
          question: 'Does it grow?',
          kind: 'bars',
          unit: 'people',
          series: [{ key: 'net-growth', label: 'Net growth', tone: 'joined' }],
          answer: sayNet,
          note: noteOf(sayBulk(view, ['net-growth'])),
        },
      ]

const lapsedWords = (view: ReportView): string => {
  const points = view.series('lapsed-members')?.points ?? []
  const point = points.findLast((one) => !one.is_unfinished && one.value !== null) ?? points.findLast((one) => one.value !== null)
  if (point?.value == null) return reasonOf(view.series('lapsed-members')) ?? 'Nothing to show in these periods.'
  const who = say.cannotTellMembers(view) ? 'people seen so far' : 'members'
  const quiet = point.value === 0 ? 'none' : sayCount(point.value)
  const when = `gone quiet by the end of ${formatPeriod(point.period)}`
  return point.denominator === null
    ? `${startSentence(quiet)} had ${when}.`
    : `Of ${formatCount(point.denominator)} ${who}, ${quiet} had ${when}.`
}

/** After how long a silence people stay away here, where that can be told. */
const sayThreshold = (view: ReportView): string | null => {
  const point = lastShown(view.series('lapse-threshold')) ?? view.series('lapse-threshold')?.points.findLast((one) => one.value !== null)
  return point?.value == null
    ? null
    : `Here, whoever has been silent for ${formatCount(point.value)} days hardly ever comes back: this community’s own figure, beside the fixed one by which the chart counts.`
}

/** Points of the last days can still fall as late activity comes in: they are drawn as unfinished. */
export const withProvisional = (view: ReportView): ReportView => ({
  ...view,
  series: (key) => {
    const series = view.series(key)
    return key !== 'lapsed-members' || series === null
      ? series
      : {
          ...series,
          points: series.points.map((point) => ({
            ...point,
            is_unfinished: point.is_unfinished || /Provisional/.test(point.reason ?? ''),
          })),
        }
  },
})

export const lapsedCard = (view: ReportView): CardSpec => ({
  id: 'lapsed-members',
  question: 'Who has gone quiet?',
  kind: 'bars',
  unit: 'people',
  series: [{ key: 'lapsed-members', label: 'Gone quiet', tone: 'left' }],
  answer: lapsedWords,
  note: isNotAvailable(view.series('lapsed-members'))
    ? undefined
    : noteOf(
        say.cannotTellMembers(view)
          ? 'Counted among the people seen so far: no source tells who joined.'
          : 'They are still members: who has gone quiet has not left.',
        'The last 90 days are provisional, and hatched: activity reported late can still lower them.',
        sayThreshold(view),
      ),
})

/** The charts of membership over time. */
export const listMembershipCards = (view: ReportView): CardSpec[] => [
  flowCard(view),
  {
    id: 'members',
    question: 'How many are they, and how many take part?',
    kind: 'lines',
    unit: 'people',
    series: [
      { key: 'members', label: say.cannotTellMembers(view) ? 'Seen so far' : 'Members', tone: 'joined' },
      { key: 'active-people', label: 'Took part', tone: 'help' },
    ],
    answer: say.sayMembers,
    note: lastFinished(view.series('members'))?.reason ?? undefined,
  },
  ...growthCards(view),
]
