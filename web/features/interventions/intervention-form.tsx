import { Button, MultiSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import {
  type Intervention,
  INTERVENTION_NOTE_LENGTH,
  type InterventionInput,
  MOST_METRICS,
  TITLE_LENGTH,
} from '../../../shared/contract/intervention.ts'
import { formatDay } from '../../../shared/format.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import classes from './interventions.module.css'

export const pathOf = (slug: string, id?: string): string =>
  `/api/v1/communities/${encodeURIComponent(slug)}/interventions${id === undefined ? '' : `/${encodeURIComponent(id)}`}`

/** Series that can be compared, with the names they go by. */
export type Choice = { value: string; label: string }

/** What somebody else saved while this form was open; null where it failed for another reason. */
const currentOf = (error: Error | null): Intervention | null =>
  error instanceof ApiProblem && error.status === 409 ? ((error.problem.current as Intervention | undefined) ?? null) : null

const Version = ({ title, of, choices, children }: { title: string; of: InterventionInput; choices: Choice[]; children: ReactNode }) => (
  <div className={classes.version}>
    <p className="strong">{title}</p>
    <p>
      {formatDay(of.on)}: <bdi>{of.title}</bdi>
    </p>
    {of.note === null || of.note === '' ? null : (
      <p className={classes.text} dir="auto">
        {of.note}
      </p>
    )}
    <p className="small quiet">
      {of.metrics.length === 0
        ? 'No measures named'
        : of.metrics.map((key) => choices.find(({ value }) => value === key)?.label ?? key).join(', ')}
    </p>
    <div>{children}</div>
  </div>
)

type FormProps = {
  slug: string
  /** What is changed; absent for a new note. */
  of?: Intervention | undefined
  /** The day that stands in a new one. */
  on?: string
  choices: Choice[]
  onDone: (saved: Intervention | null) => void
}

/** A note to add, or to change. What somebody else has saved meanwhile is shown beside it, and the person chooses. */
export const InterventionForm = ({ slug, of, on = '', choices, onDone }: FormProps) => {
  const client = useQueryClient()
  const [input, setInput] = useState<InterventionInput>(
    of === undefined ? { on, title: '', note: null, metrics: [] } : { on: of.on, title: of.title, note: of.note, metrics: of.metrics },
  )
  const change = (next: Partial<InterventionInput>) => setInput((now) => ({ ...now, ...next }))
  const refresh = () => client.invalidateQueries({ queryKey: ['community', slug, 'interventions'] })
  const save = useMutation({
    // null: as a new one
    mutationFn: (version: number | null) =>
      version === null || of === undefined
        ? request<Intervention>('POST', pathOf(slug), input)
        : request<Intervention>('PUT', pathOf(slug, of.intervention_id), { ...input, version }),
    onSuccess: async (saved) => {
      await refresh()
      onDone(saved)
    },
  })
  const current = currentOf(save.error)
  const isGone = save.error instanceof ApiProblem && save.error.status === 410
  return (
    <form
      className={`card stack-tight no-print ${classes.form}`}
      aria-label={of === undefined ? 'A new note' : 'Change the note'}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(of?.version ?? null)
      }}
    >
      <div className={classes.fields}>
        <TextInput
          type="date"
          label="Day"
          description="It began, or is to begin"
          required
          value={input.on}
          onChange={(event) => change({ on: event.currentTarget.value })}
        />
        <TextInput
          className={classes.grow}
          label="What was tried"
          description="In a few words: they stand on the charts"
          placeholder="Every newcomer is welcomed by name"
          required
          dir="auto"
          maxLength={TITLE_LENGTH}
          value={input.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          data-autofocus
          autoFocus
        />
      </div>
      <Textarea
        label="More about it"
        description="Who did what, and why; what else changed in these weeks. Shown to everyone who may see the community."
        autosize
        minRows={2}
        maxRows={12}
        dir="auto"
        maxLength={INTERVENTION_NOTE_LENGTH}
        value={input.note ?? ''}
        onChange={(event) => change({ note: event.currentTarget.value || null })}
      />
      <MultiSelect
        label="What it was meant to change"
        description={`Up to ${MOST_METRICS} measures, named before looking at them; without any, six usual ones are compared`}
        data={choices}
        searchable
        clearable
        maxValues={MOST_METRICS}
        value={input.metrics}
        onChange={(metrics) => change({ metrics })}
        nothingFoundMessage="No measure has that name"
      />
      {current === null && !isGone ? <Failure error={save.error} /> : null}
      {current === null ? null : (
        <div role="alert" className={classes.conflict}>
          <p className="strong">{save.error?.message}</p>
          <div className={classes.versions}>
            <Version title="As it stands now" of={current} choices={choices}>
              <Button
                variant="default"
                onClick={async () => {
                  await refresh()
                  onDone(null)
                }}
              >
                Keep this one
              </Button>
            </Version>
            <Version title="As you have written it" of={input} choices={choices}>
              <Button onClick={() => save.mutate(current.version)} loading={save.isPending}>
                Save mine over it
              </Button>
            </Version>
          </div>
        </div>
      )}
      {isGone ? (
        <div role="alert" className={classes.conflict}>
          <p className="strong">{save.error?.message}</p>
          <div className="row">
            <Button onClick={() => save.mutate(null)} loading={save.isPending}>
              Add mine as a new note
            </Button>
          </div>
        </div>
      ) : null}
      <div className="row">
        {current === null && !isGone ? (
          <Button type="submit" loading={save.isPending}>
            {of === undefined ? 'Add the note' : 'Save'}
          </Button>
        ) : null}
        <Button
          variant="default"
          onClick={async () => {
            if (isGone) await refresh()
            onDone(null)
          }}
        >
          Cancel
        </Button>
      </div>
    </form>
  )
}
