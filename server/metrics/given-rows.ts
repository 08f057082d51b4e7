import type { Capability, Measured } from '../../shared/contract/metric.ts'
import { CAPABILITIES } from '../../shared/contract/metric.ts'
import { contextOf } from './capabilities.ts'
import type { AnyMetric, MeasureContext } from './metric.ts'
import type { HelpExchange } from './readings/help-exchange.ts'
import type { HelpGraph } from './readings/help-graph.ts'
import { type VoiceCounts, voiceCounts } from './readings/voice-counts.ts'
import { countGraph } from './statistics/reciprocity.ts'
import { spreadOf } from './statistics/spread.ts'
import { askersWhoHelp, twoWayPeople } from './statistics/two-way-share.ts'

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

/** The field of `VoiceCounts` that a voice reads. */
export type VoiceName = 'contributions' | 'starts' | 'answers'

/** People with these counts in one voice, and nothing in the others; `anonymous` comes on top. */
export const peopleWith = (voice: VoiceName, counts: readonly number[], anonymous = 0): VoiceCounts => {
  const total = counts.reduce((a, b) => a + b, 0) + anonymous
  return {
    ...voiceCounts.empty,
    contribution_count: voice === 'contributions' ? total : 0,
    start_count: voice === 'starts' ? total : 0,
    answer_count: voice === 'answers' ? total : 0,
    [voice]: spreadOf(counts),
  }
}

/** A help graph, counted the slow way. Helping oneself does not count. */
export const exchangeOf = (given: Partial<HelpGraph>): HelpExchange => {
  const { helper_ids = [], asker_ids = [], weights = [], people_who_asked = [] } = given
  const edges = helper_ids
    .map((from, i) => ({ from, to: asker_ids[i] as string, weight: weights[i] as number }))
    .filter(({ from, to }) => from !== to)
  const helpers = edges.map(({ from }) => from)
  const askers = askersWhoHelp(people_who_asked, helpers)
  return {
    ...countGraph(edges),
    two_way_count: twoWayPeople(
      helpers,
      edges.map(({ to }) => to),
    ).numerator,
    asker_count: askers.denominator,
    asker_helper_count: askers.numerator,
    asker_or_helper_count: new Set([...people_who_asked, ...helpers]).size,
  }
}

/** Measures a metric with categories. */
export const measureEach = (metric: AnyMetric, row: object, context = telling()): Record<string, Measured> =>
  metric.measure({ ...(metric.reading.empty as object), ...row }, context) as Record<string, Measured>
