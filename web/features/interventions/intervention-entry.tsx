import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { Intervention } from '../../../shared/contract/intervention.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import type { Numbers } from '../period/use-numbers.ts'
import { BeforeAfterCard } from './before-after-card.tsx'
import { type Choice, InterventionForm, pathOf } from './intervention-form.tsx'
import classes from './interventions.module.css'

const DeleteNote = ({ slug, of }: { slug: string; of: Intervention }) => {
  const client = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', `${pathOf(slug, of.intervention_id)}?version=${of.version}`),
    // deleted, or changed meanwhile: either way what stands here is not what is there
    onSettled: () => client.invalidateQueries({ queryKey: ['community', slug, 'interventions'] }),
  })
  return (
    <>
      {isAsked ? (
        <span className="row">
          <span>Delete this note for good?</span>
          <Button size="compact-sm" color="dark" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsked(false)}>
            Keep it
          </Button>
        </span>
      ) : (
        <button type="button" className="plain-button" aria-label={`Delete: ${of.title}`} onClick={() => setAsked(true)}>
          Delete
        </button>
      )}
      <Failure error={remove.error} />
    </>
  )
}

type EntryProps = {
  numbers: Numbers
  of: Intervention
  choices: Choice[]
  today: string
  days: number
  only: string | undefined
  isManager: boolean
  /** The address names it. */
  isNamed: boolean
  isEager: boolean
}

const LONG_NOTE = 600

/** One thing that was tried: its day, its note, and what became of the numbers. */
export const InterventionEntry = ({ numbers, of, choices, today, days, only, isManager, isNamed, isEager }: EntryProps) => {
  const { slug, catalogue, community } = numbers
  const [isEdited, setEdited] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const { intervention_id: id, title, note, on } = of
  // what fills above it moves it: it is brought into sight again once its own numbers are there
  const show = useCallback(() => {
    if (isNamed) document.getElementById(id)?.scrollIntoView()
  }, [isNamed, id])
  const isLong = note !== null && note.length > LONG_NOTE
  return (
    <article className={classes.entry} id={id} aria-labelledby={`title-${id}`} data-named={isNamed}>
      <p className={classes.day}>
        <time dateTime={on}>{formatDay(on)}</time>
        {on > today ? <span className={classes.planned}>Planned</span> : null}
      </p>
      <div className="stack-tight">
        {isEdited ? (
          <InterventionForm slug={slug} of={of} choices={choices} onDone={() => setEdited(false)} />
        ) : (
          <header className="stack-tight">
            <h2 className="title" id={`title-${id}`}>
              <bdi>{title}</bdi>
            </h2>
            {note === null ? null : (
              <p className={`measure ${classes.text}`} dir="auto">
                {isLong && !isWhole ? `${[...note].slice(0, LONG_NOTE).join('').trimEnd()}…` : note}
              </p>
            )}
            <div className={`row small ${classes.actions}`}>
              {isLong ? (
                <button type="button" className="plain-button no-print" onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
                  {isWhole ? 'Less' : 'The whole note'}
                </button>
              ) : null}
              {isManager ? (
                <>
                  <button type="button" className="plain-button no-print" aria-label={`Change: ${title}`} onClick={() => setEdited(true)}>
                    Change
                  </button>
                  <span className="no-print">
                    <DeleteNote slug={slug} of={of} />
                  </span>
                </>
              ) : null}
              {of.version > 1 && of.updated_by !== null ? (
                <span className="quiet">
                  Changed by <bdi>{of.updated_by}</bdi> on {formatDay(dayInZone(of.updated_at, community.time_zone))}
                </span>
              ) : null}
            </div>
          </header>
        )}
        <BeforeAfterCard
          slug={slug}
          catalogue={catalogue}
          intervention={of}
          days={days}
          only={only}
          isEager={isEager || isNamed}
          onShown={show}
        />
      </div>
    </article>
  )
}
