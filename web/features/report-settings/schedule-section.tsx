import { Button, NumberInput, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  DEFAULT_DRAFT_DAYS,
  MADE_AT,
  MAX_DRAFT_DAYS,
  type ReportSettings,
  type ReportSettingsInput,
} from '../../../shared/contract/report-settings.ts'
import { formatDay, formatInstant, formatPeriod, formatZone } from '../../../shared/format.ts'
import { ApiProblem, request } from '../../app/api.ts'
import { communitiesQuery } from '../../app/queries.ts'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { reportSettingsPath, reportSettingsQuery } from '../report/draft-queries.ts'

/** What happens next, as a person would say it. */
const sayNext = ({ next }: ReportSettings, timeZone: string): string => {
  if (next === null) return 'No report is made by itself. Managers can make one on the page of the report.'
  const month = formatPeriod(next.month)
  if (next.is_silent)
    return 'Nothing has been heard of the community lately. Where it stays so, no report is made and nobody is mailed, until something is heard again.'
  if (next.waiting !== null) return `The report of ${month}: ${next.waiting.charAt(0).toLowerCase()}${next.waiting.slice(1)}`
  const draft =
    next.drafted_at !== null
      ? ` Its draft went to the managers on ${formatInstant(next.drafted_at, timeZone)}.`
      : next.draft_on === null
        ? ' No draft is sent before.'
        : ` The managers get its draft on ${formatDay(next.draft_on)} at ${MADE_AT}.`
  return `The report of ${month} is made on ${formatDay(next.made_on)} at ${MADE_AT}, ${formatZone(timeZone)}.${draft}`
}

const Form = ({ slug, settings: stands, timeZone }: { slug: string; settings: ReportSettings; timeZone: string }) => {
  const client = useQueryClient()
  const [settings, setSettings] = useState(stands)
  const [isMade, setIsMade] = useState(settings.is_made)
  const [days, setDays] = useState<number | string>(settings.draft_days)
  const take = (one: ReportSettings) => {
    setSettings(one)
    setIsMade(one.is_made)
    setDays(one.draft_days)
  }
  const save = useMutation({
    mutationFn: (input: ReportSettingsInput) => request<ReportSettings>('PUT', reportSettingsPath(slug), input),
    onSuccess: (saved) => {
      take(saved)
      client.setQueryData(reportSettingsQuery(slug).queryKey, saved)
    },
    // refused because others stand by now: they are fetched and shown
    onError: () => void client.invalidateQueries({ queryKey: reportSettingsQuery(slug).queryKey }),
  })
  const isChanged = isMade !== settings.is_made || days !== settings.draft_days
  const isOther = stands.version !== settings.version
  const isRefused = save.error instanceof ApiProblem && save.error.status === 409
  if (isOther && (!isChanged || isRefused) && !save.isPending) take(stands)
  const isDaysGood = typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= MAX_DRAFT_DAYS
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (isDaysGood) save.mutate({ is_made: isMade, draft_days: days, version: settings.version })
      }}
    >
      <p className="measure">{sayNext(isOther ? stands : settings, timeZone)}</p>
      <Switch
        label="Make the report by itself, and send it to who is subscribed"
        description="On the first of each month. Months that end while this is off are not made later, unless by hand."
        checked={isMade}
        onChange={(event) => setIsMade(event.currentTarget.checked)}
      />
      <NumberInput
        label="Draft to the managers, days before the first"
        description={`So that you can add what you ask of the sponsor and choose stories; ${DEFAULT_DRAFT_DAYS} unless you say otherwise, 0 for none.`}
        min={0}
        max={MAX_DRAFT_DAYS}
        allowDecimal={false}
        maw={360}
        className="no-print"
        disabled={!isMade}
        value={days}
        onChange={setDays}
        error={isDaysGood ? null : `Give a whole number from 0 to ${MAX_DRAFT_DAYS}.`}
      />
      <Failure error={save.error} />
      <div className="row no-print">
        <Button type="submit" loading={save.isPending} disabled={!isChanged || !isDaysGood}>
          Save
        </Button>
        <span role="status" className="quiet small">
          {save.isSuccess && !isChanged ? 'Saved.' : ''}
        </span>
      </div>
    </form>
  )
}

/** When the report is made, and the draft before it. */
export const ScheduleSection = ({ slug }: { slug: string }) => {
  const { data, error, refetch } = useQuery(reportSettingsQuery(slug))
  const { data: communities } = useQuery(communitiesQuery)
  const timeZone = communities?.find((one) => one.slug === slug)?.time_zone ?? 'UTC'
  if (data === undefined)
    return error ? <CardProblem what="The schedule" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[220]} />
  return (
    <section className="card stack-tight" aria-labelledby="schedule">
      <h2 className="title" id="schedule">
        When is it made?
      </h2>
      <Form slug={slug} settings={data} timeZone={timeZone} />
    </section>
  )
}
