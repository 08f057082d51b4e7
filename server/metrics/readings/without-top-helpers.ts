import { earliest, type Waiting, waitingChangesAt } from '../measure-waiting.ts'
import { PERIOD_CTE, type Reading } from '../reading.ts'
import { ANSWER_DAYS } from './episodes.ts'
import { GRAPH_CTES } from './help-graph.ts'
import { ripensAt } from './ripens-at.ts'
import { ANSWERER, EPISODE, RANKED_EDGE, REST, TOP, TOP_COUNTS, type TopCount } from './without-top-ctes.ts'
import { EPISODE_NOW, RANKED_EDGE_NOW, TOP_NOW } from './without-top-now-ctes.ts'

type Each<Name extends string, Value> = Record<`${Name}_${TopCount}`, Value>

/** The helping of a period once more, without the contributions of the 1, 2 or 3 people who answered most in it. */
export type WithoutTopHelpers = {
  /** Distinct people known who answered in the period, the top ones included. */
  helper_count: number
  /** Age of the oldest question that is not yet 7 days old, whoever asked it; null for none. */
  oldest_unripe_seconds: number | null
  /** Seconds to the first answer, and of waiting so far, of the questions that none of the three asked or answered first: the same without any of them. */
  answer_seconds: number[]
  waiting_seconds: number[]
} & Each<'answer_seconds' | 'waiting_seconds', number[]> & // of the other questions, those that come on top without the top 1, 2, 3
  // questions of the period by people who are left: all that are not answered elsewhere, those that are, those at least 7 days old, of these answered within 7 days, and accepted
  Each<'question_count' | 'elsewhere_count' | 'ripe_count' | 'ripe_answered_count' | 'ripe_accepted_count', number> &
  // people left who gave or received help in the period among them, and those who did both
  Each<'participant_count' | 'two_way_count', number>

/** Of one number of top people left out: what is left, and how long its questions waited (both lists rise). */
export type LeftWithout = Waiting & {
  question_count: number
  elsewhere_count: number
  ripe_count: number
  ripe_answered_count: number
  ripe_accepted_count: number
  participant_count: number
  two_way_count: number
}

const unfolded = new WeakMap<WithoutTopHelpers, Map<TopCount, LeftWithout>>()
const joinSorted = (a: readonly number[], b: readonly number[]): number[] => Array.from(Float64Array.from([...a, ...b]).sort())

/** What a row says of its period without the top k. The same object each time it is asked, as the curve of its waiting is kept by it. */
export const leftWithout = (row: WithoutTopHelpers, k: TopCount): LeftWithout => {
  const before = unfolded.get(row) ?? new Map<TopCount, LeftWithout>()
  unfolded.set(row, before)
  const known = before.get(k)
  if (known) return known
  const left: LeftWithout = {
    question_count: row[`question_count_${k}`],
    elsewhere_count: row[`elsewhere_count_${k}`],
    ripe_count: row[`ripe_count_${k}`],
    ripe_answered_count: row[`ripe_answered_count_${k}`],
    ripe_accepted_count: row[`ripe_accepted_count_${k}`],
    // a list of its own: the same times with other waiting make another curve
    answer_seconds: joinSorted(row.answer_seconds, row[`answer_seconds_${k}`]),
    waiting_seconds: joinSorted(row.waiting_seconds, row[`waiting_seconds_${k}`]),
    participant_count: row[`participant_count_${k}`],
    two_way_count: row[`two_way_count_${k}`],
  }
  before.set(k, left)
  return left
}

const eachField = <Name extends string, Value>(name: Name, value: () => Value) =>
  Object.fromEntries(TOP_COUNTS.map((k) => [`${name}_${k}`, value()])) as Each<Name, Value>

export const withoutTopHelpers: Reading<WithoutTopHelpers> = {
  id: 'without-top-helpers',
  grain: 'one row a period: its helping without the contributions of the 1, 2 and 3 people who answered most in it',
  tables: ['contribution', 'acceptance'],
  reach: 'own-period',
  changesAt: (row, knownBy) =>
    earliest(
      ripensAt(row.oldest_unripe_seconds, knownBy, ANSWER_DAYS),
      ...TOP_COUNTS.map((k) => waitingChangesAt(leftWithout(row, k), knownBy)),
    ),
  empty: {
    helper_count: 0,
    oldest_unripe_seconds: null,
    answer_seconds: [],
    waiting_seconds: [],
    ...eachField('question_count', () => 0),
    ...eachField('elsewhere_count', () => 0),
    ...eachField('ripe_count', () => 0),
    ...eachField('ripe_answered_count', () => 0),
    ...eachField('ripe_accepted_count', () => 0),
    ...eachField('answer_seconds', (): number[] => []),
    ...eachField('waiting_seconds', (): number[] => []),
    ...eachField('participant_count', () => 0),
    ...eachField('two_way_count', () => 0),
  },
  sql: `-- grain: one row a period
with ${PERIOD_CTE},
${ANSWERER},
${TOP},
${EPISODE},
${GRAPH_CTES},
${RANKED_EDGE},
${REST}`,
  now: {
    tables: ['person_day', 'help_episode', 'help_edge', 'acceptance'],
    sql: `-- grain: one row a period
with ${PERIOD_CTE},
${TOP_NOW},
${EPISODE_NOW},
${RANKED_EDGE_NOW},
${REST}`,
  },
}
