import { Button, Checkbox, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { MAX_REASON_LENGTH, type ReportCorrection } from '../../../shared/contract/report-settings.ts'
import type { ValueReport } from '../../../shared/contract/value-report.ts'
import { formatPeriod } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { AskCount, AskField, isAskTooLong } from './ask-field.tsx'
import classes from './draft.module.css'
import { correctionQuery, revisionsPath } from './draft-queries.ts'
import { StoryChoice } from './story-choice.tsx'

type FormProps = { slug: string; correction: ReportCorrection; onDone: () => void }

const Changes = ({ changes }: { changes: readonly string[] }) =>
  changes.length === 0 ? (
    <p className="measure">By the numbers as they are now it would say the same. Only your own words can be changed.</p>
  ) : (
    <div>
      <p className="strong">What would change by the numbers as they are now</p>
      <ul className={classes.changes}>
        {changes.map((change) => (
          <li key={change}>
            <bdi>{change}</bdi>
          </li>
        ))}
      </ul>
    </div>
  )

const Form = ({ slug, correction, onDone }: FormProps) => {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [ask, setAsk] = useState(correction.ask ?? '')
  const [keys, setKeys] = useState(correction.story_keys)
  const [isMailed, setIsMailed] = useState(false)
  const isAskChanged = ask.trim() !== (correction.ask ?? '')
  const areStoriesChanged = JSON.stringify(keys) !== JSON.stringify(correction.story_keys)
  const refresh = () => client.invalidateQueries({ queryKey: ['community', slug, 'reports'] })
  const make = useMutation({
    mutationFn: () =>
      request<ValueReport>('POST', revisionsPath(slug, correction.month), {
        reason,
        is_mailed: isMailed,
        revision: correction.revision,
        ...(isAskChanged ? { ask: ask.trim() || null } : {}),
        ...(areStoriesChanged ? { story_keys: keys } : {}),
      }),
    onSuccess: async () => {
      await refresh()
      onDone()
    },
    // refused because another revision stands by now: it is shown
    onError: () => void refresh(),
  })
  const isNothing = correction.changes.length === 0 && !isAskChanged && !areStoriesChanged
  return (
    <form
      className={`stack-tight ${classes.form}`}
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      <Changes changes={correction.changes} />
      <Textarea
        label="Why it is corrected"
        labelProps={{ className: 'strong' }}
        description="Stands on the report, beside what changed."
        required
        autosize
        minRows={2}
        maxRows={6}
        dir="auto"
        maxLength={MAX_REASON_LENGTH}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <AskField ask={ask} onChange={setAsk} />
      <AskCount ask={ask} />
      {correction.stories.length > 0 && <StoryChoice stories={correction.stories} chosen={keys} onChange={setKeys} />}
      <Checkbox
        label="Mail it again to everybody who is subscribed"
        description="Left out, those who got the report keep what they have; page, PDF and links show the correction."
        checked={isMailed}
        onChange={(event) => setIsMailed(event.currentTarget.checked)}
      />
      <Failure error={make.error} />
      <div className="row">
        <Button type="submit" loading={make.isPending} disabled={isNothing || reason.trim() === '' || isAskTooLong(ask)}>
          Make revision {correction.revision + 1}
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        {isNothing && <span className="quiet small">Nothing would change yet.</span>}
      </div>
    </form>
  )
}

const Opened = ({ slug, month, onDone }: { slug: string; month: string; onDone: () => void }) => {
  const { data, error, refetch } = useQuery(correctionQuery(slug, month))
  if (data === undefined)
    return error ? (
      <CardProblem what="What a correction would change" error={error} onRetry={() => void refetch()} />
    ) : (
      <Waiting heights={[200]} />
    )
  return <Form key={data.revision} slug={slug} correction={data} onDone={onDone} />
}

/** Corrects a report that is made, as a numbered revision. */
export const CorrectReport = ({ slug, month }: { slug: string; month: string }) => {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <section className="card stack-tight no-print" aria-labelledby="correct">
      <h2 className="title" id="correct">
        Is something wrong in it?
      </h2>
      <p className="measure">
        What was made does not change by itself, whatever comes in later. A correction of the report of {formatPeriod(month)} is a further
        revision that says why and what changed; the earlier one stays readable.
      </p>
      {isOpen ? (
        <Opened slug={slug} month={month} onDone={() => setIsOpen(false)} />
      ) : (
        <div>
          <Button variant="default" onClick={() => setIsOpen(true)}>
            Correct this report…
          </Button>
        </div>
      )}
    </section>
  )
}
