import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { formatInstant } from '../../../shared/format.ts'
import { ApiProblem } from '../../app/api.ts'
import { Waiting } from '../../ui/states.tsx'
import { PdfLinks } from './pdf-links.tsx'
import { ReportView } from './report-view.tsx'
import { sharedReportQuery } from './report-queries.ts'
import { sayStanding, titleOf } from '../../../shared/say-report.ts'
import classes from './report-page.module.css'

const route = getRouteApi('/r/$token')

const Message = ({ title, children }: { title: string; children: ReactNode }) => {
  useDocumentTitle(`${title} · Barnraise`)
  return (
    <div className={classes.message}>
      <h1 className="display">{title}</h1>
      {children}
    </div>
  )
}

const SharedProblem = ({ error, onRetry }: { error: Error; onRetry: () => void }) =>
  error instanceof ApiProblem && (error.status === 404 || error.status === 410) ? (
    <Message title="This link opens nothing any more">
      <p className="lead">It has ended, was taken back, or was copied without its end. Ask whoever gave it to you for a new one.</p>
    </Message>
  ) : (
    <Message title="The report could not be shown">
      <p className="lead">{error.message}</p>
      <Button onClick={onRetry}>Try again</Button>
    </Message>
  )

/** The report behind a link that opens without signing in; what the PDF prints as well. Asks for the report and for nothing else. */
export const SharedReportPage = () => {
  const { token } = route.useParams()
  const { data, error, refetch } = useQuery(sharedReportQuery(token))
  useDocumentTitle(data === undefined ? 'Value report' : titleOf(data.report))
  if (data === undefined)
    return (
      <main className={classes.shared}>
        {error ? <SharedProblem error={error} onRetry={() => void refetch()} /> : <Waiting heights={[60, 180, 480]} />}
      </main>
    )
  const { report, expires_at } = data
  const { community } = report.content
  return (
    <main className={classes.shared}>
      <div className={`${classes.frame} no-print`}>
        <p>
          The value report of <bdi className="strong">{community.name}</bdi>, shared with you by its managers through Barnraise.{' '}
          {sayStanding(report)}
          {expires_at === null ? '' : ` This link ends on ${formatInstant(expires_at, community.time_zone)}.`}
        </p>
        <PdfLinks href={`/api/v1/shared-reports/${encodeURIComponent(token)}/pdf`} />
      </div>
      <ReportView report={report} />
      <p className={`${classes.after} no-print`}>
        Barnraise measures whether the members of a community help each other. Nobody is named here without their consent.
      </p>
    </main>
  )
}
