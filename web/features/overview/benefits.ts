import type { Span } from '../../../shared/contract/span.ts'
import { formatMeasured, type Unit } from '../../../shared/unit.ts'

type Measure = { key: string; unit: Unit; label: string }
type Wanted = {
  id: string
  title: string
  meaning: string
  measures: Measure[]
  /** What only people, or other sources, could tell: always shown, so that silence is not read as nought. */
  unmeasured: { label: string; reason: string }[]
}

/** The four things members get from a community of practice (Milton 2018, "What is the value proposition for a community of practice?"). */
const BENEFITS: Wanted[] = [
  {
    id: 'help',
    title: 'Help in solving problems',
    meaning: 'A member asks, and others answer.',
    measures: [
      { key: 'answered-share', unit: 'share', label: 'Questions answered within seven days' },
      { key: 'accepted-share', unit: 'share', label: 'Questions with an accepted answer' },
      { key: 'acknowledged-share', unit: 'share', label: 'Questions whose asker said thanks' },
      { key: 'time-to-first-answer', unit: 'hours', label: 'Half have an answer within' },
      { key: 'helpers', unit: 'people', label: 'People who helped' },
    ],
    unmeasured: [{ label: 'Time it saved', reason: 'Only the asker can say. What those who were asked said stands in the value report.' }],
  },
  {
    id: 'observing',
    title: 'Learning by observing',
    meaning: 'The many who read learn from the few who talk.',
    measures: [{ key: 'observers-share', unit: 'share', label: 'Members who watched an answered thread' }],
    unmeasured: [{ label: 'What readers learned', reason: 'Views show exposure, not learning.' }],
  },
  {
    id: 'experience',
    title: 'Access to experience',
    meaning: 'Knowledge is within reach, and does not hang on one person.',
    measures: [
      { key: 'effective-voices-of-answers', unit: 'voices', label: 'Voices among the answers' },
      { key: 'top-share-of-answers', unit: 'share', label: 'Answers by the top person' },
      { key: 'askers-who-help-share', unit: 'share', label: 'Askers who also helped' },
    ],
    unmeasured: [{ label: 'Who knows what', reason: 'No source says who is experienced in which topic.' }],
  },
  {
    id: 'practices',
    title: 'Proven practices',
    meaning: 'What worked for one is kept and used by others.',
    measures: [
      { key: 'practices-shared', unit: 'count', label: 'Practices shared' },
      { key: 'practices-reused', unit: 'count', label: 'Practices reused by someone else' },
    ],
    unmeasured: [{ label: 'Whether a practice worked', reason: 'Only those who reused it can say.' }],
  },
]

/** The metrics to ask for. */
export const BENEFIT_METRICS: readonly string[] = BENEFITS.flatMap(({ measures }) => measures.map(({ key }) => key))

export type BenefitLine = { key: string; label: string; value: string | null; reason: string | null }
export type Benefit = { id: string; title: string; meaning: string; lines: BenefitLine[] }

/** What each benefit's events show over a span of days taken as one period; what cannot be told says why. Never 0 in its place. */
export const findBenefits = (span: Span): Benefit[] =>
  BENEFITS.map(({ measures, unmeasured, ...benefit }) => ({
    ...benefit,
    lines: [
      ...measures.map(({ key, unit, label }): BenefitLine => {
        const point = span.metrics.find((metric) => metric.id === key && metric.category === null)?.point
        const value = point === undefined ? null : formatMeasured(point, unit)
        const reason =
          point === undefined ? 'This version does not measure it yet.' : (point.reason ?? 'Nothing happened that would show it.')
        return { key, label, value, reason: value === null ? reason : null }
      }),
      ...unmeasured.map(({ label, reason }): BenefitLine => ({ key: label, label, value: null, reason })),
    ],
  }))
