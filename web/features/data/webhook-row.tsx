import { CopyButton } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { WEBHOOK_TITLES, type Webhook } from '../../../shared/contract/webhook.ts'
import { formatCount, formatInstant } from '../../../shared/format.ts'
import { request } from '../../app/api.ts'
import { AreYouSure } from '../../ui/are-you-sure.tsx'
import { sayState } from './say-delivery.ts'
import { webhooksPath, webhooksQuery } from './webhook-queries.ts'
import classes from './webhook-section.module.css'

const count = (number: number, one: string, more: string) => `${formatCount(number)} ${number === 1 ? one : more}`

const DeleteWebhook = ({ slug, hook }: { slug: string; hook: Webhook }) => {
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => request<void>('DELETE', webhooksPath(slug, hook.id)),
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksQuery(slug).queryKey }),
  })
  return (
    <>
      <button type="button" className="plain-button" onClick={() => setAsking(true)} aria-label={`Delete the feed ${hook.name}`}>
        Delete
      </button>
      <AreYouSure
        isOpen={isAsking}
        title="Delete this feed?"
        yes="Delete"
        isPending={remove.isPending}
        error={remove.error}
        onYes={() => remove.mutate()}
        onClose={() => setAsking(false)}
      >
        What “<bdi>{hook.name}</bdi>” has told stays. What is sent from now on is refused: take the webhook away in{' '}
        {WEBHOOK_TITLES[hook.kind]} too.
      </AreYouSure>
    </>
  )
}

const sayHistory = (hook: Webhook, timeZone: string): string =>
  [
    hook.last_delivery_at === null
      ? `Made ${formatInstant(hook.created_at, timeZone)}.`
      : `Last delivery ${formatInstant(hook.last_delivery_at, timeZone)}${hook.last_event ? `, ${hook.last_event}` : ''}.`,
    hook.delivery_count > 0
      ? `${count(hook.delivery_count, 'delivery', 'deliveries')}, ${count(hook.accepted_count, 'event', 'events')} stored${hook.ignored_count > 0 ? `, ${formatCount(hook.ignored_count)} not read` : ''}.`
      : '',
    hook.refused_count > 0 ? `${formatCount(hook.refused_count)} refused for the signature.` : '',
  ]
    .join(' ')
    .trim()

/** A feed: whether it works, its last delivery and what came of it. */
export const WebhookRow = ({ slug, hook, timeZone }: { slug: string; hook: Webhook; timeZone: string }) => {
  const state = sayState(hook, new Date())
  return (
    <li className={classes.row}>
      <p>
        <bdi className="strong">{hook.name}</bdi>{' '}
        <span className="quiet small">
          {WEBHOOK_TITLES[hook.kind]}, source <bdi>{hook.source}</bdi>
        </span>
      </p>
      <p className={state.isBad ? 'strong measure' : 'measure'}>{state.text}</p>
      <p className="quiet small">{sayHistory(hook, timeZone)}</p>
      <div className="row no-print">
        <CopyButton value={hook.url}>
          {({ copied, copy }) => (
            <button type="button" className="plain-button" onClick={copy} aria-label={`Copy the address of ${hook.name}`}>
              {copied ? 'Copied' : 'Copy the address'}
            </button>
          )}
        </CopyButton>
        <DeleteWebhook slug={slug} hook={hook} />
      </div>
    </li>
  )
}
