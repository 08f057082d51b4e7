/** What a community costs, by the day from which it holds. */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { type CostInput, MOST_COSTS } from '../../shared/contract/cost.ts'
import { inTransaction } from './in-transaction.ts'

export type StoredCost = CostInput & {
  cost_id: string
  version: number
  updated_at: Date
  /** Name of the account that changed it last; null where it is gone. */
  updated_by: string | null
}
type Row = StoredCost & { removed_at: Date | null }

// float8: what the door lets in has at most fifteen digits, and a driver hands numeric out as text
const COLUMNS = `c.cost_id, c.from_on, c.hours_per_month::float8 as hours_per_month, c.hourly_rate::float8 as hourly_rate,
  c.other_per_month::float8 as other_per_month, c.currency, c.note, c.version, c.updated_at, u.name as updated_by`
const FROM = `from community_cost c left join "user" u on u.id = c.updated_by where c.community_id = $1`

/** The newest first. */
export const listCosts = async (db: Pool | ClientBase, communityId: string): Promise<StoredCost[]> =>
  (await db.query<StoredCost>(`select ${COLUMNS} ${FROM} and c.removed_at is null order by c.from_on desc`, [communityId])).rows

const find = async (db: ClientBase, communityId: string, id: string): Promise<Row | null> =>
  (await db.query<Row>(`select ${COLUMNS}, c.removed_at ${FROM} and c.cost_id = $2`, [communityId, id])).rows[0] ?? null

const findByDay = async (db: ClientBase, communityId: string, day: string, exceptId: string | null): Promise<StoredCost | null> =>
  (
    await db.query<StoredCost>(`select ${COLUMNS} ${FROM} and c.from_on = $2 and c.removed_at is null and c.cost_id is distinct from $3`, [
      communityId,
      day,
      exceptId,
    ])
  ).rows[0] ?? null

type Change = { communityId: string; input: CostInput; userId: string | null; now: Date }

/** One at a time in a community: two who write at once would both find the day free. False where the community is gone. */
const holdCommunity = async (client: ClientBase, communityId: string): Promise<boolean> =>
  (await client.query('select from community where community_id = $1 for no key update', [communityId])).rowCount === 1

export type AddedCost = { added: StoredCost } | { same_day: StoredCost } | 'too_many' | 'gone'

export const addCost = (pool: Pool, { communityId, input, userId, now }: Change): Promise<AddedCost> =>
  inTransaction(pool, async (client) => {
    if (!(await holdCommunity(client, communityId))) return 'gone'
    const other = await findByDay(client, communityId, input.from_on, null)
    if (other !== null) return { same_day: other }
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from community_cost where community_id = $1 and removed_at is null',
      [communityId],
    )
    if ((rows[0]?.count ?? 0) >= MOST_COSTS) return 'too_many'
    const id = randomUUID()
    await client.query(
      `insert into community_cost
         (community_id, cost_id, from_on, hours_per_month, hourly_rate, other_per_month, currency, note, version, created_at, updated_at,
          updated_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9, $10)`,
      [communityId, id, ...valuesOf(input), now, userId],
    )
    return { added: (await find(client, communityId, id)) as StoredCost }
  })

const valuesOf = (input: CostInput) => [
  input.from_on,
  input.hours_per_month,
  input.hourly_rate,
  input.other_per_month,
  input.currency,
  input.note,
]

/** What came of a change: what stands now, where it was made of another version; who took it back, where it is gone. */
export type ChangedCost =
  | { changed: StoredCost }
  | { other: StoredCost }
  | { same_day: StoredCost }
  | { removed: { at: Date; by: string | null } }
  | 'unknown'

const changeOf = (
  pool: Pool,
  { communityId, id, version }: { communityId: string; id: string; version: number },
  apply: (client: ClientBase) => Promise<{ same_day: StoredCost } | null>,
): Promise<ChangedCost> =>
  inTransaction(pool, async (client) => {
    if (!(await holdCommunity(client, communityId))) return 'unknown'
    const stands = await find(client, communityId, id)
    if (stands === null) return 'unknown'
    if (stands.removed_at !== null) return { removed: { at: stands.removed_at, by: stands.updated_by } }
    if (stands.version !== version) return { other: stands }
    return (await apply(client)) ?? { changed: (await find(client, communityId, id)) as StoredCost }
  })

/** Changes the version named, and no other. */
export const changeCost = (pool: Pool, change: Change & { id: string; version: number }): Promise<ChangedCost> =>
  changeOf(pool, change, async (client) => {
    const other = await findByDay(client, change.communityId, change.input.from_on, change.id)
    if (other !== null) return { same_day: other }
    await client.query(
      `update community_cost
       set from_on = $3, hours_per_month = $4, hourly_rate = $5, other_per_month = $6, currency = $7, note = $8, version = version + 1,
         updated_at = $9, updated_by = $10
       where community_id = $1 and cost_id = $2`,
      [change.communityId, change.id, ...valuesOf(change.input), change.now, change.userId],
    )
    return null
  })

/** Takes the version named back, and no other; nothing of its amounts is kept. */
export const removeCost = (
  pool: Pool,
  change: { communityId: string; id: string; version: number; userId: string | null; now: Date },
): Promise<ChangedCost> =>
  changeOf(pool, change, async (client) => {
    await client.query(
      `update community_cost
       set hours_per_month = 0, hourly_rate = 0, other_per_month = 0, note = null, version = version + 1, updated_at = $3, removed_at = $3,
         updated_by = $4
       where community_id = $1 and cost_id = $2`,
      [change.communityId, change.id, change.now, change.userId],
    )
    return null
  })
