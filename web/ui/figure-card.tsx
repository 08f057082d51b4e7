import { type ReactNode, useRef, useState } from 'react'
import classes from './chart-card.module.css'
import { type Cell, downloadCsv } from './csv.ts'

/** The numbers behind a drawing, for people who cannot see it, and as a file. */
export type FigureTable = {
  columns: { label: string; isNumber: boolean }[]
  /** The first cell heads its row. */
  rows: { key: string; cells: ReactNode[] }[]
  /** With its header line; numbers unformatted. */
  csv: Cell[][]
}

export type FigureProps = {
  id: string
  /** The question the drawing answers. */
  question: string
  /** The answer in words, with its number and period. */
  answer: ReactNode
  /** What to know about the whole, such as that another measure had to stand in. */
  note?: ReactNode
  table: FigureTable
  /** Of the files, without their endings. */
  fileName: string
  isTable: boolean
  onToggleTable: () => void
  /** Further links under it: to the cases, to the definition. */
  links?: ReactNode
  /** The drawing; in its place stands why there is none. */
  children: ReactNode
}

const BehindTable = ({ table, caption }: { table: FigureTable; caption: string }) => (
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
          <tr key={row.key}>
            {row.cells.map((cell, i) =>
              i === 0 ? (
                <th key="head" scope="row">
                  {cell}
                </th>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places
                <td key={i} className={table.columns[i]?.isNumber ? 'number' : undefined}>
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** The address of this page with the figure's place in it. */
const addressOf = (id: string): string => {
  const address = new URL(window.location.href)
  address.hash = id
  return address.href
}

/** A drawing with its question, its answer in words, the table behind it, its files and its address. */
export const FigureCard = ({ id, question, answer, note, table, fileName, isTable, onToggleTable, links, children }: FigureProps) => {
  const card = useRef<HTMLElement>(null)
  const [said, setSaid] = useState('')
  const copy = async () => {
    const address = addressOf(id)
    // without https a browser gives no clipboard: then the address is at least in the address bar
    await navigator.clipboard?.writeText(address).then(
      () => setSaid('Link copied'),
      () => setSaid(''),
    )
    if (navigator.clipboard === undefined) {
      window.history.replaceState(window.history.state, '', address)
      setSaid('The address bar holds the link')
    }
  }
  const draw = async () => {
    setSaid('Drawing …')
    try {
      const { downloadPicture } = await import('./picture.ts')
      await downloadPicture(card.current as HTMLElement, `${fileName}.png`)
      setSaid('')
    } catch {
      setSaid('This browser could not draw the picture')
    }
  }
  return (
    <section ref={card} className={`card ${classes.card}`} aria-labelledby={`${id}-question`} id={id}>
      <h2 id={`${id}-question`} className={classes.question}>
        {question}
      </h2>
      <p className={classes.answer}>{answer}</p>
      {note === undefined || note === null ? null : <p className={`small quiet ${classes.remark}`}>{note}</p>}
      {isTable ? <BehindTable table={table} caption={question} /> : children}
      <div className={`${classes.actions} no-print`}>
        <button type="button" className="plain-button" onClick={onToggleTable} aria-label={`${isTable ? 'Chart' : 'Table'}: ${question}`}>
          {isTable ? 'Chart' : 'Table'}
        </button>
        <button
          type="button"
          className="plain-button"
          onClick={() => downloadCsv(`${fileName}.csv`, table.csv)}
          aria-label={`CSV: ${question}`}
        >
          CSV
        </button>
        <button type="button" className="plain-button" onClick={() => void draw()} aria-label={`PNG: ${question}`}>
          PNG
        </button>
        <button type="button" className="plain-button" onClick={() => void copy()} aria-label={`Copy link: ${question}`}>
          Copy link
        </button>
        {links}
        <span role="status" className="small quiet">
          {said}
        </span>
      </div>
    </section>
  )
}

/** Stands in a figure's place where there is nothing to draw, with the reason. */
export const NothingToDraw = ({ children }: { children: ReactNode }) => <p className={classes.nothing}>{children}</p>
