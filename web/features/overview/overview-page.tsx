import { addDays } from '../../../shared/period.ts'
import { getRouteApi } from '@tanstack/react-router'
import { FirstSteps } from '../guide/first-steps.tsx'
import { KnownBy, NumbersPage } from '../period/numbers-page.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { TodayCard } from '../today/today-card.tsx'
import { VerdictPart } from '../verdict/verdict-part.tsx'
import { AlertLine } from './alert-line.tsx'
import { BenefitList } from './benefit-list.tsx'
import { ChangesCard } from './changes-card.tsx'
import { MembershipLine } from './membership-line.tsx'
import classes from './overview.module.css'

const route = getRouteApi('/shell/c/$slug')

/** Without a verdict the benefits are told over so many days, as its window begins. */
const USUAL_DAYS = 90

/** The days that the verdict rests on, or the last ones there are. */
const daysOfBenefits = ({ report, firstDay, lastDay }: Numbers): { first: string; last: string } => {
  const window = report.latest_verdict?.window
  if (window !== undefined) return { first: window.from, last: window.to }
  const first = addDays(lastDay, 1 - USUAL_DAYS)
  return { first: first > firstDay ? first : firstDay, last: lastDay }
}

const Overview = ({ numbers }: { numbers: Numbers }) => {
  const { community, report, catalogue, slug } = numbers
  const { changes } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <VerdictPart community={community} report={report}>
        <AlertLine community={community} />
        <div className={classes.now}>
          <ChangesCard
            community={community}
            grain={changes}
            onGrain={(grain) => void navigate({ search: (now) => ({ ...now, changes: grain }), resetScroll: false, replace: true })}
          />
          <TodayCard community={community} />
        </div>
        <MembershipLine numbers={numbers} />
        <FirstSteps community={community} />
        <BenefitList slug={slug} {...daysOfBenefits(numbers)} catalogue={catalogue} />
      </VerdictPart>
      <KnownBy numbers={numbers} />
    </>
  )
}

/** Is it a community now, what changed, and what waits: in one screen; below it, all that it rests on. */
export const OverviewPage = () => <NumbersPage heights={[180, 420, 320]}>{(numbers) => <Overview numbers={numbers} />}</NumbersPage>
