/** A live feed as it is made and shown, by the page and on the command line. */
import { randomBytes } from 'node:crypto'
import type { MadeWebhook, Webhook, WebhookInput } from '../../shared/contract/webhook.ts'
import type { Database } from '../store/connection.ts'
import { createWebhook, listWebhooks, type StoredWebhook } from '../store/webhooks.ts'
import { sealSecret } from '../store/seal-secret.ts'
import { webhookUrl } from './webhook-address.ts'

export type FeedParts = { db: Database; secretKey: string; baseUrl: string; now: () => Date }

export const SOURCE_TAKEN =
  'There is a feed of this source already. Delete it first; or, if this is another forum, give its source a name of its own.'

const toContract = (hook: StoredWebhook, url: string): Webhook => ({
  id: hook.webhook_id,
  kind: hook.kind,
  name: hook.name,
  source: hook.source,
  url,
  created_at: hook.created_at.toISOString(),
  last_delivery_at: hook.last_delivery_at?.toISOString() ?? null,
  last_event: hook.last_event,
  last_status: hook.last_status,
  last_outcome: hook.last_outcome,
  delivery_count: Number(hook.delivery_count),
  accepted_count: Number(hook.accepted_count),
  ignored_count: Number(hook.ignored_count),
  last_refused_at: hook.last_refused_at?.toISOString() ?? null,
  refused_count: Number(hook.refused_count),
})

/** A community's feeds as they cross HTTP and standard output. */
export const describeWebhooks = async ({ db, baseUrl }: Pick<FeedParts, 'db' | 'baseUrl'>, communityId: string): Promise<Webhook[]> =>
  (await listWebhooks(db.pool, communityId)).map((hook) => toContract(hook, webhookUrl(baseUrl, communityId, hook.webhook_id)))

/**
 * Makes a feed; the secret is given this once. 'source_taken': the ids of one Discourse are not those of another, so two of them may
 * not be one source; repositories of GitHub may.
 */
export const makeWebhook = async (
  { db, secretKey, baseUrl, now }: FeedParts,
  communityId: string,
  { kind, name, source }: WebhookInput,
): Promise<MadeWebhook | 'source_taken'> => {
  const others = (await listWebhooks(db.pool, communityId)).filter((hook) => hook.source === (source ?? kind))
  if (others.some((hook) => hook.kind === 'discourse' || hook.kind !== kind)) return 'source_taken'
  // Discourse asks for twelve characters at least; these are 256 bits
  const secret = randomBytes(32).toString('base64url')
  const made = await createWebhook(db.pool, {
    communityId,
    kind,
    name,
    source: source ?? kind,
    seal: (webhookId) => sealSecret(secretKey, webhookId, secret),
    now: now(),
  })
  return { ...toContract(made, webhookUrl(baseUrl, communityId, made.webhook_id)), secret }
}
