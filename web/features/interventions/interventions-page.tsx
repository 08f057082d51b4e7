import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Intervention } from '../../../shared/contract/intervention.ts'
import type { MetricDescription } from '../../../shared/contract/metric.ts'
import { dayInZone, formatDay, sayCountOf, startSentence } from '../../../shared/format.ts'
import { quoteName } from '../../../shared/quote-name.ts'
import { interventionsQuery } from '../../app/queries.ts'
import { CardEmpty, CardProblem, Waiting } from '../../ui/states.tsx'
import { NumbersHeader, NumbersPage } from '../period/numbers-page.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { InterventionEntry } from './intervention-entry.tsx'
import { type Choice, InterventionForm } from './intervention-form.tsx'
import classes from './interventions.module.css'
import { type InterventionsSearch, SPAN_DAYS, type SpanDays, USUAL_DAYS } from './interventions-search.ts'

/** Shown at a time: each asks the server for two years of spans (our judgement). */
const STEP = 10
/** Asked for at once, the others when they come into sight. */
const EAGER = 2
const SPAN_WORDS: Record<SpanDays, string> = { 28: '4 weeks', 91: '13 weeks', 182: '26 weeks' }

/** The names of what can be compared, as the catalogue has them. */
const nameChoices = (keys: readonly string[], catalogue: MetricDescription[] | undefined): Choice[] =>
  keys.flatMap((value) => {
    const [id, category] = value.split(':')
    const metric = catalogue?.find((one) => one.id === id)
    if (metric === undefined) return []
    return [{ value, label: category === undefined ? metric.title : `${metric.title}: ${category.replaceAll('-', ' ')}` }]
  })

const sayAll = (interventions: readonly Intervention[], today: string): string => {
  const [begun, planned] = [interventions.filter(({ on }) => on <= today), interventions.filter(({ on }) => on > today)]
  const [last] = begun
  if (last === undefined)
    return planned.length === 0
      ? 'What is noted here on the day is later held against what came after it.'
      : `Nothing has begun yet; ${sayCountOf(planned.length, 'thing is', 'things are')} planned.`
  const ahead = planned.length === 0 ? '' : ` ${startSentence(sayCountOf(planned.length, 'more is', 'more are'))} planned.`
  const many =
    begun.length === 1 ? 'One thing was tried,' : `${startSentence(sayCountOf(begun.length, 'thing was', 'things were'))} tried, the last`
  return `${many} on ${formatDay(last.on)}: \u2068${quoteName(last.title)}\u2069.${ahead}`
}

const Empty = ({ isManager, onAdd }: { isManager: boolean; onAdd: () => void }) => (
  <CardEmpty title="Nothing has been noted yet">
    <p className="measure">
      Note the day when something was tried that is meant to change how people help each other: newcomers are welcomed by name, a weekly
      question hour begins, a second facilitator starts, the channel is split. Each note is drawn on every chart, and here the weeks after
      it are held against the weeks before and against how much this community swings by itself.
    </p>
    <p className="measure">
      Note it on the day, with what it is meant to change, before the numbers are in: what is named afterwards is named because it moved.
    </p>
    {isManager ? (
      <div>
        <Button onClick={onAdd}>Add the first note</Button>
      </div>
    ) : (
      <p className="quiet">The community’s manager can add notes.</p>
    )}
  </CardEmpty>
)

const Controls = ({
  search,
  choices,
  onChange,
}: {
  search: InterventionsSearch
  choices: Choice[]
  onChange: (next: Partial<InterventionsSearch>) => void
}) => (
  <form className={`${classes.controls} no-print`} aria-label="What is compared" onSubmit={(event) => event.preventDefault()}>
    <SegmentedControl
      aria-label="Weeks on each side"
      size="sm"
      data={SPAN_DAYS.map((days) => ({ value: String(days), label: SPAN_WORDS[days] }))}
      value={String(search.days ?? USUAL_DAYS)}
      onChange={(value) => onChange({ days: Number(value) === USUAL_DAYS ? undefined : (Number(value) as SpanDays) })}
    />
    <NativeSelect
      aria-label="Measure compared"
      data={[{ value: '', label: 'What each was meant to change' }, ...choices]}
      value={search.of ?? ''}
      onChange={(event) => onChange({ of: event.currentTarget.value || undefined })}
    />
  </form>
)

const Timeline = ({ numbers }: { numbers: Numbers }) => {
  const { slug, community, catalogue, lastDay } = numbers
  const search = useSearch({ strict: false }) as InterventionsSearch
  const navigate = useNavigate()
  const named = useLocation({ select: ({ hash }) => hash.replace(/^changed-/, '') })
  const { data, error, refetch } = useQuery(interventionsQuery(slug))
  const [shown, setShown] = useState(STEP)
  const change = (next: Partial<InterventionsSearch>) =>
    void navigate({
      to: '.',
      search: ((now: InterventionsSearch) => ({ ...now, ...next })) as never,
      hash: true,
      resetScroll: false,
      replace: true,
    })
  const choices = useMemo(() => nameChoices(data?.choices ?? [], catalogue), [data, catalogue])
  const today = dayInZone(new Date().toISOString(), community.time_zone)
  const isManager = community.role === 'administrator' || community.role === 'manager'
  if (data === undefined)
    return error ? <CardProblem what="The notes" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[96, 320]} />
  const { interventions } = data
  const at = interventions.findIndex(({ intervention_id: id }) => id === named)
  const isAdding = isManager && search.new !== undefined
  const showEntry = (one: Intervention, i: number) => (
    <InterventionEntry
      key={one.intervention_id}
      numbers={numbers}
      of={one}
      choices={choices}
      today={today}
      days={search.days ?? USUAL_DAYS}
      only={choices.some(({ value }) => value === search.of) ? search.of : undefined}
      isManager={isManager}
      isNamed={one.intervention_id === named}
      isEager={i < EAGER}
    />
  )
  const add = () => change({ new: today < lastDay ? today : lastDay })
  return (
    <>
      <NumbersHeader numbers={numbers} question="Did what we tried work?" answer={sayAll(interventions, today)} />
      {named !== '' && at < 0 && /^[0-9a-f-]{36}$/.test(named) ? (
        <p role="status">The note that this link led to is no longer there.</p>
      ) : null}
      {isAdding ? (
        <InterventionForm
          key={search.new}
          slug={slug}
          {...(search.new === undefined ? {} : { on: search.new })}
          choices={choices}
          onDone={() => change({ new: undefined })}
        />
      ) : null}
      {interventions.length === 0 ? (
        isAdding ? null : (
          <Empty isManager={isManager} onAdd={add} />
        )
      ) : (
        <>
          <div className={`${classes.bar} no-print`}>
            <Controls search={search} choices={choices} onChange={change} />
            {isManager && !isAdding ? (
              <Button className="no-print" onClick={add}>
                Add a note
              </Button>
            ) : null}
          </div>
          <div className={classes.timeline}>
            {interventions.slice(0, shown).map(showEntry)}
            {shown < interventions.length ? (
              <div className="no-print">
                <Button variant="default" onClick={() => setShown(shown + STEP)}>
                  Show {Math.min(STEP, interventions.length - shown)} earlier ones of {interventions.length - shown}
                </Button>
              </div>
            ) : null}
            {/* what a link leads to is there, however long ago it was */}
            {at >= shown ? interventions.slice(at, at + 1).map(showEntry) : null}
          </div>
        </>
      )}
    </>
  )
}

/** Did what we tried work? */
export const InterventionsPage = () => <NumbersPage name="Interventions">{(numbers) => <Timeline numbers={numbers} />}</NumbersPage>
