import { writeFile } from 'node:fs/promises'
import { metrics } from '../../server/metrics/catalogue.ts'
import { type Agreement, TOLERANCE } from './compare-series.ts'

/** Writes the table and says every disagreement on standard error. True when there is none. */
export const writeAgreement = async (
  file: string,
  { agreement, communities, software }: { agreement: Agreement; communities: string[]; software: string[] },
): Promise<boolean> => {
  const rows = metrics.map(({ id }) => {
    const found = agreement.get(id)
    if (!found || found.figures === 0) return `| \`${id}\` | – | – | – | no independent figure |`
    const wrong = found.disagreements.length + found.unmatched.length
    const verdict = wrong === 0 ? 'agrees' : `**${wrong} differ**`
    const difference = found.difference === 0 ? 'none' : found.difference.toExponential(0)
    return `| \`${id}\` | ${found.points.toLocaleString('en')} | ${difference} | ${[...found.by].sort().join(', ')} | ${verdict} |`
  })
  const lines = [
    '# Agreement with other software',
    '',
    'Written by `npm run agreement`; do not edit. It exports the facts of the events of the demo communities, computes the metrics again in',
    '[Python](../e2e/agreement/measure.py) and [R](../e2e/agreement/measure.R) by the words of [metrics.md](metrics.md) alone, and compares every',
    `point by month and by week: value, numerator, denominator and interval. "agrees" means that no figure differs by more than ${TOLERANCE} of itself.`,
    '"python" and "pairwise" are plain loops over the definition where no package has the measure. Beside this, every reading is held in `npm test`',
    'against a slow obvious version in TypeScript on random events.',
    '',
    `Software: ${software.join('; ')}.`,
    '',
    `Communities: ${communities.join(', ')}.`,
    '',
    '| metric | points | largest difference | by | |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ]
  await writeFile(file, lines.join('\n'))
  const wrong = [...agreement].flatMap(([id, { disagreements, unmatched }]) => [
    ...disagreements.map((line) => `${id}: ${line}`),
    ...unmatched.map((line) => `${id}: only ours has ${line}`),
  ])
  for (const line of wrong.slice(0, 60)) console.error(line)
  console.error(wrong.length === 0 ? `all agree; written to docs/agreement.md` : `${wrong.length} figures differ`)
  return wrong.length === 0
}
