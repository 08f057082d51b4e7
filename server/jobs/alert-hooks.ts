import type { ClientBase } from 'pg'
import type { StoredCommunity } from '../store/communities.ts'
import type { ToldNotice } from './alert-mails.ts'

/** Puts what goes to hooks for a notice into the outbox, in the transaction that tells it. How many hooks it goes to. */
export const addAlertHooks = async (
  _client: ClientBase,
  _community: StoredCommunity,
  _told: ToldNotice,
  _parts: { baseUrl: string; now: Date },
): Promise<number> => 0
