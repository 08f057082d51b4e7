import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount, formatInstant } from '../../../shared/format.ts'
import { type Import, importsQuery, rejectionsQuery } from '../../app/queries.ts'
import { downloadCsv } from '../../ui/csv.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './data.module.css'

const STATUS_WORDS: Record<Import['status'], string> = { running: 'running', done: 'done', failed: 'stopped early' }

const Rejections = ({ slug, importId }: { slug: string; importId: string }) => {
  const { data, error } = useQuery(rejectionsQuery(slug, importId))
  if (error) return <Failure error={error} />
  if (data === undefined) return <Waiting heights={[80]} />
  return (
    <div className="stack-tight">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col" className="number">
              Row
            </th>
            <th scope="col">Field</th>
            <th scope="col">Why it was rejected</th>
          </tr>
        </thead>
        <tbody>
          {data.slice(0, 100).map((row) => (
            <tr key={`${row.position}-${row.pointer}-${row.code}`}>
              <td className="number">{formatCount(row.position)}</td>
              <td>
                <code>{row.pointer || 'whole row'}</code>
              </td>
              <td className={classes.wrap}>{row.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="row">
        {data.length > 100 ? <span className="quiet">The first 100 of {formatCount(data.length)} that were kept.</span> : null}
        <button
          type="button"
          className="plain-button"
          onClick={() =>
            downloadCsv(`rejected-${importId}.csv`, [
              ['row', 'field', 'code', 'why'],
              ...data.map((r) => [r.position, r.pointer, r.code, r.message]),
            ])
          }
        >
          Rejected rows as CSV
        </button>
      </p>
    </div>
  )
}

/** Files that were imported, and the rows that were not accepted. */
export const ImportList = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(importsQuery(slug))
  const [open, setOpen] = useState<string | null>(null)
  if (error && data === undefined) return <CardProblem what="The imports" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting heights={[160]} />
  return (
    <section className="card stack-tight" aria-labelledby="imports">
      <h2 className="title" id="imports">
        Imports
      </h2>
      {data.length === 0 ? (
        <p className="measure">
          Nothing has been imported. A CSV file or the <code>Posts.xml</code> of a Stack Exchange dump comes in with{' '}
          <code>npm run cli -- import &lt;file&gt; --community {slug}</code>
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className="scroll-x" tabIndex={0} aria-label="Imports, as a table">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Source</th>
                <th scope="col">Begun</th>
                <th scope="col">State</th>
                <th scope="col" className="number">
                  Accepted
                </th>
                <th scope="col" className="number">
                  Known already
                </th>
                <th scope="col" className="number">
                  Conflicts
                </th>
                <th scope="col" className="number">
                  Rejected
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((one) => (
                <tr key={one.id}>
                  <td className={classes.wrap}>
                    {one.file_name ?? <span className="quiet">no file</span>}
                    {one.message === null ? null : (
                      <span className="quiet" style={{ display: 'block' }}>
                        {one.message}
                      </span>
                    )}
                  </td>
                  <td>{one.source}</td>
                  <td>{formatInstant(one.started_at, timeZone)}</td>
                  <td>{STATUS_WORDS[one.status]}</td>
                  <td className="number">{formatCount(one.accepted)}</td>
                  <td className="number">{formatCount(one.duplicate)}</td>
                  <td className="number">{formatCount(one.conflict)}</td>
                  <td className="number">
                    {one.rejected === 0 ? (
                      '0'
                    ) : (
                      <button
                        type="button"
                        className="plain-button"
                        aria-expanded={open === one.id}
                        onClick={() => setOpen(open === one.id ? null : one.id)}
                        aria-label={`${one.rejected} rejected, show why`}
                      >
                        {formatCount(one.rejected)}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {open === null ? null : <Rejections slug={slug} importId={open} />}
        </section>
      )}
    </section>
  )
}
