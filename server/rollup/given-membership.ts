import type { Database } from '../store/connection.ts'
import { type Benefit, type Fact, isMove, localDayAt, uuidOf } from './obvious-membership.ts'

/** For tests: what the rollups of membership are made of, in the database. */

/** The person who is none. */
export const BOT = 0
/** With a handful of people, each with an identity of their own. */
export const newCommunity = async (db: Database, id: string, timeZone: string) => {
  await db.pool.query(`insert into community (community_id, slug, name, time_zone, created_at) values ($1, $2, $2, $3, '2025-01-01')`, [
    id,
    id,
    timeZone,
  ])
  await db.pool.query(
    `insert into identity (community_id, identity_key, source, source_actor_id, person_id, is_bot, is_bot_by_source)
     select $1, person_id, 's', person_id::text, person_id, person_no = 1, person_no = 1 from unnest($2::uuid[]) with ordinality as p (person_id, person_no)`,
    [id, [BOT, 1, 2, 3, 4, 5].map((n) => uuidOf('person', n))],
  )
  return id
}

/** What earlier stages leave: events, days of activity, contributions, days of benefit. */
export const writeFacts = async (db: Database, communityId: string, timeZone: string, facts: Fact[], benefits: Benefit[]) => {
  for (const table of ['event', 'activity_day', 'contribution', 'benefit_day'])
    await db.pool.query(`delete from ${table} where community_id = $1`, [communityId])
  await db.pool.query(
    `insert into event (community_id, event_key, source, source_event_id, type, occurred_at, received_at, identity_key, body_hash)
     select $1, key, 's', key::text, type, at, at, person, key from unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[]) as f (key, type, at, person)`,
    [
      communityId,
      facts.map((f) => uuidOf('event', f.key)),
      facts.map((f) => f.type),
      facts.map((f) => new Date(f.at)),
      facts.map((f) => uuidOf('person', f.person)),
    ],
  )
  const active = facts.filter((f) => !isMove(f) && f.person !== BOT)
  await db.pool.query(
    `insert into activity_day (community_id, person_id, day_on, first_at, last_at, contribution_count)
     select $1, person, day_on, min(at), max(at), 1 from unnest($2::uuid[], $3::date[], $4::timestamptz[]) as a (person, day_on, at) group by 2, 3`,
    [
      communityId,
      active.map((f) => uuidOf('person', f.person)),
      active.map((f) => localDayAt(f.at, timeZone)),
      active.map((f) => new Date(f.at)),
    ],
  )
  await db.pool.query(
    `insert into contribution (community_id, event_key, thread_key, occurred_at, person_id, is_bot, kind, thread_kind, is_start, is_answer,
       is_quarantined, word_count, artefact_word_count, document_word_count, category, is_counted)
     select $1, event_key, event_key, occurred_at, identity_key, false, 'post', 'post', true, false, false, 1, 0, 0, 'other', identity_key <> $2
     from event where community_id = $1 and type = 'post.published'`,
    [communityId, uuidOf('person', BOT)],
  )
  await db.pool.query(
    `insert into benefit_day (community_id, person_id, day_on, benefit, fact_count)
     select $1, person, day_on, benefit, 1 from unnest($2::uuid[], $3::date[], $4::text[]) as b (person, day_on, benefit) on conflict do nothing`,
    [communityId, benefits.map((b) => uuidOf('person', b.person)), benefits.map((b) => b.day_on), benefits.map((b) => b.benefit)],
  )
}
