import { FAMILIES, type MetricDescription } from '../../shared/contract/metric.ts'
import { describeMetric } from './catalogue.ts'
import type { AnyMetric } from './metric.ts'

const FAMILY_TITLES: Record<(typeof FAMILIES)[number], string> = {
  membership: 'Membership',
  retention: 'Retention',
  newcomers: 'Newcomers',
  activity: 'Activity',
  'content-mix': 'Content mix',
  concentration: 'Concentration',
  helping: 'Helping',
  reciprocity: 'Reciprocity',
  observing: 'Observing',
  practices: 'Practices',
  structure: 'Structure',
  benefit: 'Benefit',
}
const DIRECTIONS = { up: 'more is better', down: 'less is better', none: 'neither more nor less is better' } as const

/** docs/metrics.md: what each number means, in Markdown. */
export const renderDefinitions = (metrics: readonly AnyMetric[]): string => {
  const families = FAMILIES.map((family) => ({
    family,
    described: metrics.filter((metric) => metric.family === family).map(describeMetric),
  }))
  return `# Metrics

Generated from the catalogue by \`npm run render\`; do not edit. The same words stand on the page Definitions and in
\`GET /api/v1/metrics\`. Each metric's SQL is in [sql/metrics](../sql/metrics), its file in [server/metrics](../server/metrics).

A point has a status: \`ok\`; \`count_only\` (under 10 cases, the count without a percentage); \`too_few\` (below the metric's
minimum); \`not_applicable\` (nothing to divide by); \`not_available\` (no source tells what it needs); \`not_reached\` (a median
beyond the data); \`withheld\` (too much is anonymous); \`bulk_step\` (an import or a purge). Whatever has no value says why.
${families.map(({ family, described }) => `\n## ${FAMILY_TITLES[family]}\n${described.map(renderMetric).join('')}`).join('')}`
}

const renderMetric = (metric: MetricDescription): string => `
### ${metric.title}

\`${metric.id}\` — ${metric.question}

${metric.explanation.replaceAll('\u00a0', ' ')}

- Unit: ${metric.unit}; ${DIRECTIONS[metric.direction]}.
${metric.categories ? `- One series each: ${metric.categories.join(', ')}.\n` : ''}${metric.needs.length ? `- Needs a source that tells: ${metric.needs.join(', ').replaceAll('_', ' ')}.\n` : ''}${metric.sample_minimum ? `- Shown from: ${metric.sample_minimum.count} ${metric.sample_minimum.of}.\n` : ''}${metric.thresholds.map((t) => `- Threshold, ${t.name}: ${t.value} (${t.source}).\n`).join('')}- Source: ${metric.citation}
`
