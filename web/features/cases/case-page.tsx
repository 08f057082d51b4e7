import { SegmentedControl } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CasePlace } from '../../../shared/contract/case-place.ts'
import { FAMILY_TITLES, type MetricDescription } from '../../../shared/contract/metric.ts'
import { formatCount, formatInstant, formatPeriod, sayCountOf, startSentence } from '../../../shared/format.ts'
import { GRAINS, type Grain } from '../../../shared/period.ts'
import { formatMeasured } from '../../../shared/unit.ts'
import { get } from '../../app/api.ts'
import { useLiveCommunity } from '../../app/live.ts'
import { catalogueQuery, communitiesQuery } from '../../app/queries.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { formatCell } from './case-cells.ts'
import { type CaseSearch, namesCase } from './case-search.ts'
import { isWebAddress } from './case-table.tsx'
import { KIND_NOUNS, nameEvent, sayEpisode, sayInferredLink, sayState } from './case-words.ts'
import classes from './cases.module.css'

const route = getRouteApi('/shell/c/$slug/case')

const placeQuery = (slug: string, search: CaseSearch) =>
  queryOptions({
    queryKey: ['community', slug, 'case', search],
    queryFn: ({ signal }) => {
      const asked = Object.entries(search).filter((entry): entry is [string, Grain] => entry[1] !== undefined)
      return get<CasePlace>(`/api/v1/communities/${encodeURIComponent(slug)}/case?${new URLSearchParams(asked)}`, signal)
    },
    enabled: namesCase(search),
    placeholderData: keepPreviousData,
    // what is not there does not come by asking again
    retry: false,
  })

const Place = ({ url, source, id }: { url: string | null; source: string; id: string }) =>
  url !== null && isWebAddress(url) ? (
    <a href={url} target="_blank" rel="noreferrer noopener">
      Open it where it happened<span className="visually-hidden"> in a new tab</span>
    </a>
  ) : (
    <span>
      <bdi>{source}</bdi> <bdi>{id}</bdi>
    </span>
  )

/** What the case says of itself, a line each. */
const Facts = ({ place }: { place: CasePlace }) => {
  const { event, row, time_zone: zone } = place
  const facts: [string, React.ReactNode][] =
    event === null
      ? (row?.columns ?? []).flatMap((column): [string, React.ReactNode][] => {
          const value = row?.case.values[column.id] ?? null
          return value === null && column.format !== 'person' ? [] : [[column.title, formatCell(value, column, zone)]]
        })
      : [
          ['When', formatInstant(event.occurred_at, zone)],
          ['By', event.person ?? 'not named'],
          ...(event.channel === null ? [] : [['Topic', event.channel] as [string, React.ReactNode]]),
          ...(event.category === null ? [] : [['Counts as', startSentence(event.category)] as [string, React.ReactNode]]),
          ['Where', <Place key="place" {...event} />],
        ]
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="small quiet">{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const Thread = ({ place, slug }: { place: CasePlace; slug: string }) => {
  const { thread, episode, time_zone: zone } = place
  if (thread === null || thread.contributions.length === 0) return null
  const last = thread.before + thread.contributions.length
  return (
    <section className="card stack-tight" aria-labelledby="thread">
      <h2 className="title" id="thread">
        Its thread
      </h2>
      {episode === null ? null : <p className="measure">{sayEpisode(episode, zone)}</p>}
      <p className="small quiet">
        {thread.contributions.length < thread.count
          ? `${formatCount(thread.before + 1)} to ${formatCount(last)} of ${formatCount(thread.count)} contributions, in order of time.`
          : `${startSentence(sayCountOf(thread.count, 'contribution'))}, in order of time.`}
      </p>
      <ol className={classes.thread} start={thread.before + 1}>
        {thread.contributions.map((one) => (
          <li
            key={`${one.source} ${one.id}`}
            aria-current={one.is_this ? 'true' : undefined}
            className={one.is_this ? 'strong' : undefined}
          >
            {one.is_this ? (
              <span>{nameEvent({ kind: one.kind, type: '' })}</span>
            ) : (
              <Link to="/c/$slug/case" params={{ slug }} search={{ source: one.source, id: one.id }}>
                {nameEvent({ kind: one.kind, type: '' })}
              </Link>
            )}{' '}
            <span className="quiet">
              <bdi>{one.person ?? 'not named'}</bdi>, {formatInstant(one.occurred_at, zone)}
              {one.is_this ? ', this one' : ''}
              {one.is_answer && one.kind !== 'answer' ? ', counts as an answer' : ''}
              {one.state === 'counted'
                ? ''
                : `, ${one.state === 'removed' ? 'taken back' : one.state === 'bot' ? 'a bot’s' : 'stands apart'}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

type Count = CasePlace['counts'][number]

/** The lists of one number: its numerator stands before its denominator. */
const CountRow = ({ counts, metric, place, slug }: { counts: Count[]; metric: MetricDescription; place: CasePlace; slug: string }) => {
  const [first] = counts as [Count, ...Count[]]
  const value = formatMeasured(first.point, metric.unit)
  return (
    <tr>
      <th scope="row">
        {metric.title}
        {first.category === null ? '' : `, ${first.category.replaceAll('-', ' ')}`}
      </th>
      <td className="number" data-label={startSentence(formatPeriod(place.period))}>
        {value ?? 'no value'}
      </td>
      <td data-label="Counts among">
        {counts.map((one, i) => (
          <span key={one.part ?? 'all'}>
            {i > 0 ? '; ' : ''}
            <Link
              to="/c/$slug/cases"
              params={{ slug }}
              search={{
                metric: one.metric,
                period: place.period,
                ...(one.category === null ? {} : { category: one.category }),
                ...(one.part === null ? {} : { part: one.part }),
              }}
            >
              {one.set.words}
            </Link>
            {one.part === null ? '' : <span className="quiet"> ({one.part})</span>}
            {one.amount === 1 ? '' : <span className="quiet"> (adds {formatCount(one.amount)})</span>}
          </span>
        ))}
      </td>
    </tr>
  )
}

const Counts = ({ place, slug, catalogue }: { place: CasePlace; slug: string; catalogue: MetricDescription[] }) => {
  const navigate = route.useNavigate()
  const families = Map.groupBy(place.counts, (one) => catalogue.find((metric) => metric.id === one.metric)?.family ?? 'activity')
  const numbers = new Set(place.counts.map((one) => `${one.metric} ${one.category}`)).size
  return (
    <section className="card stack-tight" aria-labelledby="counts">
      <h2 className="title" id="counts">
        Where else it counts
      </h2>
      <SegmentedControl
        size="xs"
        className="no-print"
        aria-label="Numbers of its"
        value={place.grain}
        onChange={(grain) => void navigate({ search: (now) => ({ ...now, grain: grain as Grain }), resetScroll: false, replace: true })}
        data={GRAINS.map((grain) => ({ value: grain, label: startSentence(grain) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <p className="measure">
        {place.counts.length === 0
          ? `No number of ${formatPeriod(place.period)} counts it.`
          : `${startSentence(sayCountOf(numbers, 'number'))} of ${formatPeriod(place.period)} ${numbers === 1 ? 'counts' : 'count'} it. Each list opens with it among the others.`}
      </p>
      {[...families].map(([family, counts]) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section key={family} className="scroll-x" tabIndex={0} aria-label={FAMILY_TITLES[family]}>
          <table className={`data-table ${classes.counts}`}>
            <caption className={classes.family}>{FAMILY_TITLES[family]}</caption>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Number</th>
                <th scope="col">{startSentence(formatPeriod(place.period))}</th>
                <th scope="col">Counts among</th>
              </tr>
            </thead>
            <tbody>
              {[...Map.groupBy(counts, (one) => `${one.metric} ${one.category}`)].map(([name, its]) => {
                const metric = catalogue.find((one) => one.id === its[0]?.metric)
                return metric === undefined ? null : <CountRow key={name} counts={its} metric={metric} place={place} slug={slug} />
              })}
            </tbody>
          </table>
        </section>
      ))}
    </section>
  )
}

/** What is this case, and where else does it count? */
export const CasePage = () => {
  const { slug } = route.useParams()
  const search = route.useSearch()
  useLiveCommunity(slug)
  const { data: communities } = useQuery(communitiesQuery)
  const catalogue = useQuery(catalogueQuery)
  const found = useQuery(placeQuery(slug, search))
  const name = communities?.find((one) => one.slug === slug)?.name ?? slug
  useDocumentTitle(`One case · ${name} · Barnraise`)
  const back = (
    <Link to="/c/$slug" params={{ slug }} className="small">
      ← <bdi>{name}</bdi>
    </Link>
  )
  if (!namesCase(search))
    return (
      <div className="stack">
        {back}
        <h1 className="display">One case</h1>
        <CardEmpty title="Which case?">
          <p className="measure">This address names no case. Open a number’s cases, and choose “Where else it counts” in a row.</p>
        </CardEmpty>
      </div>
    )
  const error = found.error ?? catalogue.error
  if (found.data === undefined || catalogue.data === undefined)
    return error === null ? (
      <Waiting heights={[32, 160, 420]} />
    ) : (
      <div className="stack">
        {back}
        <h1 className="display">One case</h1>
        <CardProblem what="This case" error={error} onRetry={() => void (found.error ? found.refetch() : catalogue.refetch())} />
      </div>
    )
  const place = found.data
  const { event } = place
  const remarks = [
    event === null ? null : sayState(event.state),
    event === null ? null : sayInferredLink(event.inferred),
    place.hidden,
  ].filter((remark) => remark !== null)
  return (
    <div className="stack" data-waiting={found.isPlaceholderData}>
      <header className="stack-tight">
        {back}
        <h1 className="display">{event === null ? (place.kind === null ? 'One case' : KIND_NOUNS[place.kind]) : nameEvent(event)}</h1>
        {remarks.map((remark) => (
          <p key={remark} className="measure">
            {remark}
          </p>
        ))}
        <Facts place={place} />
      </header>
      <Thread place={place} slug={slug} />
      <Counts place={place} slug={slug} catalogue={catalogue.data} />
    </div>
  )
}
