import type { ReactNode } from 'react'
import type { Cases } from '../../../shared/contract/case.ts'
import { columnsOf, formatCell, isNumberColumn } from './case-cells.ts'
import classes from './cases.module.css'

/** Only what a browser may safely open becomes a link: addresses come from sources. */
export const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url)

const Place = ({ one }: { one: Cases['cases'][number] }) => {
  if (one.source === null) return null
  const id = `${one.source} ${one.id}`
  return one.url !== null && isWebAddress(one.url) ? (
    <a href={one.url} target="_blank" rel="noreferrer noopener" title={id}>
      Open<span className="visually-hidden"> {id} where it happened, in a new tab</span>
    </a>
  ) : (
    <span className="quiet">{id}</span>
  )
}

/** What a table of cases needs of any answer that holds some. */
export type CaseRows = Pick<Cases, 'columns' | 'part' | 'cases' | 'shown' | 'time_zone'>

/** The cases of one page, a row each; on a narrow screen each row is a small list of its own. `ofCase` makes the first cell lead on. */
export const CaseTable = ({
  data,
  caption,
  ofCase,
}: {
  data: CaseRows
  caption: string
  ofCase?: (one: Cases['cases'][number], content: ReactNode) => ReactNode
}) => {
  // a column that is empty on the whole page says nothing
  const columns = columnsOf(data).filter((column) => data.cases.some((one) => column.read(one) !== null))
  const lookOf = (i: number) => {
    const [before, column] = [columns[i - 1], columns[i]]
    if (column !== undefined && isNumberColumn(column)) return 'number'
    return before !== undefined && isNumberColumn(before) ? 'apart' : undefined
  }
  const cellOf = (one: Cases['cases'][number], column: (typeof columns)[number]) => (
    <bdi>{formatCell(column.read(one), column, data.time_zone)}</bdi>
  )
  const hasPlaces = data.cases.some((one) => one.source !== null)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll-x" tabIndex={0} aria-label={caption}>
      <table className={`data-table ${classes.table}`}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column.id} scope="col" className={lookOf(i)}>
                {column.title}
              </th>
            ))}
            {hasPlaces ? (
              <th scope="col" className={lookOf(columns.length)}>
                Where
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {data.cases.map((one) => (
            <tr key={one.key}>
              {columns.map((column, i) => (
                <td key={column.id} className={lookOf(i)} data-label={column.title}>
                  {i === 0 && ofCase !== undefined ? ofCase(one, cellOf(one, column)) : cellOf(one, column)}
                </td>
              ))}
              {hasPlaces ? (
                <td data-label="Where" className={lookOf(columns.length)}>
                  <Place one={one} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
