import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { Network } from '../../../shared/contract/network.ts'
import { formatPeriod } from '../../../shared/format.ts'
import { addDays, daysBetween, daysOfPeriod } from '../../../shared/period.ts'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { NothingToDraw } from '../../ui/figure-card.tsx'
import { CaseLink } from '../cases/case-link.tsx'
import { Term } from '../definitions/term.tsx'
import { MetricCard } from '../metric/metric-card.tsx'
import { CardGrid, NumbersHeader, NumbersPage, PeriodRow } from '../period/numbers-page.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { readHelpGraph } from './help-graph.ts'
import classes from './network.module.css'
import { STRUCTURE_CARDS } from './network-cards.ts'
import { NetworkFigure } from './network-figure.tsx'
import { type Days, networkQuery } from './network-queries.ts'
import { PairTable, PeopleTable } from './network-tables.tsx'
import { PersonPanel } from './person-panel.tsx'
import { pointOf, sayBack, sayBoth, sayHeldTogether, sayHelped } from './say-network.ts'
import { useNetworkSearch } from './use-network-search.ts'

/** The longest span that the server measures as one. */
const MAX_DAYS = 3660

/** The days of the periods that are shown, up to the last of which anything is known. */
export const daysOf = ({ range, lastDay }: Pick<Numbers, 'range' | 'lastDay'>): Days => {
  const from = daysOfPeriod(range.from, range.grain).from_on
  const end = addDays(daysOfPeriod(range.to, range.grain).to_on, -1)
  const to = end > lastDay && lastDay >= from ? lastDay : end
  return { from: daysBetween(from, to) < MAX_DAYS ? from : addDays(to, 1 - MAX_DAYS), to }
}

const Answer = ({ numbers, network }: { numbers: Numbers; network: Network | undefined }): ReactNode => {
  if (network === undefined) return 'Reading who helped whom …'
  if (network.whole === null) return network.hidden ?? 'Nothing is known of these days.'
  if (network.whole.people === 0) return `Nobody helped anybody, ${formatPeriod(network.period)}.`
  const link = (of: string, what: string, text: string) => (
    <CaseLink slug={numbers.slug} of={of} period={network.period} catalogue={numbers.catalogue} what={what}>
      {text}
    </CaseLink>
  )
  const [held, back] = [sayHeldTogether(pointOf(network, 'giant-component-share')), sayBack(pointOf(network, 'direct-reciprocity'))]
  return (
    <>
      {link('direct-reciprocity', 'Who helped whom,', sayHelped(network.whole))}, {formatPeriod(network.period)};{' '}
      {link('two-way-share', 'Who gave and received help,', sayBoth(network.whole, pointOf(network, 'two-way-share')))}
      {network.whole.both > 0 ? (
        <>
          , the <Term of="two-way-share">two-way share</Term>
        </>
      ) : null}
      .{held === null ? null : <> {link('giant-component-share', 'The active people,', held)}.</>}
      {back === null ? null : <> Help came back from the same person where {link('direct-reciprocity', 'Pairs both ways,', back)}.</>}
      {network.is_unfinished ? ' These days are not over yet.' : ''}
      {network.is_inferred ? ' Inferred: nobody used threads, so who helped whom was found by names and times.' : ''}
    </>
  )
}

const Graph = ({ numbers, network, days, isOld, names }: GraphProps) => {
  const { search, change } = useNetworkSearch()
  const { people, ties } = network
  const full = useMemo(() => readHelpGraph({ people, ties }), [people, ties])
  const graph = useMemo(
    () => (search.least === undefined ? full : readHelpGraph({ people, ties }, search.least)),
    [full, people, ties, search.least],
  )
  const fileName = `${numbers.slug}-network-${days.from}-${days.to}`
  // the same from one drawing of the page to the next, so that long tables need not be sorted anew
  const goTo = useCallback(
    (person: string) => {
      change({ person })
      const stage = document.querySelector('#network [data-testid="stage"]')
      const box = stage?.getBoundingClientRect()
      // a page that moves though one sees the drawing is a nuisance
      if (box && (box.bottom < box.height / 2 || box.top > window.innerHeight - box.height / 2)) stage?.scrollIntoView({ block: 'center' })
    },
    [change],
  )
  const place = search.person === undefined ? undefined : full.placeOf.get(search.person)
  const person = place === undefined ? undefined : graph.people[place]
  return (
    <div className={`${classes.beside} ${isOld ? classes.old : ''}`}>
      <div className={classes.figure}>
        <NetworkFigure numbers={numbers} network={network} full={full} graph={graph} fileName={fileName} names={names} />
      </div>
      <div className={`stack ${classes.side}`} data-chosen={search.person !== undefined}>
        {person !== undefined ? (
          <PersonPanel
            slug={numbers.slug}
            days={days}
            timeZone={numbers.community.time_zone}
            graph={graph}
            person={person}
            onSelect={(key) => change({ person: key })}
          />
        ) : search.person === undefined ? null : (
          <section className="card stack-tight">
            <p>
              The person in this address neither gave nor received help in these periods
              {network.left_out === null ? '' : ', or is among those left out'}.
            </p>
            <div>
              <button type="button" className="plain-button" onClick={() => change({ person: undefined })}>
                Show everybody again
              </button>
            </div>
          </section>
        )}
        <PeopleTable graph={graph} fileName={fileName} onSelect={goTo} />
      </div>
      <div className={classes.pairs}>
        <PairTable graph={graph} fileName={fileName} onSelect={goTo} />
      </div>
    </div>
  )
}
type GraphProps = {
  numbers: Numbers
  network: Network
  days: Days
  isOld: boolean
  names: { areShown: boolean; onToggle: (areShown: boolean) => void } | null
}

const Content = ({ numbers }: { numbers: Numbers }) => {
  const { community, slug } = numbers
  const days = daysOf(numbers)
  // never in the address: an address is passed on
  const [areShown, setShown] = useState(false)
  const maySeeNames = community.role === 'administrator' || community.role === 'manager'
  const { data: network, error, refetch, isPlaceholderData } = useQuery(networkQuery(slug, days, areShown && maySeeNames))
  // the same reason five times says no more than once
  const isTold = network === undefined || pointOf(network, 'two-way-share')?.status !== 'not_available'
  return (
    <>
      <NumbersHeader numbers={numbers} question="Who helps whom?" answer={<Answer numbers={numbers} network={network} />} />
      <PeriodRow numbers={numbers} />
      {error ? <CardProblem what="Who helps whom" error={error} onRetry={() => void refetch()} /> : null}
      {network === undefined ? (
        error ? null : (
          <Waiting heights={[640]} />
        )
      ) : network.people.key.length === 0 ? (
        <section className="card stack-tight">
          <h2 className="title">{network.hidden === null ? 'Nobody helped anybody' : 'Who helps whom is not shown'}</h2>
          <NothingToDraw>
            {network.hidden ??
              'A tie appears as soon as somebody answers a question of somebody else. Choose a longer time, or look at Helping for the questions that wait.'}
          </NothingToDraw>
        </section>
      ) : (
        <Graph
          numbers={numbers}
          network={network}
          days={days}
          isOld={isPlaceholderData}
          names={maySeeNames ? { areShown, onToggle: setShown } : null}
        />
      )}
      {isTold ? (
        <>
          <section className="stack-tight" aria-labelledby="shape">
            <h2 className="title" id="shape">
              How did the shape change?
            </h2>
            <p className="measure">Context, never a test: none of these numbers decides what the community is.</p>
          </section>
          <CardGrid numbers={numbers}>
            {STRUCTURE_CARDS.map((spec) => (
              <MetricCard key={spec.id} spec={spec} numbers={numbers} />
            ))}
          </CardGrid>
        </>
      ) : null}
    </>
  )
}

/** Who helps whom? */
export const NetworkPage = () => <NumbersPage name="Network">{(numbers) => <Content numbers={numbers} />}</NumbersPage>
