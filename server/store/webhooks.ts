/** Live feeds of a community: made, listed, found on a delivery, deleted, and what came of their deliveries. */
import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { WebhookKind } from '../../shared/contract/webhook.ts'

export type StoredWebhook = {
  webhook_id: string
  kind: WebhookKind
  source: string
  name: string
  created_at: Date
  last_delivery_at: Date | null
  last_event: string | null
  last_status: number | null
  last_outcome: string | null
  // bigint comes as text
  delivery_count: string
  accepted_count: string
  ignored_count: string
  last_refused_at: Date | null
  refused_count: string
}

const COLUMNS = `webhook_id, kind, source, name, created_at, last_delivery_at, last_event, last_status, last_outcome,
  delivery_count, accepted_count, ignored_count, last_refused_at, refused_count`

/** `seal` is given the id of the row the secret is sealed for. The community must exist. */
export const createWebhook = async (
  pool: Pool,
  made: { communityId: string; kind: WebhookKind; source: string; name: string; seal: (webhookId: string) => Buffer; now: Date },
): Promise<StoredWebhook> => {
  const webhookId = randomUUID()
  const { rows } = await pool.query<StoredWebhook>(
    `insert into webhook (community_id, webhook_id, kind, source, name, sealed_secret, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
    [made.communityId, webhookId, made.kind, made.source, made.name, made.seal(webhookId), made.now],
  )
  return rows[0] as StoredWebhook
}

/** Oldest first. */
export const listWebhooks = async (pool: Pool, communityId: string): Promise<StoredWebhook[]> => {
  const { rows } = await pool.query<StoredWebhook>(
    `select ${COLUMNS} from webhook where community_id = $1 order by created_at, webhook_id`,
    [communityId],
  )
  return rows
}

/** False when there is none such. */
export const deleteWebhook = async (pool: Pool, communityId: string, webhookId: string): Promise<boolean> => {
  const { rowCount } = await pool.query('delete from webhook where community_id = $1 and webhook_id = $2', [communityId, webhookId])
  return rowCount === 1
}

export type FoundWebhook = { kind: WebhookKind; source: string; sealed_secret: Buffer }

export const findWebhook = async (pool: Pool, communityId: string, webhookId: string): Promise<FoundWebhook | null> => {
  const { rows } = await pool.query<FoundWebhook>(
    'select kind, source, sealed_secret from webhook where community_id = $1 and webhook_id = $2',
    [communityId, webhookId],
  )
  return rows[0] ?? null
}

export type DeliveryNote = { event: string; status: number; outcome: string; accepted: number; isIgnored: boolean; now: Date }

/** What came of a delivery whose signature was right. */
export const noteDelivery = async (pool: Pool, communityId: string, webhookId: string, note: DeliveryNote): Promise<void> => {
  await pool.query(
    `update webhook set
       last_delivery_at = $3, last_event = $4, last_status = $5, last_outcome = $6,
       delivery_count = delivery_count + 1, accepted_count = accepted_count + $7, ignored_count = ignored_count + $8
     where community_id = $1 and webhook_id = $2`,
    [
      communityId,
      webhookId,
      note.now,
      note.event.slice(0, 200),
      note.status,
      note.outcome.slice(0, 500),
      note.accepted,
      note.isIgnored ? 1 : 0,
    ],
  )
}

/** A delivery whose signature was missing or wrong. */
export const noteRefusal = async (pool: Pool, communityId: string, webhookId: string, now: Date): Promise<void> => {
  await pool.query(
    'update webhook set last_refused_at = $3, refused_count = refused_count + 1 where community_id = $1 and webhook_id = $2',
    [communityId, webhookId, now],
  )
}
