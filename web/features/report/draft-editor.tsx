import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { MADE_AT, type ReportDraft, type ReportDraftInput } from '../../../shared/contract/report-settings.ts'
import { formatDay, formatInstant, formatPeriod, formatZone } from '../../../shared/format.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { AskCount, AskField, isAskTooLong } from './ask-field.tsx'
import classes from './draft.module.css'
import { draftPath, draftQuery, reportSettingsQuery } from './draft-queries.ts'
import { StoryChoice } from './story-choice.tsx'

type FormProps = { slug: string; draft: ReportDraft; timeZone: string }

/** What somebody else saved while this form was open; null where it failed for another reason. */
const currentOf = (error: Error | null): ReportDraft | null =>
  error instanceof ApiProblem && error.status === 409 ? ((error.problem.current as ReportDraft | undefined) ?? null) : null

const isSameChoice = (a: readonly string[] | null, b: readonly string[] | null): boolean => JSON.stringify(a) === JSON.stringify(b)

const Form = ({ slug, draft: stands, timeZone }: FormProps) => {
  const client = useQueryClient()
  // what this form is a change of: what others save meanwhile neither overwrites it nor is overwritten by it
  const [draft, setDraft] = useState(stands)
  const [ask, setAsk] = useState(draft.ask ?? '')
  const [keys, setKeys] = useState(draft.story_keys)
  const isChanged = ask.trim() !== (draft.ask ?? '') || !isSameChoice(keys, draft.story_keys)
  const save = useMutation({
    mutationFn: (version: number) =>
      request<ReportDraft>('PUT', draftPath(slug, draft.month), {
        ask: ask.trim() || null,
        story_keys: keys,
        version,
      } satisfies ReportDraftInput),
    onSuccess: (saved) => {
      take(saved)
      client.setQueryData(draftQuery(slug, draft.month).queryKey, saved)
      // the preview above is of what is saved
      void client.invalidateQueries({ queryKey: ['community', slug, 'reports'] })
    },
  })
  const take = (one: ReportDraft) => {
    setDraft(one)
    setAsk(one.ask ?? '')
    setKeys(one.story_keys)
  }
  // nothing is lost by showing what stands, where nothing was changed here
  if (stands.version !== draft.version && !isChanged && !save.isPending) take(stands)
  const current = currentOf(save.error)
  return (
    <form
      className={`stack-tight ${classes.form}`}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(draft.version)
      }}
    >
      <AskField ask={ask} onChange={setAsk} />
      <AskCount ask={ask} />
      <StoryChoice stories={stands.stories} chosen={keys} onChange={setKeys} />
      {current === null ? (
        <Failure error={save.error} />
      ) : (
        <div role="alert" className={`stack-tight ${classes.other}`}>
          <p className="strong">{save.error?.message}</p>
          <p className={classes.text} dir="auto">
            {current.ask ?? 'Nothing is asked in it.'}
          </p>
          <div className="row">
            <Button
              variant="default"
              onClick={() => {
                take(current)
                save.reset()
              }}
            >
              Take that
            </Button>
            <Button onClick={() => save.mutate(current.version)} loading={save.isPending}>
              Save mine over it
            </Button>
          </div>
        </div>
      )}
      <div className="row">
        <Button type="submit" loading={save.isPending} disabled={!isChanged || isAskTooLong(ask) || current !== null}>
          Save
        </Button>
        <span role="status" className="quiet small">
          {isChanged
            ? 'Not saved yet.'
            : draft.updated_at === null
              ? ''
              : `Saved ${formatInstant(draft.updated_at, timeZone)}${draft.updated_by === null ? '' : ` by \u2068${draft.updated_by}\u2069`}.`}
        </span>
      </div>
    </form>
  )
}

/** When the report goes out, and that it does so without these words too. */
const Schedule = ({ slug, month, timeZone }: { slug: string; month: string; timeZone: string }) => {
  const { data } = useQuery(reportSettingsQuery(slug))
  if (data === undefined) return null
  const { next } = data
  const name = formatPeriod(month)
  if (next?.month === month && next.is_silent)
    return <p className="measure">Nothing has been heard of the community lately. Where it stays so, no report is made.</p>
  if (next?.month === month)
    return (
      <p className="measure">
        {next.waiting ??
          `The report is made on ${formatDay(next.made_on)} at ${MADE_AT}, ${formatZone(timeZone)}, and sent to who is subscribed.`}{' '}
        If you do nothing here, it goes out all the same: without a request to the sponsor, and with the newest stories.
      </p>
    )
  return (
    <p className="measure">
      {next === null
        ? `The report of ${name} is not made by itself: that is switched off.`
        : `The report of ${name} is made when a manager makes it, once the month is over.`}{' '}
      What stands here goes into it.
    </p>
  )
}

/** What managers add to a month before its report is made. */
export const DraftEditor = ({ slug, month }: { slug: string; month: string }) => {
  const { data, error, refetch } = useQuery(draftQuery(slug, month))
  const { data: communities } = useQuery(communitiesQuery)
  const timeZone = communities?.find((one) => one.slug === slug)?.time_zone ?? 'UTC'
  if (data === undefined)
    return error ? <CardProblem what="The draft" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[280]} />
  if (data.is_frozen) return null
  return (
    <section className="card stack-tight no-print" aria-labelledby="draft">
      <h2 className="title" id="draft">
        What you add to the report of {formatPeriod(month)}
      </h2>
      <Schedule slug={slug} month={month} timeZone={timeZone} />
      <Form key={month} slug={slug} draft={data} timeZone={timeZone} />
    </section>
  )
}
