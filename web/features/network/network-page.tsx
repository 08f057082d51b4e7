import { NumbersHeader, NumbersPage, PeriodRow } from '../period/numbers-page.tsx'

/** Who helps whom? */
export const NetworkPage = () => (
  <NumbersPage name="Network">
    {(numbers) => (
      <>
        <NumbersHeader numbers={numbers} question="Who helps whom?" answer="" />
        <PeriodRow numbers={numbers} />
      </>
    )}
  </NumbersPage>
)
