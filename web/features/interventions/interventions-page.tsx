import { NumbersHeader, NumbersPage } from '../period/numbers-page.tsx'

/** Did what we tried work? */
export const InterventionsPage = () => (
  <NumbersPage name="Interventions">
    {(numbers) => <NumbersHeader numbers={numbers} question="Did what we tried work?" answer="" />}
  </NumbersPage>
)
