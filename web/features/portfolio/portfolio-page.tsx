import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { countOf } from '../../../shared/format.ts'
import { communitiesQuery, meQuery } from '../../app/queries.ts'
import { downloadCsv } from '../../ui/csv.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { MAX_COMPARED, MIN_COMPARED, readSlugs, writeSlugs } from '../compare/compare-search.ts'
import { FirstSteps } from '../guide/first-steps.tsx'
import { CommunityTable } from './community-table.tsx'
import { listFile } from './list-file.ts'
import { NewCommunity } from './new-community.tsx'
import classes from './portfolio.module.css'
import { PortfolioFilters } from './portfolio-filters.tsx'
import type { PortfolioSearch, Sort } from './portfolio-search.ts'
import { RemoveDemo } from './remove-demo.tsx'
import { sayNeeds, saySummary } from './say-portfolio.ts'
import { sortCommunities } from './sort-communities.ts'

const route = getRouteApi('/shell/')

/** Narrowed to, and picked out of, what there is. */
const Communities = ({ data }: { data: CommunitySummary[] }) => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = useCallback(
    (next: Partial<PortfolioSearch>) =>
      void navigate({ search: (now: PortfolioSearch) => ({ ...now, ...next }), replace: true, resetScroll: false }),
    [navigate],
  )
  const [q, setQ] = useState(search.q ?? '')
  // what was typed or pressed is drawn first, the table when there is time
  const wanted = useDeferredValue(q)
  const asked = useDeferredValue(search)
  const rows = useMemo(() => sortCommunities(data, { ...asked, q: wanted }), [data, asked, wanted])
  // one that is gone meanwhile is not picked any more
  const picked = readSlugs(search.pick).filter((slug) => data.some((row) => row.slug === slug))
  const pick = useCallback(
    (slug: string) =>
      void navigate({
        search: (now: PortfolioSearch) => {
          const before = readSlugs(now.pick)
          return { ...now, pick: writeSlugs(before.includes(slug) ? before.filter((one) => one !== slug) : [...before, slug]) }
        },
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  const sortBy = (sort: Sort) => change({ sort, down: search.sort === sort && !search.down ? true : undefined })
  const showAll = () => {
    setQ('')
    change({ q: undefined, verdict: undefined, trajectory: undefined, only: undefined })
  }
  const isNarrowed = rows.length < data.length
  return (
    <>
      <PortfolioFilters search={search} onType={setQ} onChange={change} />
      <div className={`row ${classes.tools}`}>
        <span role="status" className="small quiet">
          {isNarrowed
            ? `${countOf(rows.length, 'community', 'communities')} of ${data.length}`
            : countOf(rows.length, 'community', 'communities')}
          {search.sort === undefined ? ', those that need you first' : ''}
        </span>
        {search.sort === undefined ? null : (
          <button type="button" className="plain-button no-print" onClick={() => change({ sort: undefined, down: undefined })}>
            Those that need you first
          </button>
        )}
        <button type="button" className="plain-button no-print" onClick={() => downloadCsv('communities.csv', listFile(rows))}>
          CSV
        </button>
        {picked.length === 0 ? null : (
          <span className={`row ${classes.picked} no-print`}>
            {picked.length < MIN_COMPARED ? (
              <span className="small quiet">Pick another one to compare, up to {MAX_COMPARED}</span>
            ) : (
              <Link to="/compare" search={{ of: writeSlugs(picked) }} className={classes.compare}>
                Compare {picked.length}
              </Link>
            )}
            <button type="button" className="plain-button" onClick={() => change({ pick: undefined })}>
              Pick none
            </button>
          </span>
        )}
      </div>
      {rows.length === 0 ? (
        <CardEmpty title="No community fits the filter">
          <div>
            <button type="button" className="plain-button" onClick={showAll}>
              Show all {data.length}
            </button>
          </div>
        </CardEmpty>
      ) : (
        <CommunityTable rows={rows} search={asked} picked={picked} isFull={picked.length >= MAX_COMPARED} onPick={pick} onSort={sortBy} />
      )}
    </>
  )
}

const NeedsRule = () => (
  <details className={`small quiet measure ${classes.rule}`}>
    <summary>When does a community need you?</summary>
    <p>
      When it drifts from its charter; when its direction is declining; when nothing has come in for four weeks, which may be a fault of the
      feed; when so few of the questions of its last three months were answered within a week that even the upper end of the interval lies
      under 60&nbsp;%, from ten questions on and never from inferred threads; or when it has no data yet. A demo is never called silent.
      That is our judgement: reasons in words, and no score.
    </p>
  </details>
)

/** Which community needs me? */
export const PortfolioPage = () => {
  useDocumentTitle('Communities · Barnraise')
  const { data: me } = useQuery(meQuery)
  const { data, error, refetch } = useQuery(communitiesQuery)
  if (data === undefined)
    return error ? (
      <CardProblem what="The list of communities" error={error} onRetry={() => void refetch()} />
    ) : (
      <Waiting heights={[72, 56, 480]} />
    )
  const isAdministrator = me?.is_administrator ?? false
  return (
    <div className="stack">
      <header className="stack-tight">
        <h1 className="display">{data.length === 0 ? 'No communities yet' : 'Which community needs you?'}</h1>
        {data.length === 0 ? null : (
          <>
            <p className="lead">{sayNeeds(data)}</p>
            <p className="small quiet">{saySummary(data)}</p>
            <NeedsRule />
          </>
        )}
      </header>
      <FirstSteps />
      {error ? <CardProblem what="The newest list" error={error} onRetry={() => void refetch()} /> : null}
      {data.length === 0 ? (
        <CardEmpty title="What would fill this page">
          <p className="measure">
            {isAdministrator
              ? 'Make a community below and drop the export of the place where it talks: the verdict follows in a minute. Or load the demo communities with “npm run cli -- demo load”; where a first start loads them, they appear here by themselves.'
              : 'You have not been invited to any community yet. An administrator can invite you.'}
          </p>
        </CardEmpty>
      ) : (
        <Communities data={data} />
      )}
      {isAdministrator ? (
        <div className="stack no-print">
          {data.some((c) => c.is_demo) ? <RemoveDemo names={data.filter((c) => c.is_demo).map((c) => c.name)} /> : null}
          <NewCommunity />
        </div>
      ) : null}
    </div>
  )
}
