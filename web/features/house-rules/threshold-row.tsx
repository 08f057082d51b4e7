import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ThresholdSetting } from '../../../shared/contract/threshold.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import { nameThresholdUnit, sayThreshold } from '../../../shared/threshold-text.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import classes from './house-rules.module.css'
import type { SectionProps } from './section.ts'
import { pathOf } from './settings-queries.ts'
import { faultOf, readFigure, sayAsked, sayRange } from './threshold-groups.ts'

const Editor = ({ slug, setting, onDone }: { slug: string; setting: ThresholdSetting; onDone: () => void }) => {
  const client = useQueryClient()
  const [text, setText] = useState(String(setting.value))
  const [fault, setFault] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: (value: number) => request<ThresholdSetting>('PUT', pathOf(slug, 'thresholds', setting.id), { value }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['community', slug] })
      onDone()
    },
  })
  return (
    <form
      className={classes.editor}
      onSubmit={(event) => {
        event.preventDefault()
        const found = faultOf(text, setting)
        setFault(found)
        if (found === null) save.mutate(readFigure(text) as number)
      }}
    >
      <TextInput
        className={classes.figure}
        label={sayAsked(setting)}
        description={`In ${nameThresholdUnit(setting.unit)}, ${sayRange(setting)}; default ${sayThreshold(setting.default_value, setting.unit)}`}
        error={fault ?? save.error?.message ?? null}
        inputMode="decimal"
        autoComplete="off"
        data-autofocus
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setFault(null)
          save.reset()
        }}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
      <div className="row">
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** One threshold: what it asks, what it is here and by default, and for managers the way to change it. */
export const ThresholdRow = ({ slug, isManager, timeZone, setting }: SectionProps & { setting: ThresholdSetting }) => {
  const client = useQueryClient()
  const [isEditing, setEditing] = useState(false)
  const reset = useMutation({
    mutationFn: () => request<ThresholdSetting>('DELETE', pathOf(slug, 'thresholds', setting.id)),
    onSuccess: () => client.invalidateQueries({ queryKey: ['community', slug] }),
  })
  const { value, default_value, unit, set_at } = setting
  const asked = sayAsked(setting)
  const range = sayRange(setting)
  if (isEditing)
    return (
      <li className={classes.row}>
        <Editor slug={slug} setting={setting} onDone={() => setEditing(false)} />
      </li>
    )
  return (
    <li className={classes.row} id={`threshold-${setting.id}`}>
      <div className={classes.line} data-managed={isManager || undefined}>
        <span className={classes.asked}>{asked}</span>
        <span className={`${classes.value} strong`}>{sayThreshold(value, unit)}</span>
        <span className={`${classes.by} small quiet`}>
          {set_at === null ? (
            'default'
          ) : (
            <>
              <span className={classes.own}>own</span> since {formatDay(dayInZone(set_at, timeZone))}; default{' '}
              {sayThreshold(default_value, unit)}
            </>
          )}
          {range === null ? ', the same for all' : `; may be ${range}`}
        </span>
        {isManager ? (
          <span className={`${classes.actions} no-print`}>
            {setting.is_adjustable ? (
              <button type="button" className="plain-button" aria-label={`Change: ${asked}`} onClick={() => setEditing(true)}>
                Change
              </button>
            ) : null}
            {set_at === null ? null : (
              <button
                type="button"
                className="plain-button"
                aria-label={`Reset: ${asked}`}
                disabled={reset.isPending}
                onClick={() => reset.mutate()}
              >
                Reset
              </button>
            )}
          </span>
        ) : null}
      </div>
      <Failure error={reset.error} />
    </li>
  )
}
