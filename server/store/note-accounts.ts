import { toActorRow } from '../ingest/normalise-event.ts'
import type { SourceAccount } from '../ingest/sources/source.ts'
import type { Database } from './connection.ts'
import { inTransaction } from './in-transaction.ts'
import { upsertIdentities } from './upsert-identities.ts'

/** Keeps what a source says of accounts beside its events: the name they have now, whether they are bots, a hash of the address. */
export const noteAccounts = async (
  { pool }: Database,
  { communityId, source, accounts, now }: { communityId: string; source: string; accounts: readonly SourceAccount[]; now: Date },
): Promise<void> => {
  if (accounts.length === 0) return
  const sights = new Map(
    accounts.map((account) => {
      const row = toActorRow(source, account)
      return [row.identity_key, { ...row, named_at: row.display_name === null ? null : now.toISOString() }]
    }),
  )
  await inTransaction(pool, (client) =>
    upsertIdentities(
      client,
      communityId,
      [...sights.values()].sort((a, b) => (a.identity_key < b.identity_key ? -1 : 1)),
    ),
  )
}
