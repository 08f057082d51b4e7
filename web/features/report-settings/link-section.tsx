import { CopyButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReportLink } from '../../../shared/contract/report-link.ts'
import { dayInZone, formatCount, formatDay, formatPeriod } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { Failure } from '../../ui/failure.tsx'
import { CardProblem, Waiting } from '../../ui/states.tsx'
import { AddLink } from './add-link.tsx'
import { ForManagers } from './for-managers.tsx'
import classes from './report-settings.module.css'
import { linksPath, reportLinksQuery } from './subscription-queries.ts'

const Revoke = ({ slug, of }: { slug: string; of: ReportLink }) => {
  const client = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const revoke = useMutation({
    mutationFn: () => request<void>('DELETE', linksPath(slug, of.id)),
    onSettled: () => client.invalidateQueries({ queryKey: ['community', slug, 'report-links'] }),
  })
  const what = of.is_ended ? 'Delete' : 'Revoke'
  return (
    <>
      <button
        type="button"
        className="plain-button"
        aria-label={`${what} the link for ${of.label}`}
        onClick={() => (of.is_ended ? revoke.mutate() : setAsked(true))}
      >
        {what}
      </button>
      <AreYouSure
        isOpen={isAsked}
        title="Revoke this link?"
        yes="Revoke"
        isPending={revoke.isPending}
        error={revoke.error}
        onYes={() => revoke.mutate()}
        onClose={() => setAsked(false)}
      >
        The link for “<bdi>{of.label}</bdi>” opens nothing any more, whoever has it. It cannot be taken back; a new link is another one.
      </AreYouSure>
      {/* an ended link is deleted without a question, so that its failure has no dialog to stand in */}
      {of.is_ended ? <Failure error={revoke.error} /> : null}
    </>
  )
}

const sayOpened = ({ open_count: count, last_opened_on: on }: ReportLink): string => {
  if (count === 0 || on === null) return 'Not opened yet.'
  return count === 1 ? `Opened once, on ${formatDay(on)}.` : `Opened ${formatCount(count)} times, last on ${formatDay(on)}.`
}

const LinkRow = ({ slug, of, timeZone }: { slug: string; of: ReportLink; timeZone: string }) => {
  const day = (at: string) => formatDay(dayInZone(at, timeZone))
  const end =
    of.expires_at === null ? 'until it is revoked' : of.is_ended ? `ended on ${day(of.expires_at)}` : `until ${day(of.expires_at)}`
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <p>
          <bdi className="strong">{of.label}</bdi>
        </p>
        <p className={of.is_ended ? 'strong' : ''}>
          {of.month === null ? 'Always the latest report' : `The report of ${formatPeriod(of.month)}`}, {end}. {sayOpened(of)}
        </p>
        {of.is_ended ? null : <p className={classes.address}>{of.url}</p>}
        <p className="small quiet">
          Made {of.created_by === null ? null : <bdi>by {of.created_by}</bdi>} on {day(of.created_at)}
        </p>
      </div>
      <div className={`${classes.does} no-print`}>
        {of.is_ended ? null : (
          <CopyButton value={of.url}>
            {({ copied, copy }) => (
              <button type="button" className="plain-button" onClick={copy} aria-label={`Copy the link for ${of.label}`}>
                {copied ? 'Copied' : 'Copy'}
              </button>
            )}
          </CopyButton>
        )}
        <Revoke slug={slug} of={of} />
      </div>
    </li>
  )
}

const Links = ({ slug, timeZone }: { slug: string; timeZone: string }) => {
  const { data, error, refetch } = useQuery(reportLinksQuery(slug))
  if (data === undefined)
    return error ? <CardProblem what="The links" error={error} onRetry={() => void refetch()} /> : <Waiting heights={[120]} />
  return (
    <>
      {data.length === 0 ? (
        <p className="quiet">There is no link yet.</p>
      ) : (
        <ul className={classes.rows}>
          {data.map((one) => (
            <LinkRow key={one.id} slug={slug} of={one} timeZone={timeZone} />
          ))}
        </ul>
      )}
      <AddLink slug={slug} />
    </>
  )
}

/** Links that open reports without signing in. */
export const LinkSection = ({ slug }: { slug: string }) => (
  <section className="card stack-tight" aria-labelledby="links">
    <h2 className="title" id="links">
      Share by a link
    </h2>
    <p className="measure">
      Whoever has a link reads the report without signing in, as the sponsor reads it: with what the community costs, and with nobody named
      who has not agreed. Of an opening only the day and how often are kept.
    </p>
    <ForManagers slug={slug} otherwise="Links are made by the community’s manager.">
      {(timeZone) => <Links slug={slug} timeZone={timeZone} />}
    </ForManagers>
  </section>
)
