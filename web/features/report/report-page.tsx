import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReportList } from '../../../shared/contract/report-settings.ts'
import { formatPeriod, lastKnownDay } from '../../../shared/format.ts'
import { catalogueQuery, communitiesQuery, meQuery } from '../../app/queries.ts'
import { ApiProblem } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { CorrectReport } from './correct-report.tsx'
import { DraftEditor } from './draft-editor.tsx'
import { listMonths, type ReportMonth, usualMonth } from './list-months.ts'
import { MonthChoice, RevisionChoice } from './month-choice.tsx'
import { PdfLinks } from './pdf-links.tsx'
import { makeReport, pdfOf, reportQuery, reportsQuery } from './report-queries.ts'
import { ReportView } from './report-view.tsx'
import { sayStanding, titleOf } from '../../../shared/say-report.ts'
import { SubscribeButton } from './subscribe-button.tsx'
import classes from './report-page.module.css'

const route = getRouteApi('/shell/c/$slug/report')

/** What the reader may do with it, as the server judges it: asked here only for what is offered. */
type Reader = { isManager: boolean; mayPreview: boolean }

/** A month that is over and has no report: why, and the way to have one. */
const Missing = ({ slug, month, reader }: { slug: string; month: ReportMonth; reader: Reader }) => {
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: () => makeReport(slug, month.month),
    onSuccess: () => client.invalidateQueries({ queryKey: ['community', slug, 'reports'] }),
  })
  return (
    <section className="card stack-tight no-print">
      <h2 className="title">The report of {formatPeriod(month.month)} has not been made</h2>
      <p className="measure">{month.reason ?? 'None was made by itself at the end of that month.'}</p>
      {reader.isManager ? (
        <>
          <p className="measure quiet">Made now, it is frozen with what is known now. Below stands how it would read.</p>
          <div>
            <Button loading={make.isPending} onClick={() => make.mutate()}>
              Make the report of {formatPeriod(month.month)}
            </Button>
          </div>
          <Failure error={make.error} />
        </>
      ) : (
        <p className="measure quiet">
          A manager of the community can have it made. Below stands how it would read with the numbers as they are now.
        </p>
      )}
    </section>
  )
}

/** The report itself with what can be done with it. */
const OneReport = ({ slug, month, reader }: { slug: string; month: ReportMonth; reader: Reader }) => {
  const { revision } = route.useSearch()
  const navigate = route.useNavigate()
  const isPreview = month.state !== 'frozen'
  const { data, error, refetch } = useQuery(reportQuery(slug, month.month, { revision: isPreview ? undefined : revision, isPreview }))
  const { data: catalogue } = useQuery(catalogueQuery)
  useDocumentTitle(data === undefined ? 'Value report · Barnraise' : titleOf(data))
  if (data === undefined)
    return error ? (
      <CardProblem what="The report" error={error} onRetry={() => void refetch()} />
    ) : (
      <Waiting heights={[40, 180, 320, 240]} />
    )
  return (
    <>
      <div className={`${classes.standing} no-print`}>
        {/* a preview says so itself, on its first line */}
        {isPreview ? null : <p className="measure">{sayStanding(data)}</p>}
        {data.revision !== null && data.last_revision !== null && (
          <RevisionChoice
            last={data.last_revision}
            revision={data.revision}
            onChange={(next) =>
              void navigate({ search: (now) => ({ ...now, revision: next === data.last_revision ? undefined : next }), resetScroll: false })
            }
          />
        )}
        <PdfLinks href={pdfOf(slug, month.month, { revision, isPreview })} />
      </div>
      <ReportView
        report={data}
        cases={{ slug, catalogue }}
        making={
          <span className="no-print">
            <Link to="/definitions" search={{ c: slug }}>
              What each number means
            </Link>
          </span>
        }
      />
      {reader.isManager &&
        (isPreview ? <DraftEditor slug={slug} month={month.month} /> : <CorrectReport slug={slug} month={month.month} />)}
    </>
  )
}

const Nothing = ({ slug, list, mayPreview }: { slug: string; list: ReportList; mayPreview: boolean }) =>
  mayPreview && list.first_month === null ? (
    <CardEmpty title="There is nothing to report yet">
      <p className="measure">
        No events of this community have come. Once they do, a report is made on the first of each month, and this page shows how the
        running month would read.
      </p>
      <p>
        <Link to="/c/$slug/import" params={{ slug }}>
          Bring in its history
        </Link>
      </p>
    </CardEmpty>
  ) : (
    <CardEmpty title="No report has been made yet">
      <p className="measure">The first one is made when {formatPeriod(list.running_month)} is over, on the first of the next month.</p>
    </CardEmpty>
  )

/** A month that there is no report of and cannot be, as its address was typed. */
const NoSuchMonth = ({ month }: { month: string }) => (
  <CardEmpty title={`There is no report of ${formatPeriod(month)}`}>
    <p className="measure">The months that can be read stand in the list above.</p>
  </CardEmpty>
)

/** The value report of a community, month by month: what a sponsor reads, and what its managers add to it. */
export const ReportPage = () => {
  const { slug } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: me } = useQuery(meQuery)
  const { data: communities, error: communitiesError, refetch: refetchCommunities } = useQuery(communitiesQuery)
  const { data: list, error: listError, refetch: refetchList } = useQuery(reportsQuery(slug))
  const error = listError ?? communitiesError
  const role = me?.roles.find((grant) => grant.slug === slug)?.role
  const isManager = me?.is_administrator === true || role === 'manager'
  const reader: Reader = { isManager, mayPreview: isManager || role === 'viewer' }
  const community = communities?.find((one) => one.slug === slug)
  const name = community?.name ?? slug
  const lastKnownMonth = community?.known_by ? lastKnownDay(community.known_by, community.time_zone).slice(0, 7) : null
  const months = list === undefined ? [] : listMonths(list, reader.mayPreview)
  const month = search.month === undefined ? usualMonth(months, lastKnownMonth) : months.find((one) => one.month === search.month)
  return (
    <div className={`stack ${classes.page}`}>
      <div className={`${classes.bar} no-print`}>
        <p className="small quiet">
          <bdi>{name}</bdi>: the sponsor’s monthly report
        </p>
        <div className={classes.tools}>
          {months.length > 0 && (
            <MonthChoice
              months={
                search.month === undefined || month !== undefined
                  ? months
                  : [{ month: search.month, state: 'missing', reason: null }, ...months]
              }
              month={month?.month ?? search.month ?? ''}
              onChange={(next) => void navigate({ search: { month: next }, resetScroll: false })}
            />
          )}
          <SubscribeButton slug={slug} />
          {isManager && (
            <>
              <Link to="/c/$slug/report/settings" params={{ slug }} hash="links">
                Share by a link
              </Link>
              <Link to="/c/$slug/report/settings" params={{ slug }}>
                How it is made and who gets it
              </Link>
              <Link to="/c/$slug/ask" params={{ slug }}>
                Ask the askers
              </Link>
            </>
          )}
        </div>
      </div>
      {list === undefined || communities === undefined ? (
        error === null ? (
          <Waiting heights={[40, 180, 320, 240]} />
        ) : error instanceof ApiProblem && error.status === 404 ? (
          <CardEmpty title="There is no such community">
            <p className="measure">{error.message}</p>
          </CardEmpty>
        ) : (
          <CardProblem what="The list of reports" error={error} onRetry={() => void Promise.all([refetchList(), refetchCommunities()])} />
        )
      ) : month === undefined || (list.first_month === null && month.state !== 'frozen') ? (
        search.month !== undefined && months.length > 0 && list.first_month !== null ? (
          <NoSuchMonth month={search.month} />
        ) : (
          <Nothing slug={slug} list={list} mayPreview={reader.mayPreview} />
        )
      ) : (
        <>
          {month.state === 'missing' && <Missing slug={slug} month={month} reader={reader} />}
          <OneReport key={month.month} slug={slug} month={month} reader={reader} />
        </>
      )}
    </div>
  )
}
