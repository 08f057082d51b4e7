import { Button, Textarea } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { type Alert, RULING_NOTE_LENGTH, type Ruling } from '../../../shared/contract/alert.ts'
import { Failure } from '../../ui/failure.tsx'
import { useSaying } from './alert-queries.ts'
import classes from './alerts.module.css'

const ASKED: Record<Ruling, { title: string; hint: string; save: string }> = {
  right: {
    title: 'This was right',
    hint: 'What was behind it, for those who come after you. Leave it empty where you like.',
    save: 'Say it was right',
  },
  false_alarm: {
    title: 'This was a false alarm',
    hint: 'What it was instead, such as a holiday or a change of the platform. It is counted against the rate that is stated.',
    save: 'Say it was false',
  },
}

const RulingForm = ({ slug, alert, ruling, onDone }: { slug: string; alert: Alert; ruling: Ruling; onDone: () => void }) => {
  const [note, setNote] = useState(alert.ruling?.note ?? '')
  const say = useSaying(slug, alert)
  const { title, hint, save } = ASKED[ruling]
  const field = useRef<HTMLTextAreaElement>(null)
  // its button is gone: who goes by the keyboard goes on here
  useEffect(() => field.current?.focus(), [])
  return (
    <form
      className={`stack-tight ${classes.form}`}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        say.mutate({ ruling, note: note.trim() || null }, { onSuccess: onDone })
      }}
    >
      <Textarea
        label={title}
        description={hint}
        autosize
        minRows={2}
        maxLength={RULING_NOTE_LENGTH}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        ref={field}
      />
      <Failure error={say.error} />
      <div className="row">
        <Button type="submit" loading={say.isPending}>
          {save}
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** What a manager may say of an alert, and take back. */
export const SayOfAlert = ({ slug, alert }: { slug: string; alert: Alert }) => {
  const [asked, setAsked] = useState<Ruling | null>(null)
  const say = useSaying(slug, alert)
  const actions = useRef<HTMLDivElement>(null)
  const wasAsked = useRef(false)
  useEffect(() => {
    if (asked === null && wasAsked.current) actions.current?.focus()
    wasAsked.current = asked !== null
  }, [asked])
  if (asked !== null) return <RulingForm slug={slug} alert={alert} ruling={asked} onDone={() => setAsked(null)} />
  const { acknowledged, ruling, state } = alert
  return (
    <div className="stack-tight no-print">
      <div className={classes.actions} ref={actions} tabIndex={-1}>
        {state !== 'open' && acknowledged === null ? null : (
          <Button
            size="compact-md"
            variant="default"
            loading={say.isPending && say.variables !== undefined && 'acknowledge' in say.variables}
            onClick={() => say.mutate({ acknowledge: acknowledged === null })}
          >
            {acknowledged === null ? 'I look at it' : 'Take back that somebody looks at it'}
          </Button>
        )}
        {ruling === null ? (
          <>
            <Button size="compact-md" variant="default" onClick={() => setAsked('right')}>
              This was right
            </Button>
            <Button size="compact-md" variant="default" onClick={() => setAsked('false_alarm')}>
              This was wrong
            </Button>
          </>
        ) : (
          <Button size="compact-md" variant="default" loading={say.isPending} onClick={() => say.mutate({ ruling: null })}>
            Take back that it was {ruling.ruling === 'right' ? 'right' : 'false'}
          </Button>
        )}
      </div>
      <Failure error={say.error} />
    </div>
  )
}
