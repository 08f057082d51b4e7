import { sayThreshold } from '../../shared/threshold-text.ts'
import { THRESHOLDS, type ThresholdId } from './thresholds.ts'

/** Two thresholds that contradict each other in any other order (house rule). */
export type Relation = {
  lesser: ThresholdId
  greater: ThresholdId
  /** The lesser may not equal the greater. */
  is_strict: boolean
  /** What would be so otherwise. */
  otherwise: string
}

export const RELATIONS: readonly Relation[] = [
  {
    lesser: 'dormant_recent_weeks',
    greater: 'dormant_history',
    is_strict: true,
    otherwise: 'there would be nothing earlier to compare the recent weeks with',
  },
  {
    lesser: 'enough_history',
    greater: 'dormant_history',
    is_strict: false,
    otherwise: 'a group could be called dormant on data that go back too little to be judged at all',
  },
  {
    lesser: 'dormant_recent_contributions',
    greater: 'enough_contributions',
    is_strict: true,
    otherwise: 'a group could be called dormant while it holds contributions enough to be judged',
  },
  {
    lesser: 'community_top_answerer',
    greater: 'teaching_top_answerer',
    is_strict: false,
    otherwise: 'the same share of answers by one person would be small enough for a community and large enough for a teaching platform',
  },
  {
    lesser: 'blog_help',
    greater: 'community_help',
    is_strict: false,
    otherwise: 'the same share of help would be too little for anything but a blog and enough for a community',
  },
  {
    lesser: 'support_leaning',
    greater: 'support_clear',
    is_strict: true,
    otherwise: 'nothing would ever be called leaning',
  },
]

/** The first relation that does not hold among these values; null where all do. */
export const findContradiction = (values: Readonly<Record<ThresholdId, number>>): Relation | null =>
  RELATIONS.find(({ lesser, greater, is_strict }) => (is_strict ? values[lesser] >= values[greater] : values[lesser] > values[greater])) ??
  null

/** Why these values cannot stand together, and what to set first, for the one that was to be changed. */
export const sayContradiction = (relation: Relation, values: Readonly<Record<ThresholdId, number>>, changed: ThresholdId): string => {
  const other = relation.lesser === changed ? relation.greater : relation.lesser
  const { says, unit, range } = THRESHOLDS[other]
  const bound = relation.lesser === changed ? 'at most' : 'at least'
  const limit = relation.is_strict ? (relation.lesser === changed ? 'less than' : 'more than') : bound
  const first = range === null ? '' : ' Change that one first, or choose another value.'
  return `It has to be ${limit} what is asked for "${says}" (${sayThreshold(values[other], unit)}); otherwise ${relation.otherwise}.${first}`
}
