import { FAMILIES, FAMILY_TITLES, type MetricDescription, type WorkedExample } from '../../shared/contract/metric.ts'
import { sayCases } from '../../shared/say-cases.ts'
import { describeMetric } from './catalogue.ts'
import { INFERRED_RULE } from './inferred-threads.ts'
import type { AnyMetric } from './metric.ts'

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
What a number is made of is listed by \`GET /api/v1/communities/:slug/cases?metric=…&period=…\`.

A point has a status: \`ok\`; \`count_only\` (under 10 cases, the count without a percentage); \`too_few\` (below the metric's
minimum); \`not_applicable\` (nothing to divide by); \`not_available\` (no source tells what it needs); \`not_reached\` (a median
beyond the data); \`withheld\` (too much is anonymous, or too few questions where threads are inferred); \`bulk_step\` (an import or a purge). Whatever has no value says why.

${INFERRED_RULE}
${families.map(({ family, described }) => `\n## ${FAMILY_TITLES[family]}\n${described.map(renderMetric).join('')}`).join('')}`
}

const renderMetric = (metric: MetricDescription): string => `
### ${metric.title}

\`${metric.id}\` — ${metric.question}

${metric.explanation.replaceAll('\u00a0', ' ')}

- Unit: ${metric.unit}; ${DIRECTIONS[metric.direction]}.
${metric.categories ? `- One series each: ${metric.categories.join(', ')}.\n` : ''}${metric.needs.length ? `- Needs a source that tells: ${metric.needs.join(', ').replaceAll('_', ' ')}.\n` : ''}${metric.sample_minimum ? `- Shown from: ${metric.sample_minimum.count} ${metric.sample_minimum.of}.\n` : ''}${metric.thresholds.map((t) => `- Threshold, ${t.name}: ${t.value} (${t.source}).\n`).join('')}- Cases: ${sayCases(metric)}
- Source: ${metric.citation}
${metric.example === null ? '' : renderExample(metric.example)}`

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('|', '\\|')
const renderRow = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`

const renderExample = ({ given, columns, rows, steps, result }: WorkedExample): string => `
By hand: ${plain(given)}

${renderRow(columns)}
|${columns.map(() => '---').join('|')}|
${rows.map(renderRow).join('\n')}

${steps.map(plain).join(' ')} So it shows: **${plain(result)}**.
`
