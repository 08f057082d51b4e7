/** The findings as a table in Markdown, which a terminal shows as well. */
import type { Finding } from './finding.ts'

const HEAD = ['', 'what', 'events', 'measured', 'ratio', 'target', '']

/** Three digits that count, no more. */
const round = (value: number): string => {
  if (value === 0) return '0'
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

const cellsOf = (finding: Finding): string[] => [
  finding.line,
  finding.detail === undefined ? finding.what : `${finding.what} (${finding.detail})`,
  finding.size === null ? '' : finding.size.toLocaleString('en'),
  finding.value === null ? '' : `${round(finding.value)} ${finding.unit}`,
  finding.ratio === undefined ? '' : `${round(finding.ratio)} × ${finding.ratio_to}`,
  finding.target ?? '',
  finding.is_met === undefined ? '' : finding.is_met ? 'met' : '**missed**',
]

export const renderTable = (findings: readonly Finding[]): string => {
  const rows = [HEAD, ...findings.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 3))
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`)
  return `${lines.join('\n')}\n`
}
