import { Button, Slider } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type AlertCourse, STRICTNESS, type WatchedRule } from '../../../shared/contract/alert.ts'
import { formatDay, formatDecimal } from '../../../shared/format.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { CardProblem } from '../../ui/states.tsx'
import { courseQuery, useRuleChange } from './alert-queries.ts'
import classes from './alerts.module.css'
import { compareReplay, sayCompared, sayReplay } from './compare-replay.ts'
import { ReplayLanes } from './replay-lanes.tsx'
import { sayStated } from './say-alerts.ts'

type Props = {
  slug: string
  rule: WatchedRule
  isManager: boolean
  /** What is tried, as the address has it. */
  tried: number | undefined
  onTry: (strictness: number | undefined) => void
}

const sayStrictness = (strictness: number): string => {
  if (strictness === STRICTNESS.usual) return 'the usual limits'
  return strictness > 1
    ? `limits ${formatDecimal((strictness - 1) * 100, 0)} % higher`
    : `limits ${formatDecimal((1 - strictness) * 100, 0)} % lower`
}

const Outcome = ({ now, replay }: { now: AlertCourse; replay: AlertCourse }) => {
  const compared = compareReplay(now.alerts, replay.alerts)
  const judged = replay.periods.filter(({ statistic }) => statistic !== null)
  const [from, to] = [judged[0]?.on, judged.at(-1)?.on]
  return (
    <>
      <p className="measure">{sayReplay(compared, replay.years)}</p>
      {from === undefined || to === undefined ? null : (
        <ReplayLanes
          from={from}
          to={to}
          lanes={[
            { label: 'Now', alerts: now.alerts },
            { label: 'As tried', alerts: replay.alerts },
          ]}
        />
      )}
      {compared.length === 0 ? null : (
        <ul className={`small ${classes.compared}`}>
          {compared.map((one) => (
            <li key={`${one.what} ${one.on}`} data-what={one.what}>
              <span className={classes.comparedDay}>{formatDay(one.on)}</span>
              <span>
                <span className="strong">{sayCompared(one)}</span> <bdi>{one.headline}</bdi>
              </span>
            </li>
          ))}
        </ul>
      )}
      <dl className={`small ${classes.rates}`}>
        <dt>Now, {sayStrictness(now.strictness)}</dt>
        <dd>{sayStated(now.stated)}</dd>
        <dt>As tried, {sayStrictness(replay.strictness)}</dt>
        <dd>{sayStated(replay.stated)}</dd>
      </dl>
    </>
  )
}

/** Other limits tried on the past, before anybody is told by them. */
export const ReplayCard = ({ slug, rule, isManager, tried, onTry }: Props) => {
  const { strictness, own_strictness: own, is_on } = rule
  const [asked, setAsked] = useState<number | null | undefined>(undefined)
  const value = tried ?? strictness
  // where the thumb is until the address has followed
  const [thumb, setThumb] = useState(value)
  useEffect(() => setThumb(value), [value])
  // both from the first week on, by limits alone: what late events changed since is told in the history
  const now = useQuery(courseQuery(slug, rule.rule, strictness))
  const replay = useQuery({ ...courseQuery(slug, rule.rule, value), placeholderData: keepPreviousData })
  const change = useRuleChange(slug, rule)
  const error = now.error ?? replay.error
  const set = (next: number | null) =>
    change.mutate(
      { set: { is_on, strictness: next } },
      {
        onSuccess: () => {
          setAsked(undefined)
          onTry(undefined)
        },
      },
    )
  return (
    <section className={classes.replay} aria-labelledby={`replay-${rule.rule}`}>
      <h2 className={classes.replayTitle} id={`replay-${rule.rule}`}>
        What would other limits have told?
      </h2>
      <p className="measure small quiet">
        Higher limits are surer and later, lower ones earlier and more often false. Nothing changes until you use them.
      </p>
      <div className={`${classes.slider} no-print`}>
        <Slider
          label={(at) => sayStrictness(at)}
          thumbLabel="Limits tried"
          min={STRICTNESS.least}
          max={STRICTNESS.most}
          step={0.1}
          value={thumb}
          onChange={setThumb}
          onChangeEnd={(at) => {
            const next = Math.round(at * 10) / 10
            onTry(next === strictness ? undefined : next)
          }}
          marks={[
            { value: STRICTNESS.least, label: 'earlier' },
            { value: STRICTNESS.usual, label: 'usual' },
            { value: STRICTNESS.most, label: 'surer' },
          ]}
          color="dark"
        />
      </div>
      {error !== null ? (
        <CardProblem what="The replay" error={error} onRetry={() => void Promise.all([now.refetch(), replay.refetch()])} />
      ) : now.data === undefined || replay.data === undefined ? (
        <p className="quiet" role="status">
          Replaying the past …
        </p>
      ) : (
        <div className="stack-tight" data-waiting={replay.isPlaceholderData} aria-live="polite">
          {value === strictness ? (
            <p className="measure">
              These are the limits of now
              {own === null && strictness !== STRICTNESS.usual ? ', as the budget of all communities has it' : ''}. Move the slider to try
              others on this community’s past.
            </p>
          ) : (
            <Outcome now={now.data} replay={replay.data} />
          )}
        </div>
      )}
      {isManager ? (
        <div className="row no-print">
          {value === strictness ? null : (
            <Button size="compact-md" onClick={() => setAsked(value)} disabled={replay.isPlaceholderData}>
              Use these limits
            </Button>
          )}
          {own === null ? null : (
            <Button size="compact-md" variant="default" onClick={() => setAsked(null)}>
              Back to the usual
            </Button>
          )}
        </div>
      ) : null}
      <AreYouSure
        isOpen={asked !== undefined}
        title={asked === null ? 'Back to the usual limits?' : `Use ${sayStrictness(asked ?? 1)}?`}
        yes="Use them"
        no="Leave it as it is"
        isPending={change.isPending}
        error={change.error}
        onYes={() => set(asked ?? null)}
        onClose={() => setAsked(undefined)}
      >
        From the next judgement on, within a minute, “{rule.title}” goes by them. An alert that stands is taken back only where it no longer
        comes near them; who was told of it is told so.
      </AreYouSure>
    </section>
  )
}
