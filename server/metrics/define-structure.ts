import type { Measured, MetricDescription } from '../../shared/contract/metric.ts'
import { countOf, formatPercent } from '../../shared/format.ts'
import { notApplicable, tooFew } from './measured.ts'
import { defineMetric, type Metric } from './metric.ts'
import { type HelpStructure, helpStructure } from './readings/help-structure.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_PARTICIPANTS } from './sample-minima.ts'
import { type GraphStructure, measureStructure } from './statistics/graph-structure.ts'
import { restsOn } from './cases/case-list.ts'
import { tiedPersonCases } from './cases/tied-person-cases.ts'

/** One measure of the shape of the help graph as its own file words it. */
export type StructureMeasure = Pick<MetricDescription, 'id' | 'title' | 'question' | 'unit' | 'explanation' | 'citation'> & {
  /** On a graph with at least MIN_PARTICIPANTS nodes. */
  measureGraph: (found: GraphStructure) => Measured
}

/** Structure is context and never a gate: no shape of a graph is known to be the healthy one. */
export const defineStructure = ({ measureGraph, ...words }: StructureMeasure): Metric<HelpStructure> =>
  defineMetric({
    ...words,
    family: 'structure',
    direction: 'none',
    reading: helpStructure,
    categories: null,
    is_per_person: true,
    needs: ['questions'],
    sample_minimum: { count: MIN_PARTICIPANTS, of: 'active people' },
    thresholds: [],
    explanation:
      `${words.explanation} Active people are those known by name who contributed in the period or were helped in it. Two of them are tied where one helped the other in it, at a first answer to a question; direction and number do not matter. ` +
      `Told of weeks and months. Shown from ${MIN_PARTICIPANTS} active people; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the contributions are anonymous (${HOUSE_RULE}). ` +
      'Context, never a verdict: no shape is known to be the healthy one.',
    cases: restsOn(tiedPersonCases, { words: 'active people, each with the number of people tied to them by help' }),
    measure: (row) => {
      const found = measureStructure(row)
      if (found.node_count === 0) return notApplicable('Nobody was active.')
      if (found.node_count < MIN_PARTICIPANTS)
        return tooFew(`${countOf(found.node_count, 'active person', 'active people')}; it takes ${MIN_PARTICIPANTS}.`, {
          denominator: found.node_count,
          n: found.node_count,
        })
      return measureGraph(found)
    },
  })
