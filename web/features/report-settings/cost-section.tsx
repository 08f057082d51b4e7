import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Cost } from '../../../shared/contract/cost.ts'
import { dayInZone, formatDay, startSentence } from '../../../shared/format.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { CostForm } from './cost-form.tsx'
import { costPath, costsQuery } from './cost-queries.ts'
import classes from './cost-section.module.css'
import { ForManagers } from './for-managers.tsx'
import { sayHolds, sayParts, sayPerMonth } from './say-cost.ts'

const DeleteCost = ({ slug, of }: { slug: string; of: Cost }) => {
  const client = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', `${costPath(slug, of.cost_id)}?version=${of.version}`),
    // deleted, or changed meanwhile: either way what stands here is not what is there
    onSettled: () => client.invalidateQueries({ queryKey: ['community', slug] }),
  })
  return (
    <>
      {isAsked ? (
        <span className="row">
          <span>Delete it? What stood before then holds on; made reports stay as they are.</span>
          <Button size="compact-sm" color="dark" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
            Keep it
          </Button>
        </span>
      ) : (
        <button type="button" className="plain-button" aria-label={`Delete: from ${formatDay(of.from_on)}`} onClick={() => setAsked(true)}>
          Delete
        </button>
      )}
      <Failure error={remove.error} />
    </>
  )
}

const CostRow = ({ slug, of, today, timeZone }: { slug: string; of: Cost; today: string; timeZone: string }) => {
  const [isEdited, setEdited] = useState(false)
  if (isEdited)
    return (
      <li className={classes.row}>
        <CostForm slug={slug} of={of} today={today} onDone={() => setEdited(false)} canCancel />
      </li>
    )
  const holds = of.from_on <= today && (of.until_on === null || of.until_on >= today)
  return (
    <li className={classes.row} data-holds={holds}>
      <p className={classes.days}>{startSentence(sayHolds(of, today))}</p>
      <div className={classes.what}>
        <p>
          <span className="strong">{startSentence(sayPerMonth(of))}</span> <span className="quiet">{sayParts(of)}</span>
        </p>
        {of.note === null ? null : (
          <p className={`quiet small ${classes.note}`} dir="auto">
            {of.note}
          </p>
        )}
        <p className="row small no-print">
          <button
            type="button"
            className="plain-button"
            aria-label={`Change: from ${formatDay(of.from_on)}`}
            onClick={() => setEdited(true)}
          >
            Change
          </button>
          <DeleteCost slug={slug} of={of} />
          <span className="quiet">
            {of.updated_by === null ? 'Stated' : <bdi>{of.updated_by}</bdi>} on {formatDay(dayInZone(of.updated_at, timeZone))}
          </span>
        </p>
      </div>
    </li>
  )
}

const Costs = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(costsQuery(slug))
  const [isAdding, setAdding] = useState(false)
  if (data === undefined) {
    if (error instanceof ApiProblem && error.status === 403) return <p className="quiet measure">{NOT_FOR_YOU}</p>
    return error ? <CardProblem what="What it costs" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[120]} />
  }
  const today = dayInZone(new Date().toISOString(), timeZone)
  const now = data.find(({ from_on }) => from_on <= today)
  const isFirst = data.length === 0
  return (
    <>
      {isFirst ? (
        <p className="measure">
          Nobody has said what the community costs, so the report cannot say what each answer must save. A rough figure will do; where it
          cost about the same for long, let it begin a year back, and the next report has its twelve months.
        </p>
      ) : null}
      {isFirst ? null : (
        <ul className={classes.rows}>
          {data.map((cost) => (
            <CostRow key={cost.cost_id} slug={slug} of={cost} today={today} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {isFirst || isAdding ? (
        <CostForm
          slug={slug}
          {...(isFirst ? {} : { like: now ?? (data[0] as Cost) })}
          today={today}
          onDone={() => setAdding(false)}
          canCancel={!isFirst}
        />
      ) : (
        <div className="no-print">
          <Button variant="default" onClick={() => setAdding(true)}>
            It costs something else from a day on
          </Button>
        </div>
      )}
    </>
  )
}

const NOT_FOR_YOU = 'What it costs is stated by the community’s manager. Its sponsor reads the totals in the report.'

/** What the community costs, and from which day on: the report sets it beside what members got. */
export const CostSection = ({ slug }: { slug: string }) => (
  <section className="card stack-tight" aria-labelledby="costs">
    <h2 className="title" id="costs">
      What it costs
    </h2>
    <p className="measure">
      The working time of those who run it, and what they use. The report divides it by the answers that were confirmed as helpful, which
      says how much each must have saved. Managers and the sponsor see amounts, and so does whoever you send the report by mail or by a
      link. An amount holds from its day until the next one.
    </p>
    <ForManagers slug={slug} otherwise={NOT_FOR_YOU}>
      {(timeZone) => <Costs slug={slug} timeZone={timeZone} />}
    </ForManagers>
  </section>
)
