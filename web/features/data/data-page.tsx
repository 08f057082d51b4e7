import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { formatZone, lastKnownDay } from '../../../shared/format.ts'
import { useLiveCommunity } from '../../app/live.ts'
import { communitiesQuery, healthQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { NotFound } from '../period/no-events.tsx'
import { resolveRange } from '../period/resolve-range.ts'
import { ChannelSection } from './channel-section.tsx'
import { IdentitySection } from './identity-section.tsx'
import { ChooseFiles } from '../import/choose-files.tsx'
import { ImportList } from './import-list.tsx'
import { KeyList } from './key-list.tsx'
import { RemoveCommunity } from './remove-community.tsx'
import { SourceList } from './source-list.tsx'
import { WebhookSection } from './webhook-section.tsx'

const route = getRouteApi('/shell/c/$slug/data')

/** Of a community that nothing has been heard of: the quickest way first. */
const FirstImport = ({ slug }: { slug: string }) => (
  <section className="card stack-tight" aria-labelledby="first-import">
    <h2 className="title" id="first-import">
      Bring its history
    </h2>
    <ChooseFiles slug={slug} />
    <p>
      <Link to="/c/$slug/import" params={{ slug }}>
        How do I get my export?
      </Link>
    </p>
  </section>
)

/** Where does it come from? */
export const DataPage = () => {
  const { slug } = route.useParams()
  useLiveCommunity(slug)
  const communities = useQuery(communitiesQuery)
  const community = communities.data?.find((c) => c.slug === slug)
  useDocumentTitle(`Data of ${community?.name ?? slug} · Barnraise`)
  // the sources stand in the same report that the overview shows
  const lastDay = lastKnownDay(community?.known_by ?? new Date().toISOString(), community?.time_zone ?? 'UTC')
  const health = useQuery({ ...healthQuery(slug, resolveRange({}, lastDay, null)), enabled: community !== undefined })
  if (communities.data === undefined)
    return communities.error ? (
      <CardProblem what="This page" error={communities.error} onRetry={() => void communities.refetch()} />
    ) : (
      <Waiting heights={[72, 240, 240]} />
    )
  if (community === undefined) return <NotFound slug={slug} />
  const isManager = community.role === 'administrator' || community.role === 'manager'
  return (
    <div className="stack">
      <header className="stack-tight">
        <p style={{ fontSize: 'var(--size-lead)', overflowWrap: 'anywhere' }}>
          <bdi>{community.name}</bdi>
        </p>
        <h1 className="display">Where do the numbers come from?</h1>
        {community.demo_note === null ? null : <p className="lead">Demo: {community.demo_note}</p>}
        <p className="quiet small">Days begin and end in {formatZone(community.time_zone)}.</p>
      </header>
      {isManager && community.known_by === null ? (
        <FirstImport slug={slug} />
      ) : health.data !== undefined ? (
        <SourceList sources={health.data.sources} timeZone={community.time_zone} />
      ) : health.error ? (
        <CardProblem what="The sources" error={health.error} onRetry={() => void health.refetch()} />
      ) : (
        <Waiting heights={[200]} />
      )}
      {isManager ? (
        <>
          <ImportList slug={slug} timeZone={community.time_zone} />
          <ChannelSection slug={slug} isManager={isManager} />
          <IdentitySection slug={slug} timeZone={community.time_zone} sources={health.data?.sources.length ?? 0} />
          <WebhookSection slug={slug} timeZone={community.time_zone} />
          <KeyList slug={slug} timeZone={community.time_zone} />
        </>
      ) : (
        <>
          <ChannelSection slug={slug} isManager={isManager} />
          <p className="quiet measure">Keys and imports are shown to the community’s manager and to administrators.</p>
        </>
      )}
      {community.role === 'administrator' ? <RemoveCommunity slug={slug} name={community.name} /> : null}
    </div>
  )
}
