import type { Rejection } from '../../../shared/contract/import.ts'
import { formatCount } from '../../../shared/format.ts'
import classes from './import.module.css'

/** Rows that were not accepted: where they stand, and why. */
export const RejectionTable = ({ rejections }: { rejections: readonly Rejection[] }) => {
  const hasFiles = rejections.some(({ file }) => file !== null)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll-x" tabIndex={0} aria-label="Rejected rows, as a table">
      <table className="data-table">
        <thead>
          <tr>
            {hasFiles ? <th scope="col">File</th> : null}
            <th scope="col" className="number">
              Row
            </th>
            <th scope="col">Why it was rejected</th>
          </tr>
        </thead>
        <tbody>
          {rejections.map((row) => (
            <tr key={`${row.file}-${row.position}-${row.pointer}-${row.code}-${row.message}`}>
              {hasFiles ? <td className={classes.wrap}>{row.file}</td> : null}
              <td className="number">{formatCount(row.position)}</td>
              <td className={classes.wrap}>
                {row.message}
                {row.pointer === '' ? null : (
                  <>
                    {' '}
                    <code className="quiet">{row.pointer}</code>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
