import { randomUUID } from 'node:crypto'
import { slugSchema } from '../../shared/contract/community.ts'
import type { Database } from './connection.ts'

export type StoredCommunity = {
  community_id: string
  slug: string
  name: string
  time_zone: string
  is_demo: boolean
  demo_note: string | null
  created_at: Date
}

export type NewCommunity = {
  slug: string
  name: string
  /** A name of the IANA time zone database. */
  time_zone: string
  now: Date
  /** For a demo: what it is and under which licence. */
  demo_note?: string
}

/** A community that cannot be made as asked; the message says what to write instead. */
export class CommunityError extends Error {
  override name = 'CommunityError'
}

const COLUMNS = 'community_id, slug, name, time_zone, is_demo, demo_note, created_at'
const OFFSET = /^[+-]\d/

/** Whether this is a name of the IANA time zone database, such as Europe/Berlin or UTC. Offsets are not: they know no summer. */
export const isTimeZone = (name: string): boolean => {
  if (OFFSET.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const check = (name: string | undefined, time_zone: string | undefined): void => {
  if (name?.trim() === '') throw new CommunityError('Give the community a name.')
  if (time_zone !== undefined && !isTimeZone(time_zone))
    throw new CommunityError(`"${time_zone}" is not a time zone: use a name of the IANA time zone database, such as Europe/Berlin.`)
}

/** Makes a community; null when the slug is taken. Throws a CommunityError on a slug, name or time zone that is none. */
export const createCommunity = async (
  { pool }: Database,
  { slug, name, time_zone, now, demo_note }: NewCommunity,
): Promise<StoredCommunity | null> => {
  const checked = slugSchema.safeParse(slug)
  if (!checked.success) throw new CommunityError(`"${slug}" is not a slug: ${checked.error.issues[0]?.message ?? 'use another'}.`)
  check(name, time_zone)
  const { rows } = await pool.query<StoredCommunity>(
    `insert into community (community_id, slug, name, time_zone, is_demo, demo_note, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (slug) do nothing returning ${COLUMNS}`,
    [randomUUID(), slug, name.trim(), time_zone, demo_note !== undefined, demo_note ?? null, now],
  )
  return rows[0] ?? null
}

export const findCommunity = async ({ pool }: Database, slug: string): Promise<StoredCommunity | null> => {
  const { rows } = await pool.query<StoredCommunity>(`select ${COLUMNS} from community where slug = $1`, [slug])
  return rows[0] ?? null
}

/** All communities by name, or the demo ones alone. */
export const listCommunities = async (
  { pool }: Database,
  { is_demo = null }: { is_demo?: boolean | null } = {},
): Promise<StoredCommunity[]> => {
  const { rows } = await pool.query<StoredCommunity>(
    `select ${COLUMNS} from community where $1::boolean is null or is_demo = $1 order by name, slug`,
    [is_demo],
  )
  return rows
}

/**
 * Changes what is given; null when there is no such community. Throws a CommunityError on a name or time zone that is none.
 * After another time zone the next refresh is a rebuild, since every day begins elsewhere.
 */
export const updateCommunity = async (
  { pool }: Database,
  communityId: string,
  { name, time_zone }: { name?: string; time_zone?: string },
): Promise<StoredCommunity | null> => {
  check(name, time_zone)
  const { rows } = await pool.query<StoredCommunity>(
    `update community set name = coalesce($2, name), time_zone = coalesce($3, time_zone) where community_id = $1 returning ${COLUMNS}`,
    [communityId, name?.trim() ?? null, time_zone ?? null],
  )
  return rows[0] ?? null
}

/** Removes a community with everything that is held of it; false when there is none. */
export const deleteCommunity = async ({ pool }: Database, communityId: string): Promise<boolean> => {
  const { rowCount } = await pool.query('delete from community where community_id = $1', [communityId])
  return rowCount === 1
}
