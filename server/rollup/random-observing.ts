import fc from 'fast-check'
import type { Database } from '../store/connection.ts'
import { localDay, type Told } from './obvious-observing.ts'
import { refreshRollups } from './refresh-rollups.ts'

/** For tests: small communities in which people ask, answer, read, share practices and take things back, at random. */

export const ZONE = 'America/New_York'
export const START = Date.UTC(2024, 0, 1, 5)
const HOUR = 3_600_000
export const PEOPLE = 9
const BOT = 9
export const uuid = (kind: number, n: number) => `0000000${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`

/** An event as a few numbers: hours since the start, who, the thread and the event it names. */
export type Fact = { type: string; hour: number; person: number | null; thread: number | null; target: number | null }
export type Keyed = Fact & { key: number }
const TYPES = [
  'member.joined',
  'member.joined',
  'member.left',
  'question.asked',
  'answer.posted',
  'reply.posted',
  'document.edited',
  'content.deleted',
  'content.viewed',
  'practice.shared',
  'value.reported',
  'value.reported',
]
/** By key, unless the fact is an odd one: so that what names an event often finds one of the right kind. */
const USUAL = [
  'practice.shared',
  'question.asked',
  'answer.posted',
  'content.viewed',
  'practice.reused',
  'content.viewed',
  'answer.accepted',
  'content.viewed',
  'content.deleted',
]
export type Raw = Fact & { is_odd: boolean }
export const fact: fc.Arbitrary<Raw> = fc.record({
  type: fc.constantFrom(...TYPES),
  is_odd: fc.constantFrom(false, false, false, true),
  // some in the same hour, some more than a year apart
  hour: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 90 }) }, fc.integer({ min: 0, max: 20_000 })),
  person: fc.option(fc.integer({ min: 1, max: PEOPLE }), { freq: 9 }),
  thread: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 5 }),
  target: fc.option(fc.integer({ min: 0, max: 24 }), { freq: 3 }),
})
export const keyed = ({ is_odd, ...raw }: Raw, key: number): Keyed => {
  const type = is_odd ? raw.type : (USUAL[key % USUAL.length] as string)
  const nth = (slot: number) => (raw.target === null ? null : (raw.target % 4) * USUAL.length + slot)
  const f = { ...raw, type, key }
  if (type === 'practice.reused' || type === 'document.edited' || (type === 'content.viewed' && key % USUAL.length === 5))
    return { ...f, target: nth(0) || nth(USUAL.length), thread: null }
  if (type === 'answer.accepted') return { ...f, type: raw.person === 5 ? 'answer.unaccepted' : type, target: nth(2) }
  if (type === 'content.deleted' && !is_odd) return { ...f, hour: raw.hour + 24, target: nth([2, 2, 3, 4, 0, 1][key % 6] as number) }
  // mostly early, so that most others come after; few write, many read
  if (type === 'practice.shared') return { ...f, hour: raw.hour % 48, target: null }
  const writing = { ...f, person: raw.person && (raw.person % 4) + 1, thread: ((raw.thread ?? 1) % 2) + 1 }
  if (type === 'question.asked') return { ...writing, hour: raw.hour % 24, target: null }
  if (type === 'answer.posted') return { ...writing, hour: raw.hour % 60, target: raw.target === 1 ? 1 : null }
  if (type === 'content.viewed' && !is_odd) return { ...f, hour: raw.hour + 24, target: null, thread: raw.thread ?? 1 }
  return f
}

const SAID = ['yes', 'no', 'partly', 'NO']

const at = (f: Fact) => START + f.hour * HOUR
export const dayOf = (f: Fact) => localDay(at(f), ZONE)

export const newCommunity = async (db: Database, id: string) => {
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, $3, '2025-01-01')`, [
    id,
    id,
    ZONE,
  ])
  for (let person = 1; person <= PEOPLE; person++)
    await db.pool.query(
      `insert into identity (community_id, identity_key, source, source_actor_id, person_id, is_bot, is_bot_by_source)
       values ($1, $2, 's', $3, $2, $4, $4)`,
      [id, uuid(2, person), String(person), person === BOT],
    )
  return id
}

const OPENING = ['question.asked', 'post.published', 'document.edited', 'practice.shared']
/** What opens a thread and names none opens one of its own key, as at the door; views name such threads too. */
const threadKey = (f: Keyed) => {
  if (f.thread === null) return OPENING.includes(f.type) && f.target === null ? uuid(1, f.key) : null
  return f.type === 'content.viewed' && f.thread === 3 ? uuid(1, USUAL.length) : uuid(3, f.thread)
}

export const insert = async (db: Database, communityId: string, facts: Keyed[], receivedAt: Date) => {
  await db.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, thread_key, target_key, properties, body_hash)
     select $1, k, 's', k::text, t, o, $2, i, th, ta, p, k
     from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::uuid[], $7::uuid[], $8::uuid[], $9::jsonb[]) as f (k, t, o, i, th, ta, p)`,
    [
      communityId,
      receivedAt,
      facts.map((f) => uuid(1, f.key)),
      facts.map((f) => f.type),
      facts.map((f) => new Date(at(f))),
      facts.map((f) => f.person && uuid(2, f.person)),
      facts.map(threadKey),
      facts.map((f) => (f.target ? uuid(1, f.target) : null)),
      facts.map((f) =>
        f.type === 'value.reported' && f.target !== null ? JSON.stringify({ solved: SAID[f.target % SAID.length] }) : null,
      ),
    ],
  )
}

export type Mark = { day_on: string; received_at: string | null }
export const refresh = async (db: Database, communityId: string, marks: Mark[] | null) => {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    const change = await refreshRollups(client, { communityId, timeZone: ZONE, marks })
    await client.query('commit')
    return change
  } finally {
    client.release()
  }
}

export const read = async (db: Database, communityId: string, table: string, columns: string) => {
  const { rows } = await db.pool.query(`select ${columns} from ${table} where community_id = $1`, [communityId])
  return sorted(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.getTime() : value])),
    ),
  )
}
export const sorted = <Row>(rows: Row[]): Row[] => {
  const text = (row: Row) => JSON.stringify(Object.entries(row as object).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
}

/** What the obvious version works from: the events, and the rollup of contributions, which has a test of its own. */
export const readTold = async (db: Database, communityId: string): Promise<Told> => ({
  timeZone: ZONE,
  events: (await read(
    db,
    communityId,
    `(select e.*, i.person_id, coalesce(i.is_bot, false) as is_bot, e.properties ->> 'solved' as solved from event e left join identity i using (community_id, identity_key)) as e`,
    'event_key, type, occurred_at, person_id, is_bot, thread_key, target_key, solved',
  )) as Told['events'],
  contributions: (await read(
    db,
    communityId,
    'contribution',
    'event_key, thread_key, occurred_at, removed_at, person_id, is_bot, is_quarantined, kind, question_key',
  )) as Told['contributions'],
  acceptances: (await read(db, communityId, 'acceptance', 'answer_key, question_key, accepted_at, unaccepted_at')) as Told['acceptances'],
})
