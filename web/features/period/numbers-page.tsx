import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue } from 'react'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { formatInstant, formatZone } from '../../../shared/format.ts'
import { useLiveCommunity } from '../../app/live.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { NoEvents, NotFound } from './no-events.tsx'
import { NotesInRange, NotesOnCharts } from './notes-on-charts.tsx'
import classes from './period.module.css'
import { PeriodPicker } from './period-picker.tsx'
import { type Numbers, useNumbers } from './use-numbers.ts'

type PageProps = {
  /** The page's name in the window's title; absent for the overview. */
  name?: string
  /** Heights of what is being waited for. */
  heights?: number[]
  children: (numbers: Numbers) => ReactNode
}

const WithNumbers = ({
  community,
  knownBy,
  heights,
  children,
}: { community: CommunitySummary; knownBy: string } & Required<Omit<PageProps, 'name'>>) => {
  const { numbers: newest, error, retry } = useNumbers(community, knownBy)
  // a click is answered at once, and the charts follow piece by piece
  const numbers = useDeferredValue(newest)
  if (numbers === null)
    return error === null ? <Waiting heights={heights} /> : <CardProblem what={community.name} error={error} onRetry={retry} />
  return (
    <NotesOnCharts slug={community.slug} timeZone={community.time_zone}>
      <div className="stack">
        {numbers.error ? <CardProblem what="The newest numbers" error={numbers.error} onRetry={retry} /> : null}
        {children(numbers)}
      </div>
    </NotesOnCharts>
  )
}

/**
 * A page of a community's numbers: finds the community and its numbers over the periods that the address asks for, keeps them up
 * to date, and shows what stands in their place while there are none.
 */
export const NumbersPage = ({ name, heights = [120, 320, 340], children }: PageProps) => {
  const { slug = '' } = useParams({ strict: false })
  const communities = useQuery(communitiesQuery)
  useLiveCommunity(slug)
  const community = communities.data?.find((c) => c.slug === slug)
  useDocumentTitle([name, community?.name ?? slug, 'Barnraise'].filter(Boolean).join(' · '))
  if (communities.data === undefined)
    return communities.error ? (
      <CardProblem what="This community" error={communities.error} onRetry={() => void communities.refetch()} />
    ) : (
      <Waiting heights={heights} />
    )
  if (community === undefined) return <NotFound slug={slug} />
  if (community.known_by === null) return <NoEvents community={community} />
  return (
    <WithNumbers key={slug} community={community} knownBy={community.known_by} heights={heights}>
      {children}
    </WithNumbers>
  )
}

/** What a page of numbers begins with: its question, the answer in words, and up to when anything is known. */
export const NumbersHeader = ({ numbers, question, answer }: { numbers: Numbers; question: string; answer: ReactNode }) => (
  <header className="stack-tight">
    <p style={{ fontSize: 'var(--size-lead)' }}>
      <bdi>{numbers.community.name}</bdi>
    </p>
    <h1 className="display">{question}</h1>
    <p className="lead">{answer}</p>
    <KnownBy numbers={numbers} />
  </header>
)

/** Up to when anything is known, and in which zone a day is a day. */
export const KnownBy = ({ numbers: { report, community } }: { numbers: Numbers }) => {
  const knownBy = report.known_by ?? community.known_by ?? ''
  const [there, here] = [
    formatInstant(knownBy, community.time_zone),
    formatInstant(knownBy, Intl.DateTimeFormat().resolvedOptions().timeZone),
  ]
  return (
    <p className="small quiet">
      Known by {there}
      {there === here ? '' : ` (${here} where you are)`}. Days begin and end in {formatZone(community.time_zone)}.
      {report.is_stale ? ' Newer events have arrived and are being worked in; the page will follow by itself.' : ''}
    </p>
  )
}

/** The choice of periods, which stays in sight. */
export const PeriodRow = ({ numbers }: { numbers: Numbers }) => {
  const { range, firstDay, lastDay, beforeError } = numbers
  return (
    <>
      <div className={classes.pickerRow}>
        <PeriodPicker range={range} firstMonth={firstDay.slice(0, 7)} lastMonth={lastDay.slice(0, 7)} />
        {beforeError ? <p className="small">The time before could not be fetched: {beforeError.message}</p> : null}
      </div>
      <NotesInRange numbers={numbers} />
    </>
  )
}

/** Cards two abreast, one where there is no room. */
export const CardGrid = ({ numbers, children }: { numbers: Numbers; children: ReactNode }) => (
  <div className={classes.cards} data-waiting={numbers.isOld}>
    {children}
  </div>
)
