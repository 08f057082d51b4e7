import { useQuery } from '@tanstack/react-query'
import { isNotAvailable, type ReportView } from '../metric/report-view.ts'
import { MetricCard } from '../metric/metric-card.tsx'
import { sayFirstSeen, sayFlow } from '../metric/say-answer.ts'
import { CardGrid, NumbersHeader, NumbersPage, PeriodRow } from '../period/numbers-page.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { cohortMonths, retentionQuery } from './fetch-retention.ts'
import { HelpedFigure } from './helped-figure.tsx'
import { lapsedCard, listMembershipCards, withProvisional } from './membership-cards.ts'
import classes from './membership.module.css'
import { NewcomersFigure } from './newcomers-figure.tsx'
import { RetentionFigure } from './retention-figure.tsx'
import { sayStaying } from './say-staying.ts'
import { SurvivalFigure } from './survival-figure.tsx'

/** What stands in for joining and leaving where no source tells of them. */
const sayWhatIsMissing = (view: ReportView): string | null => {
  const tells = (what: string) => view.report.sources.some((source) => source.tells.includes(what))
  const parts = [
    tells('joins')
      ? null
      : 'No source tells who joined: people count from the day they were first seen, so old members are among those of the first months.',
    tells('leaves')
      ? null
      : 'No source tells who left: people count as gone from the last thing they did, once they have been silent long enough.',
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' ')
}

const Membership = ({ numbers }: { numbers: Numbers }) => {
  const { view, slug, range, firstDay } = numbers
  const retention = useQuery(retentionQuery(slug, cohortMonths(range, firstDay)))
  const flow = isNotAvailable(view.series('joins')) ? sayFirstSeen(view) : sayFlow(view)
  const staying = retention.data === undefined ? null : sayStaying(retention.data)
  const missing = sayWhatIsMissing(view)
  const cards = listMembershipCards(view)
  const [first, others] = [cards.slice(0, 1), cards.slice(1)]
  const again = () => void retention.refetch()
  return (
    <>
      <NumbersHeader
        numbers={numbers}
        question="Do they stay?"
        answer={
          <>
            {staying === null ? null : <>{staying} </>}
            {flow}
          </>
        }
      />
      {missing === null ? null : <p className="measure">{missing}</p>}
      <PeriodRow numbers={numbers} />
      {/* who comes and leaves has the whole width; the others stand two abreast */}
      {[first, others].map((specs, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows keep their places
        <CardGrid key={i} numbers={numbers}>
          {specs.map((spec) => (
            <MetricCard key={spec.id} spec={spec} numbers={numbers} />
          ))}
        </CardGrid>
      ))}
      {retention.data === undefined ? (
        retention.error === null ? (
          <Waiting heights={[420]} />
        ) : (
          <CardProblem what="Who stays" error={retention.error} onRetry={again} />
        )
      ) : (
        <>
          {retention.error === null ? null : <CardProblem what="The newest of who stays" error={retention.error} onRetry={again} />}
          <div className={classes.pair} data-waiting={retention.isPlaceholderData}>
            <RetentionFigure retention={retention.data} numbers={numbers} />
            <SurvivalFigure retention={retention.data} numbers={numbers} />
          </div>
        </>
      )}
      <CardGrid numbers={numbers}>
        <MetricCard spec={lapsedCard(view)} numbers={{ ...numbers, view: withProvisional(view) }} />
        <NewcomersFigure numbers={numbers} />
        <HelpedFigure numbers={numbers} />
      </CardGrid>
    </>
  )
}

/** Do they stay? */
export const MembershipPage = () => (
  <NumbersPage name="Membership" heights={[120, 320, 420]}>
    {(numbers) => <Membership numbers={numbers} />}
  </NumbersPage>
)
