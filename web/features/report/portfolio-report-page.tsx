import { Button, NativeSelect } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { PortfolioEntry, PortfolioReport } from '../../../shared/contract/portfolio-report.ts'
import { formatPeriod } from '../../../shared/format.ts'
import { ApiProblem } from '../../app/api.ts'
import { downloadCsv } from '../../ui/csv.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { portfolioFile } from './portfolio-file.ts'
import { portfolioReportQuery } from './portfolio-queries.ts'
import classes from './portfolio-report.module.css'
import { PortfolioSubscribe } from './portfolio-subscribe.tsx'
import report from './report.module.css'
import page from './report-page.module.css'
import './report-fonts.css'

const route = getRouteApi('/shell/report')

/** One community: what its report begins with, its figures, and what its manager asks. */
const Entry = ({ entry, month }: { entry: PortfolioEntry; month: string }) => (
  <article className={classes.entry} aria-labelledby={`of-${entry.slug}`}>
    <div className={classes.words}>
      <h3 className={report.subtitle} id={`of-${entry.slug}`}>
        <Link to="/c/$slug/report" params={{ slug: entry.slug }} search={{ month }}>
          <bdi>{entry.name}</bdi>
        </Link>
        {entry.is_demo ? <span className={report.reason}> demo</span> : null}
        {entry.revision > 1 ? <span className={report.reason}> revision {entry.revision}</span> : null}
      </h3>
      <p>{entry.headline}</p>
      {entry.ask === null ? null : (
        <div className={classes.ask}>
          <div className={classes.askText} dir="auto">
            {entry.ask.text}
          </div>
          {entry.ask.by === null ? null : (
            <p className={report.reason}>
              <bdi>{entry.ask.by}</bdi>
            </p>
          )}
        </div>
      )}
      {entry.caveats.length === 0 ? null : <p className={report.reason}>{entry.caveats.join(' ')}</p>}
    </div>
    <dl className={classes.figures}>
      {entry.lines.map(({ id, label, value, reason, when }) => (
        <div key={id}>
          <dt>
            {label}
            {when === null ? null : <span className={report.reason}> {when}</span>}
          </dt>
          <dd>{value === null ? <span className={report.reason}>{reason ?? 'Not measured.'}</span> : <b>{value}</b>}</dd>
        </div>
      ))}
    </dl>
  </article>
)

const Reports = ({ data }: { data: PortfolioReport }) => (
  <article className={report.report}>
    <style>{`@page { margin: 20mm; @bottom-right { content: counter(page) " of " counter(pages); font: 9pt "Source Serif 4", Georgia, serif; color: #555; } }`}</style>
    <header className={report.opening}>
      <p className={report.kicker}>
        <b>Value reports</b>
        <span>{data.title}</span>
      </p>
      <h1 className={report.headline}>{data.sentence}</h1>
      {data.groups.length > 0 ? <p className={report.reason}>{data.order}</p> : null}
    </header>
    {data.groups.map(({ id, title, entries }) => (
      <section key={id} className={report.part} aria-labelledby={`group-${id}`}>
        <h2 className={report.title} id={`group-${id}`}>
          {title}
        </h2>
        {entries.map((entry) => (
          <Entry key={entry.slug} entry={entry} month={data.month} />
        ))}
      </section>
    ))}
    {data.totals.length === 0 ? null : (
      <section className={report.part} aria-labelledby="together">
        <h2 className={report.title} id="together">
          All together
        </h2>
        <ul className={report.list}>
          {data.totals.map((total) => (
            <li key={total}>{total}</li>
          ))}
        </ul>
      </section>
    )}
    {data.missing.length === 0 ? null : (
      <section className={report.part} aria-labelledby="without">
        <h2 className={report.title} id="without">
          Without a report of the month
        </h2>
        <dl className={report.figures}>
          {data.missing.map(({ slug, name, reason }) => (
            <div key={slug} className={report.figure}>
              <dt>
                <Link to="/c/$slug/report" params={{ slug }}>
                  <bdi>{name}</bdi>
                </Link>
              </dt>
              <dd>
                <span className={report.reason}>{reason}</span>
              </dd>
            </div>
          ))}
        </dl>
      </section>
    )}
    <p className={`${report.reason} ${report.part}`}>
      Every sentence and figure stands in the report of its community as it was frozen; nothing is counted anew here.
    </p>
  </article>
)

/** The reports of a month of all communities the reader may see, for whoever sponsors or leads several. */
export const PortfolioReportPage = () => {
  const { month } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery(portfolioReportQuery(month ?? 'latest'))
  useDocumentTitle(data === undefined ? 'Value reports · Barnraise' : `Value reports, ${data.title} · Barnraise`)
  const months = data === undefined ? [] : data.months.includes(data.month) ? data.months : [data.month, ...data.months]
  return (
    <div className="stack">
      <div className={`${page.bar} ${classes.bar} no-print`}>
        <p className="small quiet">The monthly reports of all your communities</p>
        <div className={page.tools}>
          {data === undefined ? null : (
            <>
              <NativeSelect
                label="Month"
                value={data.month}
                onChange={(event) => void navigate({ search: { month: event.currentTarget.value }, resetScroll: false })}
                data={months.map((one) => ({
                  value: one,
                  label: `${formatPeriod(one)}${data.months.includes(one) ? '' : ' (none made)'}`,
                }))}
              />
              <Button variant="default" onClick={() => window.print()}>
                Print
              </Button>
              <Button variant="default" onClick={() => downloadCsv(`value-reports-${data.month}.csv`, portfolioFile(data))}>
                CSV
              </Button>
            </>
          )}
        </div>
        <PortfolioSubscribe />
      </div>
      {data !== undefined ? (
        <Reports data={data} />
      ) : error === null ? (
        <Waiting heights={[40, 180, 320, 240]} />
      ) : error instanceof ApiProblem && error.status === 404 ? (
        <CardEmpty title="There is no report yet">
          <p className="measure">{error.message}</p>
        </CardEmpty>
      ) : (
        <CardProblem what="The reports" error={error} onRetry={() => void refetch()} />
      )}
    </div>
  )
}
