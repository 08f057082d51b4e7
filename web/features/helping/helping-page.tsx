import { Skeleton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import type { CardSpec } from '../metric/card-spec.ts'
import { MetricCard } from '../metric/metric-card.tsx'
import { sayAnswered } from '../metric/say-answer.ts'
import { CardGrid, NumbersHeader, NumbersPage, PeriodRow } from '../period/numbers-page.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { FunnelFigure } from './funnel-figure.tsx'
import { HELPING_CARDS } from './helping-cards.ts'
import { daysOfRange, helpingQuery } from './helping-query.ts'
import classes from './helping.module.css'
import { NoQuestions } from './no-questions.tsx'
import { sayFunnel, sayPeriods, stepOf } from './say-helping.ts'
import { TimesFigure } from './times-figure.tsx'
import { TopicsFigure } from './topics-figure.tsx'
import { WaitingFigures } from './waiting-figure.tsx'

/** Something of it may be shown in these periods. */
const hasAnything = ({ series }: CardSpec, { view }: Numbers): boolean =>
  series.some(({ key }) =>
    view
      .series(key)
      ?.points.some(({ value, status }) => (value !== null && value !== 0) || status === 'count_only' || status === 'too_few'),
  )

const HelpingNumbers = ({ numbers }: { numbers: Numbers }) => {
  const { slug, report, before: beforeView } = numbers
  const days = daysOfRange(report)
  const found = useQuery({ ...helpingQuery(slug, days), placeholderData: keepPreviousData })
  const earlier = useQuery({
    ...helpingQuery(slug, beforeView === null ? days : daysOfRange(beforeView.report)),
    enabled: beforeView !== null,
  })
  const when = sayPeriods(report)
  const helping = found.data
  const before = beforeView === null ? null : (earlier.data ?? null)
  const asked = helping === undefined ? null : stepOf(helping, 'asked')
  const hasQuestions = asked !== null && asked.value !== null && asked.value > 0
  const isOld = found.isPlaceholderData || numbers.isOld
  const cards = asked === null || hasQuestions ? HELPING_CARDS : HELPING_CARDS.filter((spec) => hasAnything(spec, numbers))
  return (
    <>
      <NumbersHeader
        numbers={numbers}
        question="Do they help each other?"
        answer={
          helping !== undefined ? (
            sayFunnel(helping, when)
          ) : found.error ? (
            sayAnswered(numbers.view)
          ) : (
            <Skeleton component="span" display="block" height={54} radius={6} />
          )
        }
      />
      <PeriodRow numbers={numbers} />
      {helping === undefined || asked === null ? (
        found.error ? (
          <CardProblem what="What became of the questions" error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <Waiting heights={[320, 400]} />
        )
      ) : hasQuestions ? (
        <div className={classes.whole} data-waiting={isOld}>
          {found.error ? <CardProblem what="The newest of this" error={found.error} onRetry={() => void found.refetch()} /> : null}
          {earlier.error && beforeView !== null ? (
            <CardProblem what="The time before" error={earlier.error} onRetry={() => void earlier.refetch()} />
          ) : null}
          <FunnelFigure numbers={numbers} helping={helping} before={before} />
          <TimesFigure numbers={numbers} helping={helping} before={before} when={when} />
        </div>
      ) : (
        <NoQuestions asked={asked} numbers={numbers} />
      )}
      <WaitingFigures numbers={numbers} hasQuestions={asked === null || hasQuestions} />
      {cards.length === 0 ? null : (
        <CardGrid numbers={numbers}>
          {cards.map((spec) => (
            <MetricCard key={spec.id} spec={spec} numbers={numbers} />
          ))}
        </CardGrid>
      )}
      {helping === undefined || !hasQuestions ? null : (
        <div className={classes.whole} data-waiting={isOld}>
          <TopicsFigure numbers={numbers} helping={helping} when={when} />
        </div>
      )}
    </>
  )
}

/** Do they help each other? */
export const HelpingPage = () => <NumbersPage name="Helping">{(numbers) => <HelpingNumbers numbers={numbers} />}</NumbersPage>
