import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { fillOf, type Tone } from './palette.ts'
import classes from './heat-map.module.css'

/**
 * One field: a share with its number, a bare count of too few, something time has not reached yet, or nothing with its reason.
 * `words` say it whole, for hover, focus and readers who hear it.
 */
export type HeatCell = { key: string; kind: 'share' | 'count' | 'pending' | 'blank'; share: number | null; text: string; words: string }
export type HeatRow = { key: string; head: string; count: string; isChosen: boolean; cells: HeatCell[] }

export type HeatMapProps = {
  label: string
  headTitle: string
  countTitle: string
  columns: { key: string; title: string }[]
  rows: HeatRow[]
  tone: Tone
  /** A row was chosen, or given up. */
  onChoose: (key: string) => void
  /** Makes a field lead somewhere; given its text with what is read aloud. */
  linkCell: (row: string, column: string, content: ReactNode, focus: FocusProps) => ReactNode
}

/** What a field carries to be reached by arrow keys; only one of all is a stop for the tabulator. */
export type FocusProps = { tabIndex: number; 'data-row': number; 'data-column': number; className: string }

/** Shades mix at most so much of the colour in: ink stays readable on all of them, on light and on dark (7 : 1 at least). */
const PALEST = 6
const DEEPEST = 60
const shadeOf = (tone: Tone, share: number): string =>
  `color-mix(in srgb, ${fillOf(tone)} ${Math.round(PALEST + share * (DEEPEST - PALEST))}%, var(--card))`

type Note = { words: string; left: number; top: number }
const NOTE_WIDTH = 280

const STEPS: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

/** Shares by row and column as shades of one colour, each with its number; rows can be chosen. Knows nothing of what they mean. */
export const HeatMap = ({ label, headTitle, countTitle, columns, rows, tone, onChoose, linkCell }: HeatMapProps) => {
  const frame = useRef<HTMLDivElement>(null)
  const [note, setNote] = useState<Note | null>(null)
  const [stop, setStop] = useState<[number, number]>([0, 0])
  const show = (target: EventTarget | null, words: string) => {
    const [around, field] = [frame.current?.getBoundingClientRect(), (target as Element | null)?.getBoundingClientRect()]
    if (around === undefined || field === undefined) return
    setNote({
      words,
      left: Math.max(0, Math.min(field.left - around.left, around.width - NOTE_WIDTH)),
      top: field.bottom - around.top + 4,
    })
  }
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setNote(null)
    const step = STEPS[event.key]
    const from = (event.target as Element).closest<HTMLElement>('[data-row]')
    if (step === undefined || from === null) return
    const at: [number, number] = [Number(from.dataset.row) + step[0], Number(from.dataset.column) + step[1]]
    const to = frame.current?.querySelector<HTMLElement>(`[data-row="${at[0]}"][data-column="${at[1]}"]`)
    if (to == null) return
    event.preventDefault()
    setStop(at)
    to.focus()
  }
  // rows may become fewer while the page is open
  const stopRow = Math.min(stop[0], rows.length - 1)
  const focusOf = (row: number, column: number): FocusProps => ({
    tabIndex: row === stopRow && column === stop[1] ? 0 : -1,
    'data-row': row,
    'data-column': column,
    className: classes.field ?? '',
  })
  return (
    <div className={classes.frame} ref={frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the fields inside */}
      <div className={classes.scroll} onKeyDown={move} onScroll={() => setNote(null)}>
        <table className={classes.map}>
          <caption className="visually-hidden">{label}</caption>
          <thead>
            <tr>
              <th scope="col">{headTitle}</th>
              <th scope="col" className={classes.count}>
                {countTitle}
              </th>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={classes.column}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => (
              <tr key={row.key} data-chosen={row.isChosen}>
                <th scope="row">
                  <button type="button" aria-pressed={row.isChosen} onClick={() => onChoose(row.key)} {...focusOf(r, 0)}>
                    {row.head}
                  </button>
                </th>
                <td className={classes.count}>{row.count}</td>
                {row.cells.map((cell, c) => (
                  <td
                    key={cell.key}
                    className={classes.cell}
                    data-kind={cell.kind}
                    style={cell.share === null ? undefined : { background: shadeOf(tone, cell.share) }}
                    onPointerEnter={(event) => show(event.currentTarget, cell.words)}
                    onPointerLeave={() => setNote(null)}
                    onFocus={(event) => show(event.currentTarget, cell.words)}
                    onBlur={() => setNote(null)}
                  >
                    {linkCell(
                      row.key,
                      cell.key,
                      <>
                        <span aria-hidden>{cell.text}</span>
                        <span className="visually-hidden">{cell.words}</span>
                      </>,
                      focusOf(r, c + 1),
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note === null ? null : (
        <p className={classes.note} style={{ left: note.left, top: note.top, width: NOTE_WIDTH }} aria-hidden>
          {note.words}
        </p>
      )}
      <p className={`small quiet ${classes.legend}`}>
        <span>0 %</span>
        <span
          className={classes.scale}
          style={{ background: `linear-gradient(90deg, ${shadeOf(tone, 0)}, ${shadeOf(tone, 1)})` }}
          aria-hidden
        />
        <span>100 %</span>
        <span className={classes.legendPart}>
          <i data-kind="count" className={classes.sample} aria-hidden /> a count: too few for a share
        </span>
        <span className={classes.legendPart}>
          <i data-kind="pending" className={classes.sample} aria-hidden /> not reached yet
        </span>
      </p>
    </div>
  )
}
