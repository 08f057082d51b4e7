import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { spansQuery } from '../../app/queries.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { MetricCard } from '../metric/metric-card.tsx'
import type { Series } from '../../../shared/contract/health-report.ts'
import { CardGrid, NumbersHeader, NumbersPage, PeriodRow } from '../period/numbers-page.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { labelOf, spanBefore, spanOfRange } from './day-spans.ts'
import { ParetoCard } from './pareto-card.tsx'
import { canBeDrawn, TooLittleCard } from './too-little-card.tsx'
import { VoiceChoice } from './voice-choice.tsx'
import { ACTIVITY_CARDS, concentrationCards } from './voices-cards.ts'
import { VoicesAnswer } from './voices-answer.tsx'
import { voicesQuery } from './voices-query.ts'
import type { VoicesSearch } from './voices-search.ts'
import { WithoutTopCard } from './without-top-card.tsx'
import { SPAN_METRICS } from './without-top.ts'

const QUESTION = 'Is it one person’s blog?'

/** No source tells it, in any period that its data reach. */
const isUntold = (series: Series | null): boolean =>
  series?.points.some(({ status }) => status === 'not_available') === true &&
  series.points.every(({ status }) => status === 'not_available' || status === 'not_applicable')

/** A community of which no source tells what is written, such as a list of members. */
const NoContributions = ({ numbers }: { numbers: Numbers }) => (
  <>
    <NumbersHeader numbers={numbers} question={QUESTION} answer="That cannot be told: nothing is known of what is written here." />
    <CardEmpty title="Who writes here is not known">
      <p className="measure">{numbers.view.series('contributions')?.points.findLast(({ status }) => status === 'not_available')?.reason}</p>
      <p className="measure">
        Whose voices are heard shows as soon as a source tells what people ask, answer and post:{' '}
        {['administrator', 'manager'].includes(numbers.community.role) ? (
          <>
            <Link to="/c/$slug/import" params={{ slug: numbers.slug }}>
              import the archive of a place where they talk
            </Link>
            , or have a program send it.
          </>
        ) : (
          'the community’s manager can import the archive of a place where they talk.'
        )}
      </p>
    </CardEmpty>
  </>
)

const Voices = ({ numbers }: { numbers: Numbers }) => {
  const { slug, range, lastDay, firstDay, comparison } = numbers
  const { of = 'contributions' } = useSearch({ strict: false }) as VoicesSearch
  const span = spanOfRange(range, lastDay)
  const spanEarlier = spanBefore(range, span, comparison ?? 'previous')
  const voices = useQuery({ ...voicesQuery(slug, span, of), placeholderData: keepPreviousData })
  const earlier = useQuery({ ...voicesQuery(slug, spanEarlier, of), enabled: spanEarlier.from >= firstDay })
  const without = useQuery({ ...spansQuery(slug, [labelOf(span)], SPAN_METRICS), placeholderData: keepPreviousData })
  // of the same days and kind as what is shown, which may still be that of the choice before
  const before = earlier.data?.curve == null || voices.isPlaceholderData ? null : { span: spanEarlier, curve: earlier.data.curve }
  const answer: ReactNode =
    voices.data !== undefined ? (
      <VoicesAnswer voices={voices.data} before={before} spans={without.data ?? null} />
    ) : voices.error === null ? (
      '…'
    ) : (
      'How it is shared out among people could not be fetched.'
    )
  const overTime = concentrationCards(numbers.report)
  const drawn = overTime.filter((spec) => canBeDrawn(spec, numbers.view))
  return (
    <>
      <NumbersHeader numbers={numbers} question={QUESTION} answer={answer} />
      <PeriodRow numbers={numbers} />
      <VoiceChoice of={of} />
      {voices.data === undefined ? (
        voices.error === null ? (
          <Waiting heights={[460]} />
        ) : (
          <CardProblem what="How it is shared out among people" error={voices.error} onRetry={() => void voices.refetch()} />
        )
      ) : (
        <ParetoCard numbers={numbers} voices={voices.data} before={comparison === undefined ? null : before} />
      )}
      {without.data === undefined ? (
        without.error === null ? (
          <Waiting heights={[420]} />
        ) : (
          <CardProblem what="Helping without the top helpers" error={without.error} onRetry={() => void without.refetch()} />
        )
      ) : (
        <WithoutTopCard numbers={numbers} spans={without.data} />
      )}
      {drawn.length < overTime.length && voices.data !== undefined ? <TooLittleCard numbers={numbers} voices={voices.data} /> : null}
      <CardGrid numbers={numbers}>
        {[...drawn, ...ACTIVITY_CARDS].map((spec) => (
          <MetricCard key={spec.id} spec={spec} numbers={numbers} />
        ))}
      </CardGrid>
    </>
  )
}

/** Is it one person's? */
export const VoicesPage = () => (
  <NumbersPage name="Voices" heights={[120, 460, 420, 340]}>
    {(numbers) => (isUntold(numbers.view.series('contributions')) ? <NoContributions numbers={numbers} /> : <Voices numbers={numbers} />)}
  </NumbersPage>
)
