import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useLiveCommunity } from '../../app/live.ts'
import { VERDICT_VIEWS } from '../../../shared/verdict-views.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { VIEW_WORDS } from '../verdict/verdict-views.ts'
import { BehindVerdict } from './behind-verdict.tsx'
import classes from './evidence.module.css'
import type { EvidenceSearch } from './evidence-search.ts'
import { evidenceQuery, testCasesQuery } from './fetch-evidence.ts'
import { TestCases } from './test-cases.tsx'

const route = getRouteApi('/shell/c/$slug/evidence')

/** Who counts: each view is a click, and an address, apart. */
const Views = ({ search }: { search: EvidenceSearch }) => (
  <nav className={`${classes.views} no-print`} aria-label="Who counts">
    {VERDICT_VIEWS.map((view) => (
      <Link
        key={view}
        from="/c/$slug/evidence"
        to="/c/$slug/evidence"
        search={({ after: _, first: __, view: ___, ...now }) => (view === 'as_found' ? now : { ...now, view })}
        data-chosen={(search.view ?? 'as_found') === view}
        activeOptions={{ exact: true, explicitUndefined: true }}
        title={VIEW_WORDS[view].meaning}
      >
        {VIEW_WORDS[view].label}
      </Link>
    ))}
  </nav>
)

const Banner = ({ view }: { view: EvidenceSearch['view'] }) =>
  view === undefined ? null : (
    <p className={classes.banner} role="status">
      <span className="strong">Not the verdict: a what-if view, {VIEW_WORDS[view].as}.</span> {VIEW_WORDS[view].meaning}
    </p>
  )

const ofTest = ({ people: _, threads: __, words: ___, left_out: ____, ...search }: EvidenceSearch) => search

const Test = ({ slug, search }: { slug: string; search: EvidenceSearch }) => {
  const { data, error, refetch, isPlaceholderData } = useQuery(testCasesQuery(slug, search))
  if (error && (data === undefined || isPlaceholderData))
    return <CardProblem what="What this number counts" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting heights={[120, 96, 420]} />
  return (
    <div className="stack" data-waiting={isPlaceholderData}>
      {error ? <CardProblem what="The newest cases" error={error} onRetry={() => void refetch()} /> : null}
      <TestCases data={data} slug={slug} search={search} />
    </div>
  )
}

const Behind = ({ slug, search }: { slug: string; search: EvidenceSearch }) => {
  const navigate = route.useNavigate()
  const { data, error, refetch, isPlaceholderData } = useQuery(evidenceQuery(slug, search))
  if (error && (data === undefined || isPlaceholderData))
    return <CardProblem what="Who and what is behind the verdict" error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Waiting heights={[120, 420, 420]} />
  return (
    <div className="stack" data-waiting={isPlaceholderData}>
      {error ? <CardProblem what="The newest evidence" error={error} onRetry={() => void refetch()} /> : null}
      <BehindVerdict
        data={data}
        slug={slug}
        search={search}
        onChange={(next) => void navigate({ search: (now) => ({ ...now, ...next }), resetScroll: false, replace: true })}
      />
    </div>
  )
}

/** Who and what is behind a verdict; or behind one number of it, case by case. */
export const EvidencePage = () => {
  const { slug } = route.useParams()
  const search = route.useSearch()
  useLiveCommunity(slug)
  const { data: communities } = useQuery(communitiesQuery)
  const name = communities?.find((one) => one.slug === slug)?.name ?? slug
  useDocumentTitle(`Evidence · ${name} · Barnraise`)
  const isTest = search.rule !== undefined && search.metric !== undefined
  return (
    <div className="stack">
      <div className="row small">
        <Link to="/c/$slug" params={{ slug }} search={search.at === undefined ? {} : { at: search.at.slice(0, 7) }}>
          ← <bdi>{name}</bdi>
        </Link>
        {isTest ? (
          <Link
            from="/c/$slug/evidence"
            to="/c/$slug/evidence"
            search={({ at, view }) => ({ ...(at === undefined ? {} : { at }), ...(view === undefined ? {} : { view }) })}
          >
            Who and what is behind the verdict
          </Link>
        ) : null}
      </div>
      <Banner view={search.view} />
      <Views search={search} />
      {isTest ? <Test slug={slug} search={ofTest(search)} /> : <Behind slug={slug} search={search} />}
    </div>
  )
}
