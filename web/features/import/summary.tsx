import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Import } from '../../../shared/contract/import.ts'
import type { CommunitySummary } from '../../../shared/contract/community.ts'
import { countOf, formatCount, joinWords, lastKnownDay, startSentence } from '../../../shared/format.ts'
import { LinkButton } from '../../app/link-button.tsx'
import { useLiveCommunity } from '../../app/live.ts'
import { communitiesQuery, healthQuery, rejectionsQuery, verdictQuery } from '../../app/queries.ts'
import { Failure } from '../../ui/failure.tsx'
import { Waiting } from '../../ui/states.tsx'
import { pathOf } from '../house-rules/settings-queries.ts'
import { resolveRange } from '../period/resolve-range.ts'
import { VerdictMark } from '../verdict/verdict-mark.tsx'
import { CountList, SkippedRows } from './count-list.tsx'
import { listTypes } from './event-words.ts'
import classes from './import.module.css'
import { saySpan } from './say-preview.ts'
import { RejectionTable } from './rejection-table.tsx'

/** The first rows shown here; the file has them all. */
const SHOWN = 20

/** The verdict, as soon as the numbers hold what came in. */
const VerdictCard = ({ slug, community }: { slug: string; community: CommunitySummary }) => {
  useLiveCommunity(slug)
  // until its first numbers there is nothing to ask but whether they are there
  useQuery({ ...communitiesQuery, refetchInterval: community.known_by === null ? 2000 : false })
  const knownBy = community.known_by
  const lastDay = lastKnownDay(knownBy ?? new Date().toISOString(), community.time_zone)
  // the report says whether newer events are still being worked in
  const health = useQuery({
    ...healthQuery(slug, resolveRange({}, lastDay, null)),
    enabled: knownBy !== null,
    refetchInterval: ({ state }) => (state.data?.is_stale === false ? false : 2000),
  })
  const isReady = knownBy !== null && health.data?.is_stale === false
  const verdict = useQuery({ ...verdictQuery(slug, lastDay, 'as_found'), enabled: isReady })
  const shown = isReady ? verdict.data : undefined
  return (
    <section className="card stack-tight" aria-labelledby="verdict" aria-live="polite" aria-busy={shown === undefined}>
      <h2 className={shown === undefined ? 'title' : 'visually-hidden'} id="verdict">
        {shown === undefined ? 'Working out the verdict …' : 'The verdict'}
      </h2>
      {shown === undefined ? (
        <>
          <p className="measure">
            What came in is being counted, day by day. It takes from a few seconds to some minutes, and appears here by itself; you may
            leave this page.
          </p>
          {verdict.error ? <Failure error={verdict.error} /> : <progress className={classes.bar} aria-label="Working out the verdict" />}
        </>
      ) : (
        <>
          <div className={classes.verdict}>
            <VerdictMark verdict={shown.verdict} size={36} />
            <p className="display">{shown.sentence}</p>
          </div>
          <p className="lead">{shown.because}</p>
          <div>
            <LinkButton to="/c/$slug" params={{ slug }} size="md">
              See the verdict
            </LinkButton>
          </div>
        </>
      )}
    </section>
  )
}

const Rejected = ({ slug, one }: { slug: string; one: Import }) => {
  const count = one.rejected + one.conflict
  const { data, error } = useQuery({ ...rejectionsQuery(slug, one.id), enabled: count > 0 })
  if (count === 0) return null
  return (
    <section className="card stack-tight" aria-labelledby="not-accepted">
      <h2 className="title" id="not-accepted">
        {startSentence(countOf(count, 'row was', 'rows were'))} not accepted
      </h2>
      <Failure error={error} />
      {data === undefined ? error ? null : <Waiting heights={[160]} /> : <RejectionTable rejections={data.rejections.slice(0, SHOWN)} />}
      <p className="row">
        {count > SHOWN ? <span className="quiet small">The first {SHOWN}.</span> : null}
        <a href={pathOf(slug, 'imports', one.id, 'rejections.csv')} download={`rejected-${one.id}.csv`}>
          Download all of them as CSV
        </a>
      </p>
    </section>
  )
}

/** The headline when it is over: what became of the rows. */
export const sayCounts = ({ status, accepted, duplicate, conflict, rejected }: Import): string => {
  if (status === 'cancelled') return accepted === 0 ? 'This import was cancelled' : `Cancelled after ${countOf(accepted, 'event')}`
  const them = (count: number, one: string, many: string) => `${formatCount(count)} ${count === 1 ? one : many}`
  const parts = joinWords([
    accepted === 0 ? 'nothing was added' : `${countOf(accepted, 'event was', 'events were')} added`,
    ...(duplicate === 0 ? [] : [them(duplicate, 'was known already', 'were known already')]),
    ...(conflict === 0 ? [] : [them(conflict, 'had changed and was left as it was', 'had changed and were left as they were')]),
    ...(rejected === 0 ? [] : [them(rejected, 'was rejected', 'were rejected')]),
  ])
  return status === 'failed' ? `It ended early: ${parts}` : startSentence(parts)
}

/** What came of it, and the way on. */
export const Summary = ({
  slug,
  one,
  community,
  onAgain,
}: {
  slug: string
  one: Import
  community: CommunitySummary
  onAgain: () => void
}) => {
  const span = one.summary === null ? null : saySpan(one.summary, community.time_zone)
  const hasEvents = one.accepted + one.duplicate > 0
  return (
    <div className="stack">
      {hasEvents ? <VerdictCard slug={slug} community={community} /> : null}
      <section className="card stack-tight" aria-labelledby="summary">
        <h2 className="title" id="summary">
          {one.accepted === 0 ? 'What was in it' : 'What came in'}
        </h2>
        {one.message === null ? null : (
          <p className={classes.notice} data-bad={one.status === 'failed' || undefined}>
            {one.message}
          </p>
        )}
        {span === null ? null : <p className="lead">{span}</p>}
        {one.summary === null ? null : (
          <>
            <CountList counts={listTypes(one.summary.by_type).map((entry) => ({ ...entry, key: entry.type }))} />
            <SkippedRows skipped={one.summary.skipped} />
          </>
        )}
        <div className="row">
          <Button variant="default" onClick={onAgain}>
            Import another file
          </Button>
          <Link to="/c/$slug/data" params={{ slug }}>
            All sources and imports
          </Link>
        </div>
      </section>
      <Rejected slug={slug} one={one} />
    </div>
  )
}
