import { NativeSelect } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Cases } from '../../../shared/contract/case.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { formatCount, formatPeriod, formatZone, sayWhen, startSentence } from '../../../shared/format.ts'
import { grainOfLabel, shiftPeriod } from '../../../shared/period.ts'
import { formatMeasured } from '../../../shared/unit.ts'
import { useLiveCommunity } from '../../app/live.ts'
import { catalogueQuery, communitiesQuery } from '../../app/queries.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { columnsOf, csvOfCases } from './case-cells.ts'
import { CaseFileButton } from './case-file-button.tsx'
import { searchCase } from './case-search.ts'
import { CaseTable } from './case-table.tsx'
import classes from './cases.module.css'
import type { CasesSearch } from './cases-search.ts'
import { casesQuery, type CasePage, fetchAllCases, PAGE } from './fetch-cases.ts'
import { NumberParts } from './number-parts.tsx'

const route = getRouteApi('/shell/c/$slug/cases')

const Choices = ({ metric, search }: { metric: MetricDescription; search: CasesSearch }) => {
  const navigate = route.useNavigate()
  const change = (next: Partial<CasesSearch>) =>
    void navigate({ search: (now) => ({ ...now, after: undefined, first: undefined, ...next }), resetScroll: false })
  const grain = grainOfLabel(search.period ?? '')
  const neighbour = (count: number) => (grain === null ? undefined : shiftPeriod(search.period as string, grain, count))
  return (
    <nav className={`${classes.choices} no-print`} aria-label="Other cases of this measure">
      {grain === null ? null : (
        <span className="row">
          <button type="button" className="plain-button" onClick={() => change({ period: neighbour(-1) })}>
            ← {startSentence(formatPeriod(neighbour(-1) as string))}
          </button>
          <button type="button" className="plain-button" onClick={() => change({ period: neighbour(1) })}>
            {startSentence(formatPeriod(neighbour(1) as string))} →
          </button>
        </span>
      )}
      {metric.categories === null ? null : (
        <NativeSelect
          aria-label="Category"
          data={metric.categories.map((value) => ({ value, label: startSentence(value.replaceAll('-', ' ')) }))}
          value={search.category ?? ''}
          onChange={(event) => change({ category: event.currentTarget.value })}
        />
      )}
    </nav>
  )
}

const Pages = ({ data }: { data: CasePage }) => {
  const { first } = data
  const last = first + data.cases.length - 1
  if (data.cases.length === 0 || (first === 1 && data.next === null)) return null
  return (
    <nav className={`${classes.pages} no-print`} aria-label="Pages of cases">
      <span className="quiet">
        {formatCount(first)} to {formatCount(last)} of {formatCount(data.count)}
      </span>
      {first === 1 ? null : (
        <Link from="/c/$slug/cases" to="/c/$slug/cases" search={(now) => ({ ...now, after: undefined, first: undefined })}>
          From the beginning
        </Link>
      )}
      {data.next === null ? null : (
        <Link from="/c/$slug/cases" to="/c/$slug/cases" search={(now) => ({ ...now, after: data.next ?? undefined, first: last + 1 })}>
          Next {formatCount(Math.min(PAGE, data.count - last))}
        </Link>
      )}
    </nav>
  )
}

const fetchFile = async (slug: string, search: CasesSearch, data: Cases) => {
  const all = await fetchAllCases(slug, search)
  const name = [slug, data.metric, data.category, data.period, data.part].filter((part) => part !== null).join('-')
  return { name: `${name}.csv`, rows: csvOfCases(columnsOf({ ...data, cases: all }), all) }
}

const List = ({ data, search, slug, metric }: { data: CasePage; search: CasesSearch; slug: string; metric: MetricDescription }) => {
  const caption = `${startSentence(data.shown.words)}, ${formatPeriod(data.period)}`
  if (data.cases.length === 0)
    return (
      <CardEmpty title={data.hidden === null ? 'No cases' : 'No cases are shown'}>
        <p className="measure">
          {data.hidden ??
            `There are no ${data.shown.words} ${sayWhen(data.period)}. As soon as there are, they stand here, each with the place where it happened.`}
        </p>
      </CardEmpty>
    )
  return (
    <section className="card stack-tight" aria-labelledby="cases">
      <h2 className="title" id="cases">
        {startSentence(data.shown.words)}
      </h2>
      <p className="small quiet measure">
        {data.count === data.total || data.total === null
          ? `${formatCount(data.count)} in all.`
          : `${formatCount(data.count)} rows, which add up to ${formatCount(data.total)}${data.shown.amount === null ? '' : ` ${data.shown.amount}`}.`}{' '}
        {data.hidden === null ? '' : `${data.hidden} `}
        Times are in {formatZone(data.time_zone)}. People go by a pseudonym that is the same everywhere in this community. Each row leads to
        where else it counts.
      </p>
      <CaseTable
        data={data}
        caption={caption}
        ofCase={(one, content) => {
          const search = searchCase(one, data)
          return search === null ? (
            content
          ) : (
            <Link to="/c/$slug/case" params={{ slug }} search={search}>
              {content}
              <span className="visually-hidden">: where else it counts</span>
            </Link>
          )
        }}
      />
      <Pages data={data} />
      <CaseFileButton count={data.count} fetchFile={() => fetchFile(slug, search, data)} />
      <p className="small quiet">
        <Link to="/definitions" search={{ c: slug }} hash={metric.id}>
          How the number is worked out from these
        </Link>
      </p>
    </section>
  )
}

/** What is this number made of? */
export const CasesPage = () => {
  const { slug } = route.useParams()
  const search = route.useSearch()
  useLiveCommunity(slug)
  const { data: communities } = useQuery(communitiesQuery)
  const catalogue = useQuery(catalogueQuery)
  const cases = useQuery(casesQuery(slug, search))
  const metric = catalogue.data?.find((one) => one.id === search.metric)
  const name = communities?.find((one) => one.slug === slug)?.name ?? slug
  useDocumentTitle(`${metric?.title ?? 'Cases'} · ${name} · Barnraise`)
  const back = (
    <Link to="/c/$slug" params={{ slug }} className="small">
      ← <bdi>{name}</bdi>
    </Link>
  )
  if (search.metric === undefined || search.period === undefined)
    return (
      <div className="stack">
        {back}
        <h1 className="display">Cases of {name}</h1>
        <CardEmpty title="Which number?">
          <p className="measure">
            This address names no measure and period. Choose a number on the overview: each opens what it is made of.
          </p>
        </CardEmpty>
      </div>
    )
  if (cases.error && cases.data === undefined)
    return (
      <div className="stack">
        {back}
        <h1 className="display">Cases of {name}</h1>
        <CardProblem what="These cases" error={cases.error} onRetry={() => void cases.refetch()} />
      </div>
    )
  if (cases.data === undefined || metric === undefined)
    return catalogue.error ? (
      <CardProblem what="These cases" error={catalogue.error} onRetry={() => void catalogue.refetch()} />
    ) : (
      <Waiting heights={[32, 120, 420]} />
    )
  const { data } = cases
  const value = formatMeasured(data.point, metric.unit)
  return (
    <div className="stack" data-waiting={cases.isPlaceholderData}>
      <header className="stack-tight">
        {back}
        <p style={{ fontSize: 'var(--size-lead)' }}>
          {metric.title}
          {data.category === null ? '' : `, ${data.category.replaceAll('-', ' ')}`}, {formatPeriod(data.period)}
        </p>
        <h1 className="display">{value ?? 'No value'}</h1>
        {data.point.reason === null || (data.cases.length === 0 && data.hidden === data.point.reason) ? null : (
          <p className="measure">{data.point.reason}</p>
        )}
        {data.point.is_unfinished ? <p className="quiet">This period is not over yet.</p> : null}
      </header>
      {data.point[data.equals] === null ? null : <NumberParts data={data} />}
      <Choices metric={metric} search={search} />
      {cases.error ? <CardProblem what="The newest cases" error={cases.error} onRetry={() => void cases.refetch()} /> : null}
      <List data={data} search={search} slug={slug} metric={metric} />
    </div>
  )
}
