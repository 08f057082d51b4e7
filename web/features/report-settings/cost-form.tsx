import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { COST_NOTE_LENGTH, type Cost, type CostInput, costInputSchema } from '../../../shared/contract/cost.ts'
import { CURRENCIES, nameCurrency } from '../../../shared/currencies.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { costPath, costsQuery } from './cost-queries.ts'
import classes from './cost-section.module.css'
import { readAmount } from './read-amount.ts'
import { sayHolds, sayParts, sayPerMonth } from './say-cost.ts'

type Typed = Record<'from_on' | 'hours_per_month' | 'hourly_rate' | 'other_per_month' | 'currency' | 'note', string>
type Faults = Partial<Record<keyof Typed, string>>
const AMOUNTS = ['hours_per_month', 'hourly_rate', 'other_per_month'] as const
const NO_AMOUNT = 'write a number such as 40 or 1250.50; 0 if it is nothing'

/** What was typed, as it would be sent, or what is wrong with which field. */
const readTyped = (typed: Typed): { input: CostInput } | { faults: Faults } => {
  const amounts = Object.fromEntries(AMOUNTS.map((field) => [field, readAmount(typed[field])]))
  const found = costInputSchema.safeParse({ ...typed, ...amounts, note: typed.note || null })
  if (found.success) return { input: found.data }
  const faults: Faults = {}
  for (const { path, message } of found.error.issues) faults[path[0] as keyof Typed] ??= message
  for (const field of AMOUNTS) if (amounts[field] === null) faults[field] = NO_AMOUNT
  return { faults }
}

// three decimals could be read as thousands
const typeAmount = (amount: number): string => String(amount).replace(/\.\d{3}$/, '$&0')

const typedOf = (cost: Cost): Typed => ({
  from_on: cost.from_on,
  hours_per_month: typeAmount(cost.hours_per_month),
  hourly_rate: typeAmount(cost.hourly_rate),
  other_per_month: typeAmount(cost.other_per_month),
  currency: cost.currency,
  note: cost.note ?? '',
})

const currentOf = (error: Error | null): Cost | null =>
  error instanceof ApiProblem && error.status === 409 ? ((error.problem.current as Cost | undefined) ?? null) : null

const Version = ({ title, of, children }: { title: string; of: CostInput; children: ReactNode }) => (
  <div className={classes.version}>
    <p className="strong">{title}</p>
    <p>
      {sayHolds({ ...of, until_on: null }, of.from_on)}: {sayPerMonth(of)}
    </p>
    <p className="small quiet">{sayParts(of)}</p>
    <div>{children}</div>
  </div>
)

type FormProps = {
  slug: string
  /** What is changed; absent for a new one. */
  of?: Cost
  /** What a new one begins with: mostly one amount changes. */
  like?: Cost
  today: string
  onDone: () => void
  canCancel: boolean
}

/** What it costs from a day on. What somebody else has saved meanwhile is shown beside it, and the person chooses. */
export const CostForm = ({ slug, of, like, today, onDone, canCancel }: FormProps) => {
  const client = useQueryClient()
  const [typed, setTyped] = useState<Typed>(() =>
    of !== undefined
      ? typedOf(of)
      : like !== undefined
        ? { ...typedOf(like), from_on: `${today.slice(0, 7)}-01`, note: '' }
        : { from_on: '', hours_per_month: '', hourly_rate: '', other_per_month: '', currency: 'EUR', note: '' },
  )
  const [faults, setFaults] = useState<Faults>({})
  const save = useMutation({
    mutationFn: ({ input, version }: { input: CostInput; version: number | null }) =>
      version === null || of === undefined
        ? request<Cost>('POST', costPath(slug), input)
        : request<Cost>('PUT', costPath(slug, of.cost_id), { ...input, version }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['community', slug] })
      onDone()
    },
  })
  const change = (field: keyof Typed, value: string) => {
    setTyped((now) => ({ ...now, [field]: value }))
    setFaults((now) => ({ ...now, [field]: undefined }))
    save.reset()
  }
  const found = readTyped(typed)
  const current = currentOf(save.error)
  const isGone = save.error instanceof ApiProblem && save.error.status === 410
  const isSameDay =
    save.error instanceof ApiProblem && ['same-day', 'bad-cost'].includes(String(save.error.problem.type).split('/').at(-1) ?? '')
  const send = (version: number | null) => {
    if ('faults' in found) setFaults(found.faults)
    else save.mutate({ input: found.input, version })
  }
  const refetch = () => client.invalidateQueries({ queryKey: costsQuery(slug).queryKey })
  const amount = (field: (typeof AMOUNTS)[number], label: string, description: string) => (
    <TextInput
      className={classes.amount}
      label={label}
      description={description}
      inputMode="decimal"
      autoComplete="off"
      value={typed[field]}
      error={faults[field] ?? null}
      onChange={(event) => change(field, event.currentTarget.value)}
    />
  )
  return (
    <form
      className="stack-tight no-print"
      noValidate
      aria-label={of === undefined ? 'What it costs from a day on' : `Change what it costs from ${of.from_on} on`}
      onSubmit={(event) => {
        event.preventDefault()
        send(of?.version ?? null)
      }}
    >
      <div className={classes.fields}>
        <TextInput
          className={classes.amount}
          type="date"
          label="From"
          description="The first day it holds for"
          value={typed.from_on}
          error={faults.from_on ?? (isSameDay ? save.error?.message : null)}
          onChange={(event) => change('from_on', event.currentTarget.value)}
        />
        {amount('hours_per_month', 'Hours a month', 'Of all who run it, together')}
        {amount('hourly_rate', 'What an hour costs', 'Of those who run it, all in')}
        {amount('other_per_month', 'Other costs a month', 'Tools and the like')}
        <Select
          className={classes.currency}
          label="Currency"
          description="For both amounts"
          searchable
          allowDeselect={false}
          data={CURRENCIES.map((code) => ({ value: code, label: `${code}, ${nameCurrency(code)}` }))}
          value={typed.currency}
          error={faults.currency ?? null}
          onChange={(code) => code !== null && change('currency', code)}
          nothingFoundMessage="No currency has that name"
        />
      </div>
      <Textarea
        label="Note"
        description="What is in it, for whoever changes it later; not shown in the report"
        autosize
        minRows={1}
        maxRows={6}
        dir="auto"
        maxLength={COST_NOTE_LENGTH}
        value={typed.note}
        error={faults.note ?? null}
        onChange={(event) => change('note', event.currentTarget.value)}
      />
      <p className="quiet" aria-live="polite">
        {'input' in found ? `That is ${sayPerMonth(found.input)}.` : 'Put 0 where something costs nothing.'}
      </p>
      {current === null && !isGone && !isSameDay ? <Failure error={save.error} /> : null}
      {current === null || !('input' in found) ? null : (
        <div role="alert" className={classes.conflict}>
          <p className="strong">{save.error?.message}</p>
          <div className={classes.versions}>
            <Version title="As it stands now" of={current}>
              <Button
                variant="default"
                onClick={async () => {
                  await refetch()
                  onDone()
                }}
              >
                Keep this one
              </Button>
            </Version>
            <Version title="As you have written it" of={found.input}>
              <Button onClick={() => send(current.version)} loading={save.isPending}>
                Save mine over it
              </Button>
            </Version>
          </div>
        </div>
      )}
      {isGone ? (
        <div role="alert" className={classes.conflict}>
          <p className="strong">{save.error?.message}</p>
          <div>
            <Button onClick={() => send(null)} loading={save.isPending}>
              State mine anew
            </Button>
          </div>
        </div>
      ) : null}
      <div className="row">
        {current === null && !isGone ? (
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        ) : null}
        {canCancel ? (
          <Button
            variant="default"
            onClick={async () => {
              if (isGone) await refetch()
              onDone()
            }}
          >
            Cancel
          </Button>
        ) : null}
      </div>
    </form>
  )
}
