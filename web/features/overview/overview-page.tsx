import { KnownBy, NumbersPage } from '../period/numbers-page.tsx'
import { VerdictPart } from '../verdict/verdict-part.tsx'
import { BenefitList } from './benefit-list.tsx'
import { ChangeTable } from './change-table.tsx'

/** Is it a community now? */
export const OverviewPage = () => (
  <NumbersPage heights={[420, 320, 340, 480]}>
    {(numbers) => (
      <>
        <VerdictPart community={numbers.community} report={numbers.report} />
        <KnownBy numbers={numbers} />
        <BenefitList view={numbers.view} catalogue={numbers.catalogue} />
        {numbers.catalogue === undefined ? null : <ChangeTable view={numbers.view} catalogue={numbers.catalogue} />}
      </>
    )}
  </NumbersPage>
)
