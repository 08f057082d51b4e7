import { MetricCard } from '../metric/metric-card.tsx'
import { sayAnswered } from '../metric/say-answer.ts'
import { CardGrid, NumbersHeader, NumbersPage, PeriodRow } from '../period/numbers-page.tsx'
import { HELPING_CARDS } from './helping-cards.ts'

/** Do they help each other? */
export const HelpingPage = () => (
  <NumbersPage name="Helping">
    {(numbers) => (
      <>
        <NumbersHeader numbers={numbers} question="Do they help each other?" answer={sayAnswered(numbers.view)} />
        <PeriodRow numbers={numbers} />
        <CardGrid numbers={numbers}>
          {HELPING_CARDS.map((spec) => (
            <MetricCard key={spec.id} spec={spec} numbers={numbers} />
          ))}
        </CardGrid>
      </>
    )}
  </NumbersPage>
)
