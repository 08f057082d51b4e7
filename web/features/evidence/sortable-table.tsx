import type { ReactNode } from 'react'
import { type Cell, downloadCsv } from '../../ui/csv.ts'
import cases from '../cases/cases.module.css'
import classes from './evidence.module.css'
import { type EvidenceTable, readSort } from './evidence-search.ts'

export type SortableColumn<Row> = {
  id: string
  title: string
  isNumber?: boolean
  /** What it is sorted by, and what a file holds. */
  read: (row: Row) => Cell
  /** What is shown; a column without it stands in the file alone. */
  show?: (row: Row) => ReactNode
}

type Props<Row> = {
  id: EvidenceTable
  caption: string
  columns: SortableColumn<Row>[]
  rows: Row[]
  keyOf: (row: Row) => string
  sort: string | undefined
  /** The column that it is sorted by until somebody chooses another. */
  usual: string
  onSort: (sort: string | undefined) => void
  fileName: string
}

const compare = (a: Cell, b: Cell): number => {
  // what is not known stands last, whichever way
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return typeof a === 'number' && typeof b === 'number' ? b - a : String(a).localeCompare(String(b))
}

/** The rows by one column: numbers from the largest, texts from A; the other way round where `isUp`. Equals stay as they are. */
export const sortRows = <Row,>(rows: readonly Row[], column: SortableColumn<Row> | undefined, isUp: boolean): Row[] => {
  if (column === undefined) return [...rows]
  return rows.toSorted((a, b) => {
    const [x, y] = [column.read(a), column.read(b)]
    return x === null || y === null ? compare(x, y) : (isUp ? -1 : 1) * compare(x, y)
  })
}

/** A table that one sorts by any column and takes away as a file; on a narrow screen each row is a small list of its own. */
export const SortableTable = <Row,>({ id, caption, columns, rows, keyOf, sort, usual, onSort, fileName }: Props<Row>) => {
  const { by, isUp } = readSort(sort, usual)
  const sorted = sortRows(
    rows,
    columns.find((column) => column.id === by),
    isUp,
  )
  const choose = (column: string) => {
    const next = column === by ? (isUp ? column : `${column}-up`) : column
    onSort(next === usual ? undefined : next)
  }
  const shown = columns.filter((column) => column.show !== undefined)
  const lookOf = (i: number) => (shown[i]?.isNumber ? 'number' : i > 0 && shown[i - 1]?.isNumber ? 'apart' : undefined)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="scroll-x" tabIndex={0} aria-label={caption}>
        <table className={`data-table ${cases.table} ${classes.table}`} id={`table-${id}`}>
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {shown.map((column, i) => (
                <th
                  key={column.id}
                  scope="col"
                  className={lookOf(i)}
                  aria-sort={column.id === by ? (column.isNumber === isUp ? 'ascending' : 'descending') : undefined}
                >
                  <button type="button" className={classes.sort} onClick={() => choose(column.id)}>
                    {column.title}
                    <span aria-hidden>{column.id === by ? (column.isNumber === isUp ? ' ↑' : ' ↓') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={keyOf(row)}>
                {shown.map((column, i) => (
                  <td key={column.id} className={lookOf(i)} data-label={column.title}>
                    {column.show?.(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="no-print">
        <button
          type="button"
          className="plain-button"
          onClick={() =>
            downloadCsv(`${fileName}.csv`, [
              columns.map((column) => column.id),
              ...sorted.map((row) => columns.map((column) => column.read(row))),
            ])
          }
        >
          CSV
        </button>
      </div>
    </>
  )
}
