import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Subscription } from '../../../shared/contract/report-subscription.ts'
import { dayInZone, formatDay } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { Failure } from '../../ui/failure.tsx'
import classes from './report-settings.module.css'
import { subscriptionsPath } from './subscription-queries.ts'

const Remove = ({ slug, of }: { slug: string; of: Subscription }) => {
  const client = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', subscriptionsPath(slug, of.id)),
    onSettled: () => client.invalidateQueries({ queryKey: ['community', slug, 'subscriptions'] }),
  })
  return (
    <>
      <button type="button" className="plain-button" aria-label={`Remove ${of.address}`} onClick={() => setAsked(true)}>
        Remove
      </button>
      <AreYouSure
        isOpen={isAsked}
        title="Take it off the list?"
        yes="Remove"
        isPending={remove.isPending}
        error={remove.error}
        onYes={() => remove.mutate()}
        onClose={() => setAsked(false)}
      >
        <bdi>{of.address}</bdi> gets no more reports, and the links in those that were sent open nothing any more.
      </AreYouSure>
    </>
  )
}

const sayState = (of: Subscription, timeZone: string): string => {
  const day = (at: string) => formatDay(dayInZone(at, timeZone))
  if (of.unsubscribed_at !== null) return `Unsubscribed on ${day(of.unsubscribed_at)}. Nothing is sent.`
  if (of.refusal !== null) return `The mail server would not take the mail of ${day(of.refusal.at)}.`
  return of.last_sent_at === null ? 'Gets the next report.' : `Gets it; last mail on ${day(of.last_sent_at)}.`
}

/** An address: whether the report gets there, and what can be done about it. */
export const SubscriptionRow = ({ slug, of, timeZone }: { slug: string; of: Subscription; timeZone: string }) => {
  const client = useQueryClient()
  const test = useMutation({
    mutationFn: () => request<{ subject: string }>('POST', subscriptionsPath(slug, of.id, 'test')),
    onSuccess: () => client.invalidateQueries({ queryKey: ['community', slug, 'mails'] }),
  })
  const isEnded = of.state === 'unsubscribed'
  const by = of.is_own ? 'Subscribed themself' : of.created_by === null ? 'Put on the list' : 'Put on the list by '
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <p>
          {of.name === null ? null : (
            <>
              <bdi className="strong">{of.name}</bdi>{' '}
            </>
          )}
          <bdi className={of.name === null ? 'strong' : 'quiet'}>{of.address}</bdi>
        </p>
        <p className={of.state === 'active' ? 'measure' : 'measure strong'}>{sayState(of, timeZone)}</p>
        {of.refusal === null || isEnded || of.refusal.answer === '' ? null : (
          <p className="small quiet">
            It said: “<bdi>{of.refusal.answer}</bdi>”
          </p>
        )}
        <p className="small quiet">
          {by}
          {of.is_own || of.created_by === null ? null : <bdi>{of.created_by}</bdi>} on {formatDay(dayInZone(of.created_at, timeZone))}
        </p>
        <p role="status" className="small quiet">
          {test.isSuccess ? `“${test.data.subject}” is on its way to this address.` : ''}
        </p>
        <Failure error={test.error} />
      </div>
      <div className={`${classes.does} no-print`}>
        {isEnded ? null : (
          <button
            type="button"
            className="plain-button"
            aria-label={`Send a test to ${of.address}`}
            disabled={test.isPending}
            onClick={() => test.mutate()}
          >
            Send a test
          </button>
        )}
        <Remove slug={slug} of={of} />
      </div>
    </li>
  )
}
