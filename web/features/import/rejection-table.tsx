import type { Rejection } from '../../../shared/contract/import.ts'
import { groupRejections, sayPositions } from './group-rejections.ts'
import classes from './import.module.css'

/** Rows that were not accepted: where they stand, and why; those with the same reason together. */
export const RejectionTable = ({ rejections }: { rejections: readonly Rejection[] }) => {
  const hasFiles = rejections.some(({ file }) => file !== null)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll-x" tabIndex={0} aria-label="Rejected rows, as a table">
      <table className="data-table">
        <thead>
          <tr>
            {hasFiles ? <th scope="col">File</th> : null}
            <th scope="col">Row</th>
            <th scope="col">Why it was rejected</th>
          </tr>
        </thead>
        <tbody>
          {groupRejections(rejections).map(({ file, pointer, message, positions }) => (
            <tr key={`${file}-${positions[0]}-${pointer}-${message}`}>
              {hasFiles ? <td className={classes.wrap}>{file}</td> : null}
              <td>{sayPositions(positions)}</td>
              <td className={classes.wrap}>
                {message}
                {pointer === '' ? null : (
                  <>
                    {' '}
                    <code className="quiet">{pointer}</code>
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
