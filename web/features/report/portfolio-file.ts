import type { PortfolioReport } from '../../../shared/contract/portfolio-report.ts'
import type { Cell } from '../../ui/csv.ts'

/** The page as a file: a row a community, with a header line. What has no value says why, in words. */
export const portfolioFile = ({ month, groups, missing }: PortfolioReport): Cell[][] => {
  const labels = new Map<string, string>()
  for (const { entries } of groups)
    for (const { lines } of entries) for (const { id, label } of lines) labels.has(id) || labels.set(id, label)
  const ids = [...labels.keys()]
  return [
    [
      'month',
      'slug',
      'name',
      'what it needs',
      'revision',
      'verdict and direction',
      ...ids.map((id) => labelOf(id, labels)),
      'asked of you',
    ],
    ...groups.flatMap(({ title, entries }) =>
      entries.map((entry): Cell[] => [
        month,
        entry.slug,
        entry.name,
        title,
        entry.revision,
        entry.headline,
        ...ids.map((id) => {
          const line = entry.lines.find((one) => one.id === id)
          if (line === undefined) return null
          return line.value === null ? line.reason : line.when === null ? line.value : `${line.value}, ${line.when}`
        }),
        entry.ask?.text ?? null,
      ]),
    ),
    ...missing.map(({ slug, name, reason }): Cell[] => [month, slug, name, 'no report', null, reason, ...ids.map(() => null), null]),
  ]
}

/** A label may hold the number of one community. */
const labelOf = (id: string, labels: ReadonlyMap<string, string>): string =>
  id === 'break-even' ? 'Each confirmed answer must have saved' : (labels.get(id) ?? id)
