import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useLiveCommunity } from '../../app/live.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { NotFound } from '../period/no-events.tsx'
import { BotSection } from './bot-section.tsx'
import { CharterSection } from './charter-section.tsx'
import { FacilitatorSection } from './facilitator-section.tsx'
import classes from './house-rules.module.css'
import { useScrollToHash } from './scroll-to-hash.ts'
import { thresholdsQuery } from './settings-queries.ts'
import { ThresholdSection } from './threshold-section.tsx'
import { WordSection } from './word-section.tsx'

const route = getRouteApi('/shell/c/$slug/rules')

/** Said while the verdicts shown are still those of other rules. */
const Judging = ({ slug }: { slug: string }) => {
  const { data } = useQuery(thresholdsQuery(slug))
  return (
    <div role="status">
      {data?.is_judged_by_these === false ? (
        <p className={classes.judging}>The whole history is being judged anew by what stands here. The pages follow by themselves.</p>
      ) : null}
    </div>
  )
}

/** By what is it judged? */
export const HouseRulesPage = () => {
  const { slug } = route.useParams()
  useLiveCommunity(slug)
  useScrollToHash()
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
    <div className={`stack ${classes.page}`}>
      <header className="stack-tight">
        <p style={{ fontSize: 'var(--size-lead)', overflowWrap: 'anywhere' }}>
          <bdi>{community.name}</bdi>
        </p>
        <h1 className="display">By what is it judged?</h1>
        <p className="lead">
          What the community’s managers say of it, and the numbers that the verdict rests on.
          {isManager ? ' A change is seen by everyone who reads the verdict.' : ' Its managers can change them.'}
        </p>
        <Judging slug={slug} />
      </header>
      <CharterSection {...section} />
      <ThresholdSection {...section} />
      <FacilitatorSection {...section} />
      <BotSection {...section} />
      <WordSection {...section} />
    </div>
  )
}
