import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import type { HealthReport } from '../../../shared/contract/health-report.ts'
import { historyQuery, verdictQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { thresholdsQuery } from '../house-rules/settings-queries.ts'
import { DirectionCard } from './direction-card.tsx'
import { ExclusionCard } from './exclusion-card.tsx'
import { HistoryCard } from './history-card.tsx'
import { RuleList } from './rule-list.tsx'
import { VerdictHero } from './verdict-hero.tsx'
import classes from './verdict.module.css'
import { VIEW_WORDS } from './verdict-views.ts'
import { VerdictWhy } from './verdict-why.tsx'

const route = getRouteApi('/shell/c/$slug')

/** Said while what is shown is still judged by other house rules than those that stand now. */
const BeingJudgedAnew = ({ slug }: { slug: string }) => {
  const { data } = useQuery(thresholdsQuery(slug))
  return data?.is_judged_by_these === false ? (
    <p className={classes.anew} role="status">
      Its house rules have changed, and its whole history is being judged anew. Until then all below is by the rules before; the page
      follows by itself.
    </p>
  ) : null
}

type PartProps = {
  community: CommunitySummary
  report: HealthReport
  /** Stands under the verdict's sentence, before all that it rests on; shown while the verdict is not there too. */
  children: ReactNode
}

/** The verdict and, below what the page puts between, everything it rests on: of the latest evaluation, or of the month and the view that the address asks for. */
export const VerdictPart = ({ community, report, children }: PartProps) => {
  const { slug, name, demo_note } = community
  const { at, view = 'as_found' } = route.useSearch()
  const history = useQuery({ ...historyQuery(slug), enabled: at !== undefined })
  const shown = at === undefined ? report.latest_verdict : report.verdicts.find((verdict) => verdict.period === at)
  // a month outside the range of the charts is known by the history, which has its day
  const day = shown?.at ?? history.data?.verdicts.find((moment) => moment.at.startsWith(`${at}-`))?.at
  const fetched = useQuery({ ...verdictQuery(slug, day ?? '', 'as_found'), enabled: shown === undefined && day !== undefined })
  const isLooking = shown === undefined && (history.isLoading || fetched.isLoading)
  const found = shown ?? fetched.data ?? (isLooking ? undefined : report.latest_verdict)
  const seen = useQuery({
    ...verdictQuery(slug, found?.at ?? '', view),
    enabled: view !== 'as_found' && found !== undefined && found !== null,
    placeholderData: keepPreviousData,
  })
  if (found === undefined)
    return (
      <>
        <Waiting heights={[180]} />
        {children}
      </>
    )
  if (found === null)
    return (
      <>
        <header className="stack-tight">
          <h1 className="display">The verdict on {name} is being worked out</h1>
          <p className="lead">Its events have arrived. This page fills by itself.</p>
        </header>
        {children}
      </>
    )
  const isLatest = found.at === report.latest_verdict?.at
  const chosen = isLatest ? null : found.at.slice(0, 7)
  const verdict = view === 'as_found' ? found : seen.data
  if (verdict === undefined)
    return (
      <>
        {seen.error ? (
          <CardProblem what={`The verdict ${VIEW_WORDS[view].as}`} error={seen.error} onRetry={() => void seen.refetch()} />
        ) : (
          <Waiting heights={[180]} />
        )}
        {children}
        <HistoryCard slug={slug} chosen={chosen} />
      </>
    )
  return (
    <>
      <BeingJudgedAnew slug={slug} />
      {fetched.error ? <CardProblem what="That month’s verdict" error={fetched.error} onRetry={() => void fetched.refetch()} /> : null}
      <VerdictHero verdict={verdict} found={found} view={view} slug={slug} name={name} demoNote={demo_note} isLatest={isLatest} />
      {children}
      <VerdictWhy verdict={verdict} found={found} view={view} slug={slug} demoNote={demo_note} isLatest={isLatest} />
      <HistoryCard slug={slug} chosen={chosen} />
      <DirectionCard verdict={found} />
      <RuleList verdict={verdict} slug={slug} view={view} />
      <ExclusionCard verdict={verdict} slug={slug} view={view} />
    </>
  )
}
