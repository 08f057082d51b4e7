import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useLiveCommunity } from '../../app/live.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { NotFound } from '../overview/no-events.tsx'
import { BotSection } from './bot-section.tsx'
import { WordSection } from './word-section.tsx'

const route = getRouteApi('/shell/c/$slug/rules')

/** By what is it judged? */
export const HouseRulesPage = () => {
  const { slug } = route.useParams()
  useLiveCommunity(slug)
  const communities = useQuery(communitiesQuery)
  const community = communities.data?.find((c) => c.slug === slug)
  useDocumentTitle(`House rules of ${community?.name ?? slug} · Barnraise`)
  if (communities.data === undefined)
    return communities.error ? (
      <CardProblem what="This page" error={communities.error} onRetry={() => void communities.refetch()} />
    ) : (
      <Waiting heights={[72, 240, 480]} />
    )
  if (community === undefined) return <NotFound slug={slug} />
  const isManager = community.role === 'administrator' || community.role === 'manager'
  const section = { slug, isManager, timeZone: community.time_zone }
  return (
    <div className="stack">
      <header className="stack-tight">
        <p style={{ fontSize: 'var(--size-lead)', overflowWrap: 'anywhere' }}>
          <bdi>{community.name}</bdi>
        </p>
        <h1 className="display">By what is it judged?</h1>
      </header>
      <BotSection {...section} />
      <WordSection {...section} />
    </div>
  )
}
