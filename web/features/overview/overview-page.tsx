import { useDocumentTitle } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { dayInZone, formatInstant, formatZone, lastKnownDay } from '../../../shared/format.ts'
import { useLiveCommunity } from '../../app/live.ts'
import { catalogueQuery, communitiesQuery, healthQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { VerdictPart } from '../verdict/verdict-part.tsx'
import { BenefitList } from './benefit-list.tsx'
import { ChangeTable } from './change-table.tsx'
import { MetricCard } from './metric-card.tsx'
import { NoEvents, NotFound } from './no-events.tsx'
import classes from './overview.module.css'
import { listSections } from './overview-cards.ts'
import { PeriodPicker } from './period-picker.tsx'
import { viewReport } from './report-view.ts'
import { rangeBefore, resolveRange } from './resolve-range.ts'

const route = getRouteApi('/shell/c/$slug')

/** The first local day with an event, over all sources; null when there is none. */
const firstDayOf = (sources: { first_event_at: string | null }[], timeZone: string): string | null => {
  const first = sources
    .map((s) => s.first_event_at)
    .filter((at) => at !== null)
    .sort()[0]
  return first === undefined ? null : dayInZone(first, timeZone)
}

const Report = ({ community, knownBy }: { community: CommunitySummary; knownBy: string }) => {
  const { slug } = community
  const search = route.useSearch()
  const zone = community.time_zone
  const lastDay = lastKnownDay(knownBy, zone)
  const usual = useQuery({ ...healthQuery(slug, resolveRange({}, lastDay, null)), placeholderData: keepPreviousData })
  const firstDay = usual.data === undefined ? null : firstDayOf(usual.data.sources, zone)
  const range = resolveRange(search, lastDay, firstDay)
  const isWaitingForStart = search.range === 'all' && usual.data === undefined
  const health = useQuery({ ...healthQuery(slug, range), placeholderData: keepPreviousData, enabled: !isWaitingForStart })
  const earlier = useQuery({
    ...healthQuery(slug, rangeBefore(range, search.compare ?? 'previous')),
    enabled: search.compare !== undefined,
  })
  const { data: catalogue } = useQuery(catalogueQuery)

  if (health.error && health.data === undefined)
    return <CardProblem what={community.name} error={health.error} onRetry={() => void health.refetch()} />
  if (health.data === undefined) return <Waiting heights={[420, 320, 340, 480]} />
  const report = health.data
  const view = viewReport(report)
  const before = search.compare !== undefined && earlier.data !== undefined ? viewReport(earlier.data) : null
  return (
    <div className="stack">
      {health.error ? <CardProblem what="The newest numbers" error={health.error} onRetry={() => void health.refetch()} /> : null}
      <VerdictPart community={community} report={report} />
      <p className="small quiet">
        Known by {formatInstant(report.known_by ?? knownBy, zone)}. Days begin and end in {formatZone(zone)}.
        {report.is_stale ? ' Newer events have arrived and are being worked in; the page will follow by itself.' : ''}
      </p>
      <div className={classes.pickerRow}>
        <PeriodPicker range={range} firstMonth={(firstDay ?? lastDay).slice(0, 7)} lastMonth={lastDay.slice(0, 7)} />
        {search.compare !== undefined && earlier.error ? (
          <p className="small">The time before could not be fetched: {earlier.error.message}</p>
        ) : null}
      </div>
      <BenefitList view={view} catalogue={catalogue} />
      {catalogue === undefined ? null : <ChangeTable view={view} catalogue={catalogue} />}
      {listSections(view).map((section) => (
        <section key={section.id} className="stack-tight" aria-labelledby={`section-${section.id}`}>
          <h2 className="title" id={`section-${section.id}`}>
            {section.title}
          </h2>
          <div className={classes.cards} data-waiting={health.isPlaceholderData}>
            {section.cards.map((spec) => (
              <MetricCard key={spec.id} spec={spec} view={view} before={before} catalogue={catalogue} />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

/** Is it a community now? */
export const OverviewPage = () => {
  const { slug } = route.useParams()
  const communities = useQuery(communitiesQuery)
  useLiveCommunity(slug)
  const community = communities.data?.find((c) => c.slug === slug)
  useDocumentTitle(`${community?.name ?? slug} · Barnraise`)
  if (communities.data === undefined)
    return communities.error ? (
      <CardProblem what="This community" error={communities.error} onRetry={() => void communities.refetch()} />
    ) : (
      <Waiting heights={[420, 320, 340, 480]} />
    )
  if (community === undefined) return <NotFound slug={slug} />
  if (community.known_by === null) return <NoEvents community={community} />
  return <Report key={slug} community={community} knownBy={community.known_by} />
}
