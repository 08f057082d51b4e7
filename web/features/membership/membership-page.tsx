import { MetricCard } from '../metric/metric-card.tsx'
import { sayFirstSeen, sayFlow } from '../metric/say-answer.ts'
import { isNotAvailable } from '../metric/report-view.ts'
import { CardGrid, NumbersHeader, NumbersPage, PeriodRow } from '../period/numbers-page.tsx'
import { listMembershipCards } from './membership-cards.ts'

/** Do they stay? */
export const MembershipPage = () => (
  <NumbersPage name="Membership">
    {(numbers) => (
      <>
        <NumbersHeader
          numbers={numbers}
          question="Do they stay?"
          answer={isNotAvailable(numbers.view.series('joins')) ? sayFirstSeen(numbers.view) : sayFlow(numbers.view)}
        />
        <PeriodRow numbers={numbers} />
        <CardGrid numbers={numbers}>
          {listMembershipCards(numbers.view).map((spec) => (
            <MetricCard key={spec.id} spec={spec} numbers={numbers} />
          ))}
        </CardGrid>
      </>
    )}
  </NumbersPage>
)
