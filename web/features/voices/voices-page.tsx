import { MetricCard } from '../metric/metric-card.tsx'
import { sayTopShare } from '../metric/say-answer.ts'
import { CardGrid, NumbersHeader, NumbersPage, PeriodRow } from '../period/numbers-page.tsx'
import { ACTIVITY_CARDS, CONCENTRATION_CARDS } from './voices-cards.ts'

/** Is it one person's? */
export const VoicesPage = () => (
  <NumbersPage name="Voices">
    {(numbers) => (
      <>
        <NumbersHeader numbers={numbers} question="Is it one person’s blog?" answer={sayTopShare(numbers.view)} />
        <PeriodRow numbers={numbers} />
        <CardGrid numbers={numbers}>
          {[...CONCENTRATION_CARDS, ...ACTIVITY_CARDS].map((spec) => (
            <MetricCard key={spec.id} spec={spec} numbers={numbers} />
          ))}
        </CardGrid>
      </>
    )}
  </NumbersPage>
)
