import type { Capability, Measured } from '../../shared/contract/metric.ts'
import { CAPABILITIES } from '../../shared/contract/metric.ts'
import { contextOf } from './capabilities.ts'
import type { AnyMetric, MeasureContext } from './metric.ts'
import { type PersonCounts, personCounts } from './readings/person-counts.ts'

/** Rows as readings give them, for the tests of metrics: only what a test is about has to be said. */

/** A community with one source that tells these; all by default. */
export const telling = (...tells: Capability[]): MeasureContext =>
  contextOf([
    {
      source: 'forum',
      tells: tells.length ? tells : [...CAPABILITIES],
      cannot_tell: [],
      first_event_at: null,
      last_event_at: null,
      event_count: 1,
    },
  ])

/** Measures a metric without categories. */
export const measure = (metric: AnyMetric, row: object, context = telling()): Measured =>
  metric.measure({ ...(metric.reading.empty as object), ...row }, context) as Measured

/** The field of `PersonCounts` that a voice reads. */
export type VoiceName = 'contributions' | 'starts' | 'answers'

/** People with these counts in one voice, and nothing in the others; `anonymous` comes on top. */
export const peopleWith = (voice: VoiceName, counts: readonly number[], anonymous = 0): PersonCounts => {
  const sum = counts.reduce((a, b) => a + b, 0)
  const zeros = counts.map(() => 0)
  const total = sum + anonymous
  const answers = voice === 'answers'
  const starts = voice === 'starts'
  return {
    ...personCounts.empty,
    contribution_count: voice === 'contributions' ? total : 0,
    anonymous_count: voice === 'contributions' ? anonymous : 0,
    start_count: starts ? total : 0,
    answer_count: answers ? total : 0,
    person_ids: counts.map((_, i) => `person-${i}`),
    contributions_by_person: voice === 'contributions' ? [...counts] : zeros,
    starts_by_person: starts ? [...counts] : zeros,
    answers_by_person: answers ? [...counts] : zeros,
  }
}
