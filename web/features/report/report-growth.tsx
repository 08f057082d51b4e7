import type { ReportContent } from '../../../shared/contract/value-report.ts'
import { REPORT_HEADINGS } from '../../../shared/report-headings.ts'
import { GrowthChart } from './growth-chart.tsx'
import { NoteMark } from './report-figure.tsx'
import classes from './report.module.css'

type Growth = ReportContent['growth']

/** Why a cell has no number; null where it has one. */
const reasonOf = ({ value, reason }: Growth['rows'][number]['cells'][number]): string | null =>
  value === null ? (reason ?? 'Not known.') : null

const isWholly = (row: Growth['rows'][number]): boolean =>
  reasonOf(row.cells[0]) !== null && row.cells.every((cell) => reasonOf(cell) === reasonOf(row.cells[0]))

/** How many rows from this one on lack this column's number for the same reason, which is said once for all of them; 0: said above. */
const countRows = (rows: Growth['rows'], at: number, column: number): number => {
  const same = (row: Growth['rows'][number] | undefined) =>
    row !== undefined && !isWholly(row) && reasonOf(row.cells[column] as never) === reasonOf(rows[at]?.cells[column] as never)
  if (same(rows[at - 1])) return 0
  const end = rows.findIndex((row, i) => i > at && !same(row))
  return (end === -1 ? rows.length : end) - at
}

/** The three cells of a row; a reason that they share is said once across them, and one that a column shares once down it. */
const Cells = ({ rows, at, columns }: { rows: Growth['rows']; at: number; columns: Growth['columns'] }) => {
  const row = rows[at] as Growth['rows'][number]
  if (isWholly(row))
    return (
      <td colSpan={3} className={classes.noNumber}>
        {reasonOf(row.cells[0])}
      </td>
    )
  return row.cells.map((cell, i) => {
    const reason = reasonOf(cell)
    if (reason === null)
      return (
        <td key={columns[i] ?? i} className="number">
          {cell.value}
        </td>
      )
    const count = countRows(rows, at, i)
    return count === 0 ? null : (
      <td key={columns[i] ?? i} className={classes.noNumber} rowSpan={count}>
        {reason}
      </td>
    )
  })
}

/** Joined, left, net and members beside the month before and the same month a year before. */
export const ReportGrowth = ({ growth, isUnfinished }: { growth: Growth; isUnfinished: boolean }) => (
  <section className={classes.part} aria-labelledby="growth">
    <div className={classes.together}>
      <h2 className={classes.title} id="growth">
        {REPORT_HEADINGS.growth}
      </h2>
      {growth.sentence === '' ? null : <p className={classes.lead}>{growth.sentence}</p>}
      {growth.rows.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <td />
              {growth.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {growth.rows.map((row, at) => (
              <tr key={row.id}>
                <th scope="row">
                  {row.label}
                  <NoteMark mark={row.note} place={`growth-${row.id}`} />
                </th>
                <Cells rows={growth.rows} at={at} columns={growth.columns} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
    <GrowthChart
      trend={growth.trend}
      membersLabel={growth.rows.find(({ id }) => id === 'members')?.label ?? 'Members'}
      isUnfinished={isUnfinished}
    />
  </section>
)
