/** What people say of an alert: that somebody looks at it, that it was right, that it was wrong. */
import type { ClientBase, Pool } from 'pg'
import type { Ruling } from '../../shared/contract/alert.ts'

type Of = { communityId: string; alertId: string; userId: string | null; now: Date }

/** `other`: the version that stands, where the change was made of another one. */
export type Said = { version: number } | { other: number } | 'unknown'

const versionOf = async (db: Pool | ClientBase, { communityId, alertId }: Of): Promise<number | null> => {
  const { rows } = await db.query<{ version: number }>('select version from alert where community_id = $1 and alert_id = $2', [
    communityId,
    alertId,
  ])
  return rows[0]?.version ?? null
}

/** Somebody looks at it, or no longer does. It stops no notice; who said so first stands. */
export const acknowledgeAlert = async (
  db: Pool | ClientBase,
  { isAcknowledged, ...of }: Of & { isAcknowledged: boolean },
): Promise<Said> => {
  const { communityId, alertId, userId, now } = of
  const { rows } = await db.query<{ version: number }>(
    `update alert set acknowledged_at = $4, acknowledged_by = $5, version = version + 1
     where community_id = $1 and alert_id = $2 and (acknowledged_at is not null) <> $3
     returning version`,
    [communityId, alertId, isAcknowledged, isAcknowledged ? now : null, isAcknowledged ? userId : null],
  )
  const version = rows[0]?.version ?? (await versionOf(db, of))
  return version === null ? 'unknown' : { version }
}

/** Says whether it was right; null takes that back. `version` null, as by a link of a mail: whatever stands. */
export const ruleAlert = async (
  db: Pool | ClientBase,
  { ruling, note, version, ...of }: Of & { ruling: Ruling | null; note: string | null; version: number | null },
): Promise<Said> => {
  const { communityId, alertId, userId, now } = of
  const isSaid = ruling !== null
  const { rows } = await db.query<{ version: number }>(
    `update alert set ruling = $4, ruling_note = $5, ruled_at = $6, ruled_by = $7, version = version + 1
     where community_id = $1 and alert_id = $2 and version = coalesce($3, version)
     returning version`,
    [communityId, alertId, version, ruling, isSaid ? note : null, isSaid ? now : null, isSaid ? userId : null],
  )
  if (rows[0] !== undefined) return { version: rows[0].version }
  const stands = await versionOf(db, of)
  return stands === null ? 'unknown' : { other: stands }
}
