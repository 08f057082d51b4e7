import { type ReactNode, useMemo, useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { type Cell, downloadCsv } from '../../ui/csv.ts'
import classes from './network.module.css'

export type SortedColumn<Row> = {
  id: string
  title: string
  isNumber?: boolean
  /** What it is sorted by and what the file holds; null stands last. */
  read: (row: Row) => Cell
  /** What is shown; a column without it stands in the file alone. */
  show?: (row: Row) => ReactNode
}

/** Rows shown before one asks for more: a table of thousands would hold up the page (our judgement). */
const FIRST = 100
const MORE = 400

// a third of the time of localeCompare, which counts with twenty thousand rows
const collator = new Intl.Collator('en')
const compare = (a: Cell, b: Cell): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}

/** Rows by one column, texts from A and numbers from the largest, or the other way round; equals stay as they are. */
export const sortRows = <Row,>(rows: readonly Row[], columns: readonly SortedColumn<Row>[], sort: string): Row[] => {
  const isTurned = sort.endsWith('-up')
  const column = columns.find(({ id }) => id === sort.replace(/-up$/, ''))
  if (column === undefined) return [...rows]
  const way = (column.isNumber ? -1 : 1) * (isTurned ? -1 : 1)
  return rows.toSorted((a, b) => {
    const [x, y] = [column.read(a), column.read(b)]
    return x === null || y === null ? compare(x, y) : way * compare(x, y)
  })
}

type Props<Row> = {
  caption: string
  columns: readonly SortedColumn<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** A column's id, with "-up" turned round; `usual` until somebody chooses. */
  sort: string | undefined
  usual: string
  onSort: (sort: string | undefined) => void
  fileName: string
}

/** A long table that one sorts by any column and takes away as a file, shown a part at a time. */
export const SortedTable = <Row,>({ caption, columns, rows, keyOf, sort, usual, onSort, fileName }: Props<Row>) => {
  const [limit, setLimit] = useState(FIRST)
  const by = sort ?? usual
  const sorted = useMemo(() => sortRows(rows, columns, by), [rows, columns, by])
  const shown = columns.filter((column) => column.show !== undefined)
  const choose = (id: string) => {
    const next = by === id ? `${id}-up` : id
    onSort(next === usual ? undefined : next)
  }
  const stateOf = ({ id, isNumber = false }: SortedColumn<Row>) =>
    by === id ? (isNumber ? 'descending' : 'ascending') : by === `${id}-up` ? (isNumber ? 'ascending' : 'descending') : undefined
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={classes.table} tabIndex={0} aria-label={caption}>
        <table className="data-table">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {shown.map((column) => (
                <th key={column.id} scope="col" className={column.isNumber ? 'number' : undefined} aria-sort={stateOf(column)}>
                  <button type="button" className={classes.sort} onClick={() => choose(column.id)}>
                    {column.title}
                    <span aria-hidden>{stateOf(column) === 'ascending' ? ' ↑' : stateOf(column) === 'descending' ? ' ↓' : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, limit).map((row) => (
              <tr key={keyOf(row)}>
                {shown.map((column, i) =>
                  i === 0 ? (
                    <th key={column.id} scope="row">
                      {column.show?.(row)}
                    </th>
                  ) : (
                    <td key={column.id} className={column.isNumber ? 'number' : undefined}>
                      {column.show?.(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="row no-print">
        <button
          type="button"
          className="plain-button"
          aria-label={`CSV: ${caption}`}
          onClick={() =>
            downloadCsv(`${fileName}.csv`, [columns.map(({ id }) => id), ...sorted.map((row) => columns.map((column) => column.read(row)))])
          }
        >
          CSV
        </button>
        {rows.length > limit ? (
          <button type="button" className="plain-button" onClick={() => setLimit(limit + MORE)}>
            Show more rows: {formatCount(limit)} of {formatCount(rows.length)} are shown
          </button>
        ) : null}
      </div>
    </>
  )
}
