/** What managers tried, by day. */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { type InterventionInput, MOST_INTERVENTIONS } from '../../shared/contract/intervention.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredIntervention = {
  intervention_id: string
  on: string
  title: string
  note: string | null
  metrics: string[]
  version: number
  created_at: Date
  updated_at: Date
  /** Name of the account that changed it last; null where it is gone. */
  updated_by: string | null
}
type Row = StoredIntervention & { removed_at: Date | null }

const COLUMNS = `i.intervention_id, i.began_on as "on", i.title, i.note, i.metrics, i.version, i.created_at, i.updated_at, u.name as updated_by`
const FROM = `from intervention i left join "user" u on u.id = i.updated_by where i.community_id = $1`

/** The newest first; `isBrief` leaves the notes out, which are long and which charts do not show. */
export const listInterventions = async (
  db: Pool | ClientBase,
  communityId: string,
  { isBrief = false }: { isBrief?: boolean } = {},
): Promise<StoredIntervention[]> => {
  const columns = isBrief ? COLUMNS.replace('i.note', 'null::text as note') : COLUMNS
  const { rows } = await db.query<StoredIntervention>(
    `select ${columns} ${FROM} and i.removed_at is null order by i.began_on desc, i.created_at desc, i.intervention_id`,
    [communityId],
  )
  return rows
}

const find = async (db: Pool | ClientBase, communityId: string, id: string): Promise<Row | null> => {
  const { rows } = await db.query<Row>(`select ${COLUMNS}, i.removed_at ${FROM} and i.intervention_id = $2`, [communityId, id])
  return rows[0] ?? null
}

/** Null where there is none, or none any more. */
export const findIntervention = async (db: Pool | ClientBase, communityId: string, id: string): Promise<StoredIntervention | null> => {
  const found = await find(db, communityId, id)
  return found === null || found.removed_at !== null ? null : found
}

type Change = { communityId: string; input: InterventionInput; userId: string | null; now: Date }

/** Null where the community keeps as many as it may, or is gone. */
export const addIntervention = async (
  pool: Pool,
  { communityId, input, userId, now }: Change,
): Promise<StoredIntervention | 'too_many' | 'gone'> =>
  inTransaction(pool, async (client) => {
    // one at a time: two who add at once would both find room for one more
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [communityId])
    if (rowCount === 0) return 'gone'
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from intervention where community_id = $1 and removed_at is null',
      [communityId],
    )
    if ((rows[0]?.count ?? 0) >= MOST_INTERVENTIONS) return 'too_many'
    const id = randomUUID()
    await client.query(
      `insert into intervention
         (community_id, intervention_id, began_on, title, note, metrics, version, created_at, updated_at, updated_by)
       values ($1, $2, $3, $4, $5, $6, 1, $7, $7, $8)`,
      [communityId, id, input.on, input.title, input.note, input.metrics, now, userId],
    )
    return (await find(client, communityId, id)) as StoredIntervention
  })

/** What came of a change: what stands now, where it was made of another version; who took it back, where it is gone. */
export type Changed =
  | { changed: StoredIntervention | null }
  | { other: StoredIntervention }
  | { removed: { at: Date; by: string | null } }
  | 'unknown'

const changeOf = async (
  pool: Pool,
  { communityId, id, version }: { communityId: string; id: string; version: number },
  apply: (client: ClientBase) => Promise<unknown>,
): Promise<Changed> =>
  inTransaction(pool, async (client) => {
    await client.query('select from intervention where community_id = $1 and intervention_id = $2 for update', [communityId, id])
    const stands = await find(client, communityId, id)
    if (stands === null) return 'unknown'
    if (stands.removed_at !== null) return { removed: { at: stands.removed_at, by: stands.updated_by } }
    if (stands.version !== version) return { other: stands }
    await apply(client)
    return { changed: await findIntervention(client, communityId, id) }
  })

/** Changes the version named, and no other. */
export const changeIntervention = (pool: Pool, change: Change & { id: string; version: number }): Promise<Changed> =>
  changeOf(pool, change, (client) =>
    client.query(
      `update intervention
       set began_on = $3, title = $4, note = $5, metrics = $6, version = version + 1, updated_at = $7, updated_by = $8
       where community_id = $1 and intervention_id = $2`,
      [
        change.communityId,
        change.id,
        change.input.on,
        change.input.title,
        change.input.note,
        change.input.metrics,
        change.now,
        change.userId,
      ],
    ),
  )

/** Takes the version named back, and no other; nothing of its text is kept. */
export const removeIntervention = (
  pool: Pool,
  change: { communityId: string; id: string; version: number; userId: string | null; now: Date },
): Promise<Changed> =>
  changeOf(pool, change, (client) =>
    client.query(
      `update intervention
       set title = '', note = null, metrics = '{}', version = version + 1, updated_at = $3, removed_at = $3, updated_by = $4
       where community_id = $1 and intervention_id = $2`,
      [change.communityId, change.id, change.now, change.userId],
    ),
  )
