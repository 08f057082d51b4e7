import type { ReportContent } from '../../../shared/contract/value-report.ts'
import { REPORT_HEADINGS } from '../../../shared/report-headings.ts'
import { GrowthChart } from './growth-chart.tsx'
import { NoteMark } from './report-figure.tsx'
import classes from './report.module.css'

type Growth = ReportContent['growth']

/** A cell says its number, or why there is none, in the place of the number. */
const Cell = ({ cell }: { cell: Growth['rows'][number]['cells'][number] }) => (
  <td className={cell.value === null ? classes.noNumber : 'number'}>{cell.value ?? cell.reason ?? 'not known'}</td>
)

/** The three cells of a row; a reason that they share is said once across them. */
const Cells = ({ row, columns }: { row: Growth['rows'][number]; columns: Growth['columns'] }) => {
  const [{ reason }] = row.cells
  if (reason !== null && row.cells.every((cell) => cell.value === null && cell.reason === reason))
    return (
      <td colSpan={3} className={classes.noNumber}>
        {reason}
      </td>
    )
  return row.cells.map((cell, i) => <Cell key={columns[i] ?? i} cell={cell} />)
}

/** Joined, left, net and members beside the month before and the same month a year before. */
export const ReportGrowth = ({ growth, isUnfinished }: { growth: Growth; isUnfinished: boolean }) => (
  <section className={classes.part} aria-labelledby="growth">
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
          {growth.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {row.label}
                <NoteMark mark={row.note} place={`growth-${row.id}`} />
              </th>
              <Cells row={row} columns={growth.columns} />
            </tr>
          ))}
        </tbody>
      </table>
    )}
    <GrowthChart trend={growth.trend} isUnfinished={isUnfinished} />
  </section>
)
