import type { Measured, MetricDescription } from '../../shared/contract/metric.ts'
import { countOf, formatPercent } from '../../shared/format.ts'
import { notApplicable, tooFew } from './measured.ts'
import { defineMetric, type Metric } from './metric.ts'
import { type HelpExchange, helpExchange } from './readings/help-exchange.ts'
import { HOUSE_RULE, MAX_ANONYMOUS_SHARE, MIN_HELP_EDGES, MIN_PARTICIPANTS } from './sample-minima.ts'
import { type Reciprocity, reciprocityOf } from './statistics/reciprocity.ts'
import type { MetricCases } from './cases/case-list.ts'

/** One measure of direct reciprocity as its own file words it. */
export type ReciprocityMeasure = Pick<MetricDescription, 'id' | 'title' | 'question' | 'unit' | 'explanation' | 'citation'> & {
  cases: MetricCases
  /** On a graph with at least one edge. */
  measureGraph: (found: Reciprocity) => Measured
}

/** Direct reciprocity describes and is never a gate: people help without expecting it back from the same person. */
export const defineReciprocity = ({ measureGraph, ...words }: ReciprocityMeasure): Metric<HelpExchange> =>
  defineMetric({
    ...words,
    family: 'reciprocity',
    direction: 'none',
    reading: helpExchange,
    categories: null,
    is_per_person: true,
    needs: ['questions'],
    sample_minimum: {
      count: MIN_PARTICIPANTS,
      of: `people who gave or received help, in at least ${MIN_HELP_EDGES} pairs of helper and helped`,
    },
    thresholds: [],
    explanation:
      `${words.explanation} An edge leads from each helper to each person helped in the period; helping oneself does not count. ` +
      `Shown from ${MIN_PARTICIPANTS} people and ${MIN_HELP_EDGES} pairs; withheld where more than ${formatPercent(MAX_ANONYMOUS_SHARE)} of the contributions are anonymous (${HOUSE_RULE}). ` +
      'A description, never a verdict: people help without expecting it back from the same person (Wasko & Faraj 2005; Faraj & Johnson 2011).',
    measure: (row) => {
      const found = reciprocityOf(row)
      if (found.edge_count === 0) return notApplicable('Nobody helped anybody.')
      const measured = measureGraph(found)
      if (found.node_count >= MIN_PARTICIPANTS && found.edge_count >= MIN_HELP_EDGES) return measured
      return tooFew(
        `${found.node_count} people in ${countOf(found.edge_count, 'pair')} of helper and helped; it takes ${MIN_PARTICIPANTS} in ${MIN_HELP_EDGES}.`,
        { numerator: measured.numerator, denominator: measured.denominator, n: found.edge_count },
      )
    },
  })
