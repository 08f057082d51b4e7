import type { CardSpec } from '../metric/card-spec.ts'
import { isNotAvailable, type ReportView, reasonOf } from '../metric/report-view.ts'
import * as say from '../metric/say-answer.ts'

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
    note: reasonOf(view.series('members')) ?? undefined,
  },
]
