import type { Measured } from '../../../shared/contract/metric.ts'
import { MIN_CASES_FOR_PERCENT } from '../../../shared/format.ts'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { MIN_QUESTIONS_FOR_TIMES } from '../../metrics/sample-minima.ts'
import { sayCount } from '../../../shared/format.ts'
import type { ReportBenefit } from '../../../shared/contract/value-report.ts'
import { type FigureWanted, isOfFew, isShown } from './make-figure.ts'
import type { Findings } from './report-material.ts'

export type BenefitWanted = {
  id: ReportBenefit['id']
  title: string
  measured: FigureWanted[]
  confirmed: FigureWanted[]
  /** What only people could tell. Always shown, so that silence is not read as nought. */
  unmeasured: ReportBenefit['unmeasured']
  /** Whether a span holds enough to speak of; the shortest that does is taken. */
  isEnough: (found: Findings) => boolean
}

/** Below so many in a month a longer span says more (our judgement: one practice more or less is no change). */
const ENOUGH_PRACTICES = 5

const holds = (found: Measured | undefined, count: number): boolean =>
  isShown(found) && (found.denominator === null || found.denominator >= count)
const countIn = (found: Measured | undefined): number => (isShown(found) ? (found.value ?? 0) : 0)

/** The four things members get from a community of practice (Milton 2018, "What is the value proposition for a community of practice?"). */
export const BENEFITS: readonly BenefitWanted[] = [
  {
    id: 'help',
    title: 'Help in solving problems',
    measured: [
      {
        key: 'answered-share',
        unit: 'share',
        label: `Questions answered within ${sayCount(ANSWER_DAYS)} days`,
        note: 'answered',
        is_of_questions: true,
      },
      { key: 'time-to-first-answer', unit: 'hours', label: 'Half have an answer within', note: 'waiting' },
    ],
    confirmed: [
      {
        key: 'accepted-share',
        unit: 'share',
        label: 'Questions with an answer accepted as the solution',
        note: 'accepted',
        is_of_questions: true,
      },
      { key: 'acknowledged-share', unit: 'share', label: 'Questions whose asker said thanks', note: 'thanks', is_of_questions: true },
    ],
    // what an answer saved stands among the claims; write-benefits.ts says so where nobody made one
    unmeasured: [],
    isEnough: (found) => holds(found['answered-share'], MIN_QUESTIONS_FOR_TIMES),
  },
  {
    id: 'observing',
    title: 'Learning by observing',
    measured: [
      {
        key: 'observers-share',
        unit: 'share',
        label: 'Members who read an answer given to someone else',
        note: 'observers',
        is_of_people: true,
      },
    ],
    confirmed: [],
    unmeasured: [{ label: 'What readers learned', reason: 'Opening a page shows that it was seen, not what was learned from it.' }],
    isEnough: (found) => holds(found['observers-share'], MIN_CASES_FOR_PERCENT) && !isOfFew(found['observers-share'] as Measured),
  },
  {
    id: 'experience',
    title: 'Access to experience',
    measured: [
      { key: 'helpers', unit: 'count', label: 'People who answered someone', note: 'helpers', is_of_people: true },
      { key: 'top-share-of-answers', unit: 'share', label: 'Answers by the top person', note: 'top' },
      { key: 'askers-who-help-share', unit: 'share', label: 'Askers who also answered others', note: 'exchange', is_of_people: true },
    ],
    confirmed: [],
    unmeasured: [{ label: 'Who knows what', reason: 'No source says who is experienced in which topic.' }],
    isEnough: (found) => holds(found['top-share-of-answers'], MIN_CASES_FOR_PERCENT),
  },
  {
    id: 'practices',
    title: 'Proven practices',
    measured: [
      { key: 'practices-shared', unit: 'count', label: 'Practices shared', note: 'practices' },
      { key: 'practices-reused', unit: 'count', label: 'Practices put to use by someone else', note: 'practices' },
    ],
    confirmed: [],
    unmeasured: [{ label: 'Whether a practice worked', reason: 'Only those who used it can say, and no source asks them.' }],
    isEnough: (found) => countIn(found['practices-shared']) + countIn(found['practices-reused']) >= ENOUGH_PRACTICES,
  },
]

/** The metrics to measure. */
export const BENEFIT_METRICS: readonly string[] = BENEFITS.flatMap(({ measured, confirmed }) =>
  [...measured, ...confirmed].map(({ key }) => key),
)
