import type { ClientBase } from 'pg'
import type { AlertContent } from '../../shared/contract/alert.ts'
import type { StoredCommunity } from '../store/communities.ts'

/** `alert_id`, kind and day name a notice: what is put into the outbox for it has one key a recipient. */
export type ToldNotice = { alert_id: string; content: AlertContent; audience: 'managers' | 'operators' }

/**
 * Puts the mails of a notice into the outbox, and notes it for the digests of those who prefer these; in the transaction that tells it.
 * How many people it goes to.
 */
export const addAlertMails = async (
  _client: ClientBase,
  _community: StoredCommunity,
  _told: ToldNotice,
  _parts: { secretKey: string; baseUrl: string; now: Date },
): Promise<number> => 0
