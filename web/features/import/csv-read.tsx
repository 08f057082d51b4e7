import type { CsvColumns } from '../../../shared/contract/import.ts'
import { formatInstant, startSentence } from '../../../shared/format.ts'
import { sayType } from './event-words.ts'
import classes from './import.module.css'

/** How the first rows were read, so that a wrong column is seen before thousands are. */
export const CsvRead = ({ file }: { file: CsvColumns }) =>
  file.read.length === 0 ? null : file.read.every(({ problem }) => problem !== null) ? (
    <p className="quiet measure">
      None of its first rows can be read yet. Row {file.read[0]?.position}: {file.read[0]?.problem}
    </p>
  ) : (
    <div className="stack-tight">
      <p className="strong">So its first rows were read</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="scroll-x" tabIndex={0} aria-label={`The first rows of ${file.file}, as they were read`}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col" className="number">
                Row
              </th>
              <th scope="col">What</th>
              <th scope="col">When (UTC)</th>
              <th scope="col">Who</th>
              <th scope="col">Where</th>
              <th scope="col">What it says</th>
            </tr>
          </thead>
          <tbody>
            {file.read.map((row) =>
              row.events.length === 0 ? (
                <tr key={row.position}>
                  <td className="number">{row.position}</td>
                  <td colSpan={5} className={classes.wrap}>
                    {row.problem === null ? `Passed by: ${row.skipped}` : `Rejected: ${row.problem}`}
                  </td>
                </tr>
              ) : (
                row.events.map((event) => (
                  <tr key={`${row.position}-${event.type}`}>
                    <td className="number">{row.position}</td>
                    <td>{sayType(event.type)}</td>
                    <td style={{ whiteSpace: 'nowrap' }}>{startSentence(formatInstant(event.occurred_at, 'UTC'))}</td>
                    <td className={classes.wrap}>{event.actor ?? <span className="quiet">nobody</span>}</td>
                    <td className={classes.wrap}>
                      {[event.channel, event.thread_id === null ? null : `thread ${event.thread_id}`].filter(Boolean).join(', ')}
                    </td>
                    <td className={classes.wrap}>{event.title}</td>
                  </tr>
                ))
              ),
            )}
          </tbody>
        </table>
      </section>
    </div>
  )
