import type { ComparedCell, ComparedRow, Comparison } from '../../../shared/contract/comparison.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { formatCount, formatDecimal, formatHours } from '../../../shared/format.ts'
import type { Cell } from '../../ui/csv.ts'
import { FigureCard } from '../../ui/figure-card.tsx'
import { IntervalRows } from '../../ui/interval-rows.tsx'
import type { Tone } from '../../ui/palette.ts'
import { CaseLink } from '../cases/case-link.tsx'
import classes from './compare.module.css'
import type { TableId } from './compare-search.ts'
import { QUESTIONS, sayCell, sayFinding, sayGroup } from './say-comparison.ts'

const TONES: Record<ComparedRow['group'], Tone> = { membership: 'ink', helping: 'help', voices: 'broadcast', 'content-mix': 'discussion' }

type Props = {
  group: ComparedRow['group']
  comparison: Comparison
  names: readonly string[]
  catalogue: MetricDescription[] | undefined
  isTable: boolean
  onToggleTable: (id: TableId) => void
}

/** Where the axis ends: a share at 100 %, else at the farthest that is drawn. */
const axisOf = ({ unit, cells }: ComparedRow): { max: number; axis: [string, string] } => {
  if (unit === 'share') return { max: 1, axis: ['0 %', '100 %'] }
  const max = Math.max(0, ...cells.flatMap(({ value, high, cannot_compare }) => (cannot_compare === null ? [value ?? 0, high ?? 0] : [])))
  if (max === 0) return { max: 1, axis: ['0', '1'] }
  const end = unit === 'hours' ? formatHours(max) : unit === 'voices' ? formatDecimal(max) : formatCount(max)
  return { max, axis: ['0', end] }
}

/** A number that leads to its cases; where it cannot be compared it still stands, as long as there is one. */
const CellText = ({
  row,
  at,
  comparison,
  names,
  catalogue,
}: Omit<Props, 'group' | 'isTable' | 'onToggleTable'> & { row: ComparedRow; at: number }) => {
  const cell = row.cells[at] as ComparedCell
  const community = comparison.communities[at]
  const text = cell.is_inferred ? null : sayCell(cell, row.unit)
  if (text === null || community === undefined) return <span className="quiet">not compared</span>
  return (
    <CaseLink
      slug={community.slug}
      of={row.key}
      period={community.period}
      catalogue={catalogue}
      what={`${row.title} in ${names[at] ?? ''},`}
    >
      {text}
    </CaseLink>
  )
}

/** Why some cannot be compared, each reason once with those it is about. */
const Reasons = ({ row, names }: { row: ComparedRow; names: readonly string[] }) => {
  const reasons = Map.groupBy(
    row.cells.flatMap(({ cannot_compare }, i) => (cannot_compare === null ? [] : [{ why: cannot_compare, name: names[i] ?? '' }])),
    ({ why }) => why,
  )
  return [...reasons].map(([why, cells]) => (
    <p key={why} className="small quiet">
      <bdi>{cells.length === row.cells.length ? 'All' : cells.map(({ name }) => name).join(', ')}</bdi>: {why}
    </p>
  ))
}

/** A group of measures: each community a dot with its interval, on one axis a measure, in the order chosen. */
export const MeasureFigure = ({ group, comparison, names, catalogue, isTable, onToggleTable }: Props) => {
  const rows = comparison.rows.filter((row) => row.group === group)
  const shared = { comparison, names, catalogue }
  // a reason that all measures of the group have stands once
  const [first] = rows
  const common = first !== undefined && rows.every(({ untested }) => untested === first.untested) ? first.untested : null
  const numbers = (row: ComparedRow): Cell[][] =>
    row.cells.map((cell, i): Cell[] => [
      row.title,
      comparison.communities[i]?.name ?? '',
      comparison.communities[i]?.period ?? null,
      ...(cell.is_inferred ? [null, null, null, null, null] : [cell.value, cell.numerator, cell.denominator, cell.low, cell.high]),
      cell.cannot_compare,
      sayFinding(row, names),
    ])
  return (
    <FigureCard
      id={group}
      question={QUESTIONS[group]}
      answer={sayGroup(rows)}
      note={common}
      fileName={`comparison-${group}`}
      isTable={isTable}
      onToggleTable={() => onToggleTable(group)}
      table={{
        columns: [
          { label: 'Measure', isNumber: false },
          ...names.map((label) => ({ label, isNumber: true })),
          { label: 'By chance?', isNumber: false },
        ],
        rows: rows.map((row) => ({
          key: row.key,
          cells: [row.title, ...row.cells.map((_, i) => <CellText key={names[i]} row={row} at={i} {...shared} />), sayFinding(row, names)],
        })),
        csv: [
          ['measure', 'community', 'days', 'value', 'numerator', 'denominator', 'low', 'high', 'not compared because', 'difference'],
          ...rows.flatMap(numbers),
        ],
      }}
    >
      <ul className={classes.measures}>
        {rows.map((row) => (
          <li key={row.key} className={classes.measure}>
            <h3 className={classes.name}>{row.title}</h3>
            {row.cells.every(({ cannot_compare }) => cannot_compare !== null) ? null : (
              <IntervalRows
                {...axisOf(row)}
                tone={TONES[group]}
                rows={row.cells.map((cell, i) => {
                  const isDrawn = cell.cannot_compare === null
                  return {
                    key: String(i),
                    label: names[i] ?? '',
                    value: isDrawn ? cell.value : null,
                    low: isDrawn ? cell.low : null,
                    high: isDrawn ? cell.high : null,
                    text: <CellText row={row} at={i} {...shared} />,
                    isFirst: true,
                  }
                })}
              />
            )}
            <Reasons row={row} names={names} />
            {(common !== null && row.untested === common) || row.cells.every(({ cannot_compare }) => cannot_compare !== null) ? null : (
              <p className={row.untested === null ? 'small' : 'small quiet'}>{sayFinding(row, names)}</p>
            )}
          </li>
        ))}
      </ul>
    </FigureCard>
  )
}
