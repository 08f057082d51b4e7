import { lazy, type ReactNode, Suspense } from 'react'
import classes from './chart-card.module.css'
import type { Chart } from './chart-point.ts'
import { tableOfChart } from './chart-table.ts'
import { downloadCsv } from './csv.ts'

// the drawing library is most of the weight of a page with charts, and sentences and tables do not need it
const TimeChart = lazy(async () => ({ default: (await import('./time-chart.tsx')).TimeChart }))

type ChartCardProps = {
  id: string
  /** The question the chart answers. */
  question: string
  /** The answer in words, with its number and period. */
  answer: ReactNode
  chart: Chart
  /** What to know about the whole chart, such as that another measure had to stand in. */
  note?: ReactNode
  definition?: ReactNode
  /** Links to what the latest numbers are made of. */
  cases?: ReactNode
  /** Makes a number of the table lead to what it is made of; gives it back as it is where nothing does. */
  linkCell?: (series: string, period: string, text: string) => ReactNode
  /** A period of the chart was chosen. */
  onPick?: ((period: string) => void) | undefined
  fileName: string
  isTable: boolean
  onToggleTable: () => void
}

const DataTable = ({ chart, caption, linkCell }: { chart: Chart; caption: string; linkCell: ChartCardProps['linkCell'] }) => {
  const table = tableOfChart(chart)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={classes.table} tabIndex={0} aria-label={`${caption} The numbers`}>
      <table className="data-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places, and some have the same name
              <th key={i} scope="col" className={column.isNumber ? 'number' : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row.period}>
              {row.cells.map((cell, i) => {
                const column = table.columns[i]
                return i === 0 ? (
                  <th key="period" scope="row">
                    {cell}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places
                  <td key={i} className={column?.isNumber ? 'number' : undefined}>
                    {linkCell === undefined || column?.series == null || cell === '–' ? cell : linkCell(column.series, row.period, cell)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A chart with its question, its answer in words, the table behind it and the file of its numbers. */
export const ChartCard = ({
  id,
  question,
  answer,
  chart,
  note,
  definition,
  cases,
  linkCell,
  onPick,
  fileName,
  isTable,
  onToggleTable,
}: ChartCardProps) => {
  const hasValues = chart.series.some((s) => s.points.some((p) => p.value !== null))
  const reasons = [...new Set(chart.series.flatMap((s) => s.points.map((p) => p.reason)).filter((r) => r !== null))]
  return (
    <section className={`card ${classes.card}`} aria-labelledby={`${id}-question`} id={id}>
      <h3 id={`${id}-question`} className={classes.question}>
        {question}
      </h3>
      <p className={classes.answer}>{answer}</p>
      {note === undefined ? null : <p className={`small quiet ${classes.remark}`}>{note}</p>}
      {isTable ? (
        <DataTable chart={chart} caption={question} linkCell={linkCell} />
      ) : hasValues ? (
        <Suspense fallback={<div className={classes.waiting} />}>
          <TimeChart chart={chart} label={question} onPick={onPick} />
        </Suspense>
      ) : (
        <p className={classes.nothing}>{reasons[0] ?? 'Nothing was found in these periods.'}</p>
      )}
      <div className={`${classes.actions} no-print`}>
        <button type="button" className="plain-button" onClick={onToggleTable} aria-label={`${isTable ? 'Chart' : 'Table'}: ${question}`}>
          {isTable ? 'Chart' : 'Table'}
        </button>
        <button
          type="button"
          className="plain-button"
          onClick={() => downloadCsv(`${fileName}.csv`, tableOfChart(chart).csv)}
          aria-label={`CSV: ${question}`}
        >
          CSV
        </button>
        {cases}
        {definition}
      </div>
    </section>
  )
}
