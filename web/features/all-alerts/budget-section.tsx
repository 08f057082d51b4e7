import { Button, NumberInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Budget, type BudgetChange, MOST_FALSE_ALARMS } from '../../../shared/contract/all-alerts.ts'
import { formatDay } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import classes from './all-alerts.module.css'
import { allAlertsQuery, BUDGET_PATH, budgetQuery } from './all-alerts-queries.ts'
import { previewBudget, sayBudget, sayPreview } from './say-all-alerts.ts'

/** Sets the budget, and says before what it does. */
const BudgetForm = ({ budget }: { budget: Budget }) => {
  const client = useQueryClient()
  const [typed, setTyped] = useState<number | string>(budget.false_alarms ?? '')
  const falseAlarms = typed === '' ? null : Number(typed)
  const isGood = falseAlarms === null || (falseAlarms >= 0 && falseAlarms <= MOST_FALSE_ALARMS)
  const save = useMutation({
    mutationFn: (change: BudgetChange) => request<Budget>('PUT', BUDGET_PATH, change),
    onSuccess: (saved) => client.setQueryData(budgetQuery.queryKey, saved),
    onSettled: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: budgetQuery.queryKey }),
        client.invalidateQueries({ queryKey: allAlertsQuery.queryKey }),
      ])
    },
  })
  const isSame = falseAlarms === budget.false_alarms && previewBudget(budget, falseAlarms)?.strictness === budget.strictness
  return (
    <form
      className="stack-tight no-print"
      aria-label="Budget of false alarms"
      onSubmit={(event) => {
        event.preventDefault()
        if (isGood) save.mutate({ false_alarms: falseAlarms, version: budget.version })
      }}
    >
      <NumberInput
        className={classes.field}
        label="False alarms a year, at most"
        description="Over all communities and rules together. Empty: no budget, and the usual limits."
        value={typed}
        onChange={setTyped}
        min={0}
        max={MOST_FALSE_ALARMS}
        step={0.5}
        decimalScale={2}
        clampBehavior="none"
        error={isGood ? null : `Give a number from 0 to ${MOST_FALSE_ALARMS}.`}
      />
      {isGood ? (
        <div role="status" className={classes.preview}>
          {sayPreview(budget, falseAlarms).map((line) => (
            <p key={line} className="measure">
              {line}
            </p>
          ))}
        </div>
      ) : null}
      <Failure error={save.error} />
      <div className="row">
        <Button type="submit" loading={save.isPending} disabled={!isGood || isSame}>
          {falseAlarms === null && budget.false_alarms !== null ? 'Take the budget away' : 'Set the budget'}
        </Button>
      </div>
    </form>
  )
}

/** How many false alarms to expect over all of this server, and how many there may be. */
export const BudgetSection = ({ isAdministrator }: { isAdministrator: boolean }) => {
  const { data, error, refetch } = useQuery(budgetQuery)
  if (data === undefined)
    return error ? (
      <CardProblem what="The budget of false alarms" error={error} onRetry={() => void refetch()} />
    ) : (
      <Waiting heights={[200]} />
    )
  const { version, updated_at, updated_by, tightened_at } = data
  return (
    <section className="card stack-tight" aria-labelledby="budget">
      <h2 className="title" id="budget">
        How many false alarms may there be?
      </h2>
      <p className="measure">{sayBudget(data)}</p>
      {tightened_at === null ? null : (
        <p className="measure">
          More is watched than when it was set, so limits were made stricter on {formatDay(tightened_at.slice(0, 10))}. They become looser
          only when the budget is set again.
        </p>
      )}
      {updated_at === null ? null : (
        <p className="small quiet">
          Set {updated_by === null ? '' : `by ${updated_by} `}on {formatDay(updated_at.slice(0, 10))}.
        </p>
      )}
      <p className="measure small quiet">
        What is expected adds up how often each rule is false in simulated communities in which nothing changes and that swing alike. Limits
        that a community has set for itself hold before the budget. What was told stands: stricter limits take nothing back.
      </p>
      {isAdministrator ? <BudgetForm key={version} budget={data} /> : null}
    </section>
  )
}
