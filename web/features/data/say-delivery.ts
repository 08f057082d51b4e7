import type { Webhook } from '../../../shared/contract/webhook.ts'
import { formatCount } from '../../../shared/format.ts'

const DAY_MS = 86_400_000
/** A forum that people use sends something every few days; our judgement. */
const SILENT_DAYS = 7

/** What is to be known of a feed at a glance; `isBad`: somebody should look at it. */
export const sayState = (hook: Webhook, now: Date): { text: string; isBad: boolean } => {
  if (isRefusedSince(hook))
    return {
      text:
        hook.delivery_count === 0
          ? 'What came was not signed with the secret of this feed: copy the secret again, or make the feed anew.'
          : 'The latest delivery was not signed with the secret of this feed, and was refused.',
      isBad: true,
    }
  if (hook.last_delivery_at === null) return { text: 'Nothing has come yet.', isBad: false }
  if (hook.last_status !== null && hook.last_status >= 400)
    return { text: `The latest delivery could not be taken: ${hook.last_outcome}`, isBad: true }
  const days = Math.floor((now.getTime() - Date.parse(hook.last_delivery_at)) / DAY_MS)
  if (days >= SILENT_DAYS)
    return { text: `Nothing for ${formatCount(days)} days. Is it quiet there, or was the webhook switched off?`, isBad: true }
  return { text: hook.last_outcome === null ? 'It works.' : `It works. The latest: ${hook.last_outcome}.`, isBad: false }
}

const isRefusedSince = ({ last_refused_at, last_delivery_at }: Webhook): boolean =>
  last_refused_at !== null && (last_delivery_at === null || last_refused_at > last_delivery_at)
