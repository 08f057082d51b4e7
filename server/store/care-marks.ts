/** What managers say of today's list: rulings on questions, which the numbers follow, and what is done, which they do not. */
import { randomUUID } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import type { CareKind, CareMark } from '../../shared/contract/today.ts'
import { inTransaction } from './in-transaction.ts'

/** What a mark is about: a contribution by its event, or a person by an account, or a topic. */
export type CareSubject = {
  kind: CareKind
  item_key: string
  event_key: string | null
  identity_key: string | null
  channel: string | null
  since: Date
}
export type StoredMark = CareSubject & { mark: CareMark; marked_at: Date; marked_by: string | null; known_by: Date | null }

/** A contribution stands under one of two kinds and has one mark. */
export const CONTRIBUTION_KINDS: readonly CareKind[] = ['unanswered_question', 'waiting_newcomer']
const kindsOf = (kind: CareKind): readonly CareKind[] => (CONTRIBUTION_KINDS.includes(kind) ? CONTRIBUTION_KINDS : [kind])

const MARKS = `(
  select
    r.kind, r.event_key::text as item_key, r.event_key, null::uuid as identity_key, null::text as channel, r.since,
    r.ruling as mark, r.ruled_at as marked_at, u.name as marked_by, null::timestamptz as known_by
  from question_ruling r
  left join "user" u on u.id = r.ruled_by
  where r.community_id = $1
  union all
  select d.kind, d.item_key, d.event_key, d.identity_key, d.channel, d.since, 'done', d.done_at, u.name, d.known_by
  from care_done d
  left join "user" u on u.id = d.done_by
  where d.community_id = $1
) as m`

/** The marks set last, the newest first. */
export const listMarks = async (db: Pool | ClientBase, communityId: string, limit: number): Promise<StoredMark[]> => {
  const { rows } = await db.query<StoredMark>(`select m.* from ${MARKS} order by m.marked_at desc, m.item_key limit $2`, [
    communityId,
    limit,
  ])
  return rows
}

/** All marks of items that are no contribution: what they take off the list has to be found one by one. */
export const listDone = async (db: Pool | ClientBase, communityId: string): Promise<StoredMark[]> => {
  const { rows } = await db.query<StoredMark>(`select m.* from ${MARKS} where m.event_key is null`, [communityId])
  return rows
}

/** The mark of one item; of a contribution under either kind. Null where it has none. */
export const findMark = async (db: Pool | ClientBase, communityId: string, kind: CareKind, itemKey: string): Promise<StoredMark | null> => {
  const { rows } = await db.query<StoredMark>(
    `select m.* from ${MARKS} where m.item_key = $2 and m.kind = any ($3::text[]) order by m.marked_at desc limit 1`,
    [communityId, itemKey, kindsOf(kind)],
  )
  return rows[0] ?? null
}

type Marking = { communityId: string; subject: CareSubject; mark: CareMark | null; knownBy: Date; now: Date; by: string | null }

/**
 * Sets or takes back the one mark of an item; the same mark again changes nothing, not even who set it. Where a ruling comes, goes or
 * changes, the day of the question is stale. Gives whether it does, so that a refresh is worth asking for.
 */
export const setMark = async (pool: Pool, { communityId, subject, mark, knownBy, now, by }: Marking): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    // one at a time an item: what each finds is what the other left
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`care ${communityId} ${subject.item_key}`])
    await client.query('delete from care_done where community_id = $1 and kind = any ($2::text[]) and item_key = $3', [
      communityId,
      kindsOf(subject.kind).filter((kind) => mark !== 'done' || kind !== subject.kind),
      subject.item_key,
    ])
    if (mark === 'done')
      await client.query(
        `insert into care_done as d (community_id, kind, item_key, event_key, identity_key, channel, since, known_by, done_at, done_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (community_id, kind, item_key) do update set
           identity_key = excluded.identity_key, since = excluded.since, known_by = excluded.known_by,
           done_at = excluded.done_at, done_by = excluded.done_by
         where (d.identity_key, d.since, d.known_by) is distinct from (excluded.identity_key, excluded.since, excluded.known_by)`,
        [
          communityId,
          subject.kind,
          subject.item_key,
          subject.event_key,
          subject.identity_key,
          subject.channel,
          subject.since,
          knownBy,
          now,
          by,
        ],
      )
    if (subject.event_key === null) return false
    const ruling = mark === 'done' ? null : mark
    const { rowCount } =
      ruling === null
        ? await client.query('delete from question_ruling where community_id = $1 and event_key = $2', [communityId, subject.event_key])
        : await client.query(
            `insert into question_ruling as r (community_id, event_key, ruling, kind, since, ruled_at, ruled_by)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (community_id, event_key) do update set
               ruling = excluded.ruling, kind = excluded.kind, since = excluded.since, ruled_at = excluded.ruled_at, ruled_by = excluded.ruled_by
             where r.ruling <> excluded.ruling`,
            [communityId, subject.event_key, ruling, subject.kind, subject.since, now, by],
          )
    if (rowCount === 0) return false
    await client.query(
      `insert into stale_day (community_id, day_on, batch_id, received_at)
       select $1, greatest((e.occurred_at at time zone c.time_zone)::date, '0001-01-01'::date), $3, e.received_at
       from event e
       join community c on c.community_id = $1
       where e.community_id = $1 and e.event_key = $2
       on conflict do nothing`,
      [communityId, subject.event_key, randomUUID()],
    )
    return true
  })
