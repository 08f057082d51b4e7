import { Link } from '@tanstack/react-router'
import { formatCount, formatPeriod } from '../../../shared/format.ts'
import { CaseLink } from '../cases/case-link.tsx'
import { isNotAvailable, lastFinished } from '../metric/report-view.ts'
import { keepPeriod } from '../period/period-search.ts'
import type { Numbers } from '../period/use-numbers.ts'
import { usePeriodSearch } from '../period/use-period-search.ts'
import classes from './overview.module.css'

/** What one metric of membership says of the last finished period; null where no source tells it. */
const Told = ({ numbers: { view, slug, catalogue }, of, one, many }: { numbers: Numbers; of: string; one: string; many: string }) => {
  const series = view.series(of)
  const point = isNotAvailable(series) ? null : lastFinished(series)
  if (point === null || point.value === null) return null
  return (
    <>
      <CaseLink slug={slug} of={of} period={point.period} catalogue={catalogue} what={many}>
        {formatCount(point.value)}
      </CaseLink>{' '}
      {point.value === 1 ? one : many}
      {point.status === 'bulk_step' ? ' (an import or a purge)' : ''}
    </>
  )
}

/** Members in one line, and where each part of the story goes on. */
export const MembershipLine = ({ numbers }: { numbers: Numbers }) => {
  const { view, slug } = numbers
  const { search } = usePeriodSearch()
  const period = lastFinished(view.series('members'))?.period
  const isJoining = !isNotAvailable(view.series('joins'))
  const isLeaving = !isNotAvailable(view.series('leavers'))
  const parts = [
    isJoining ? <Told key="in" numbers={numbers} of="joins" one="joined" many="joined" /> : null,
    isJoining ? null : (
      <Told key="seen" numbers={numbers} of="first-seen" one="was seen for the first time" many="were seen for the first time" />
    ),
    isLeaving ? <Told key="out" numbers={numbers} of="leavers" one="left" many="left" /> : null,
  ].filter((part) => part !== null)
  const link = { params: { slug }, search: keepPeriod(search) }
  return (
    <div className={classes.membership}>
      <p>
        <Told
          numbers={numbers}
          of="members"
          one={isJoining ? 'member' : 'person seen so far'}
          many={isJoining ? 'members' : 'people seen so far'}
        />
        {period === undefined ? null : (
          <>
            {' '}
            at the end of {formatPeriod(period)}
            {parts.map((part) => (
              <span key={part?.key}>, {part}</span>
            ))}
            {isLeaving ? '.' : '. Who leaves, no source tells.'}
          </>
        )}
      </p>
      <nav aria-label="More on this" className={`${classes.more} no-print`}>
        <span className="quiet">More on this:</span>
        <Link to="/c/$slug/membership" {...link}>
          Do they stay?
        </Link>
        <Link to="/c/$slug/helping" {...link}>
          Do they help each other?
        </Link>
        <Link to="/c/$slug/voices" {...link}>
          Is it one person’s?
        </Link>
        <Link to="/c/$slug/network" {...link}>
          Who helps whom?
        </Link>
      </nav>
    </div>
  )
}
