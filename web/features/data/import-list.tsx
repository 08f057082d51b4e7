import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatCount, formatInstant, formatPercent, startSentence } from '../../../shared/format.ts'
import { type Import, importsQuery, rejectionsQuery } from '../../app/queries.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { pathOf } from '../house-rules/settings-queries.ts'
import { RejectionTable } from '../import/rejection-table.tsx'
import { STATUS_WORDS } from '../import/status-words.ts'
import classes from './data.module.css'

/** Rejected rows that are shown; the file has them all. */
const SHOWN = 100

const Rejections = ({ slug, one }: { slug: string; one: Import }) => {
  const { data, error } = useQuery(rejectionsQuery(slug, one.id))
  if (error) return <Failure error={error} />
  if (data === undefined) return <Waiting heights={[80]} />
  return (
    <section className="stack-tight" aria-label={`Rows of ${one.file_name ?? one.source} that were not accepted`}>
      <RejectionTable rejections={data.rejections.slice(0, SHOWN)} />
      <p className="row">
        {data.total > SHOWN ? (
          <span className="quiet">
            The first {formatCount(SHOWN)} of {formatCount(data.total)}
            {data.kept < data.total ? `, of which ${formatCount(data.kept)} were kept` : ''}.
          </span>
        ) : null}
        <a href={pathOf(slug, 'imports', one.id, 'rejections.csv')} download={`rejected-${one.id}.csv`}>
          Rejected rows as CSV
        </a>
      </p>
    </section>
  )
}

const isUnfinished = ({ status }: Import): boolean => !['done', 'failed', 'cancelled'].includes(status)

const Status = ({ slug, one }: { slug: string; one: Import }) => {
  const share = one.progress === null ? '' : `, ${formatPercent(one.progress.share)}`
  return (
    <>
      {startSentence(STATUS_WORDS[one.status])}
      {share} {/* one that came by the command line has no files here, and nothing to go on with */}
      {isUnfinished(one) && one.files.length > 0 ? (
        <Link to="/c/$slug/import" params={{ slug }} search={{ id: one.id }} aria-label={`Go on with ${one.file_name}`}>
          Go on
        </Link>
      ) : null}
    </>
  )
}

/** Files that were imported, those that are on their way, and the rows that were not accepted. */
export const ImportList = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(importsQuery(slug))
  const [open, setOpen] = useState<string | null>(null)
  if (error && data === undefined) return <CardProblem what="The imports" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting heights={[160]} />
  const opened = data.find(({ id }) => id === open)
  return (
    <section className="card stack-tight" aria-labelledby="imports">
      <h2 className="title" id="imports">
        Imports
      </h2>
      <p className="measure">
        {data.length === 0 ? 'Nothing has been imported. ' : 'A newer export of the same place adds only what is new. '}
        <Link to="/c/$slug/import" params={{ slug }}>
          Import a file
        </Link>
      </p>
      {data.length === 0 ? null : (
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
                  <td>
                    <Status slug={slug} one={one} />
                  </td>
                  <td className="number">{formatCount(one.accepted)}</td>
                  <td className="number">{formatCount(one.duplicate)}</td>
                  <td className="number">{formatCount(one.conflict)}</td>
                  <td className="number">
                    {one.rejected + one.conflict === 0 ? (
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
        </section>
      )}
      {opened === undefined ? null : <Rejections slug={slug} one={opened} />}
    </section>
  )
}
