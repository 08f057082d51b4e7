/** API keys of a community: made, listed, revoked, and recognised on a request. */
import { randomUUID, timingSafeEqual } from 'node:crypto'
import type pg from 'pg'
import type { KeyScope } from '../../shared/contract/access.ts'
import type { ApiKey } from './caller.ts'
import { makeKeyText, readKeyText } from './key-text.ts'

/** Every request would otherwise write a row; when a key was last used is good to the minute. */
const LAST_USED_STEP_MS = 60_000

export type StoredKey = { key_id: string; name: string; scopes: KeyScope[]; hint: string; created_at: Date; last_used_at: Date | null }

const COLUMNS = 'key_id, name, scopes, hint, created_at, last_used_at'

/** Makes a key of a community and returns its text, which nobody can read again. The community must exist. */
export const createKey = async (
  pool: pg.Pool,
  { communityId, name, scopes, now }: { communityId: string; name: string; scopes: readonly KeyScope[]; now: Date },
): Promise<StoredKey & { key: string }> => {
  const made = makeKeyText(communityId)
  const stored = await pool.query<StoredKey>(
    `insert into api_key (community_id, key_id, name, hint, secret_hash, scopes, created_at) values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
    [communityId, randomUUID(), name, made.hint, made.secretHash, [...new Set(scopes)].sort(), now],
  )
  return { ...stored.rows[0]!, key: made.text }
}

/** The keys of a community, oldest first. */
export const listKeys = async (pool: pg.Pool, communityId: string): Promise<StoredKey[]> => {
  const found = await pool.query<StoredKey>(`select ${COLUMNS} from api_key where community_id = $1 order by created_at, key_id`, [
    communityId,
  ])
  return found.rows
}

/** Revokes a key at once; false when the community has no such key. */
export const revokeKey = async (pool: pg.Pool, communityId: string, keyId: string): Promise<boolean> => {
  const deleted = await pool.query('delete from api_key where community_id = $1 and key_id = $2', [communityId, keyId])
  return deleted.rowCount === 1
}

type Found = { key_id: string; secret_hash: Buffer; scopes: KeyScope[]; last_used_at: Date | null }

/** Whose key a text is; null for anything that is no key of ours, or no longer. Notes that it was used. */
export const recogniseKey = async (pool: pg.Pool, text: string, now: Date): Promise<ApiKey | null> => {
  const read = readKeyText(text)
  if (read === null) return null
  const found = await pool.query<Found>(
    'select key_id, secret_hash, scopes, last_used_at from api_key where community_id = $1 and secret_hash = $2',
    [read.communityId, read.secretHash],
  )
  const key = found.rows[0]
  if (key === undefined || !timingSafeEqual(key.secret_hash, read.secretHash)) return null
  const usedBefore = new Date(now.getTime() - LAST_USED_STEP_MS)
  if (key.last_used_at === null || key.last_used_at < usedBefore) {
    await pool.query(
      'update api_key set last_used_at = $3 where community_id = $1 and key_id = $2 and (last_used_at is null or last_used_at < $4)',
      [read.communityId, key.key_id, now, usedBefore],
    )
  }
  return { kind: 'key', key_id: key.key_id, community_id: read.communityId, scopes: key.scopes }
}
