/** What askers say behind their link: kept as an event, so that everything else follows from it. */
import type { ClientBase, Pool } from 'pg'
import { readValueWords, type ValueWords } from '../../shared/contract/value-claim.ts'
import { normaliseEvent } from '../ingest/normalise-event.ts'
import { valueEventId } from '../ingest/own-events.ts'
import { appendWithin, removeWithin } from './append-events.ts'
import { inTransaction } from './in-transaction.ts'

/** An ask as its asker meets it. */
export type StoredAsk = {
  community_id: string
  ask_id: string
  event_key: string
  identity_key: string
  community_name: string
  time_zone: string
  how: 'link' | 'mail'
  expires_at: Date
  answered_at: Date | null
  changed_at: Date | null
  withdrawn_at: Date | null
  source: string
  source_actor_id: string
  display_name: string | null
  question_id: string | null
  asked_question_at: Date | null
  channel: string | null
  url: string | null
  /** The question was taken back, erased or never came. */
  is_question_gone: boolean
  has_opted_out: boolean
  /** What is stored of the answer; null: nothing. */
  said: ValueWords | null
  said_at: Date | null
}

const SELECT = `select
  a.community_id, a.ask_id, a.event_key, a.identity_key, c.name as community_name, c.time_zone, a.how, a.expires_at,
  a.answered_at, a.changed_at, a.withdrawn_at, i.source, i.source_actor_id, i.display_name,
  q.source_event_id as question_id, q.occurred_at as asked_question_at, q.channel, q.url,
  q.event_key is null or exists (
    select from event d where d.community_id = $1 and d.target_key = a.question_key and d.type = 'content.deleted'
  ) as is_question_gone,
  exists (
    select from identity o
    join ask_opt_out out on out.community_id = $1 and out.out_key in (o.identity_key, o.email_key)
    where o.community_id = $1 and o.person_id = i.person_id
  ) as has_opted_out,
  e.properties, e.occurred_at as said_at
from value_ask a
join community c on c.community_id = $1
join identity i on i.community_id = $1 and i.identity_key = a.identity_key
left join event q on q.community_id = $1 and q.event_key = a.question_key
left join event e on e.community_id = $1 and e.event_key = a.event_key and e.type = 'value.reported'
where a.community_id = $1 and a.ask_id = $2`

type Row = Omit<StoredAsk, 'said'> & { properties: unknown }

const toAsk = ({ properties, ...row }: Row): StoredAsk => ({ ...row, said: row.said_at === null ? null : readValueWords(properties) })

export const readAsk = async (db: Pool | ClientBase, communityId: string, askId: string): Promise<StoredAsk | null> => {
  const { rows } = await db.query<Row>(SELECT, [communityId, askId])
  return rows[0] === undefined ? null : toAsk(rows[0])
}

/** What an answer does to what was said before; only what is named is changed. */
export type ValueChange = Partial<ValueWords>

export type Answered = 'stored' | 'same' | 'unknown' | 'expired' | 'question_gone' | 'solved_first'

/** Without its nulls, as the event holds it. What did not help saved no time. */
const propertiesOf = ({ solved, band, hours_saved, story, consent, name, role }: ValueWords): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({
      solved,
      band: solved === 'no' ? null : band,
      hours_saved,
      story,
      consent: story === null ? null : consent,
      name: story === null || consent !== 'name' ? null : name,
      role: story === null || consent === 'anonymous' || consent === 'none' ? null : role,
    }).filter(([, value]) => value !== null),
  )

const NOTHING_SAID: ValueWords = { solved: null, band: null, hours_saved: null, story: null, consent: 'none', name: null, role: null }

/**
 * Stores or changes the answer of an asker, durable when this returns. It keeps the time of the first answer, so that a month that was
 * reported does not lose it to the next. Of two at once the later adds to the earlier.
 */
export const storeAnswer = (
  pool: Pool,
  { communityId, askId, change, now }: { communityId: string; askId: string; change: ValueChange; now: Date },
): Promise<Answered> =>
  inTransaction(pool, async (client, attempt): Promise<Answered> => {
    const ask = await lockAsk(client, communityId, askId)
    if (ask === null) return 'unknown'
    if (ask.expires_at.getTime() <= now.getTime()) return 'expired'
    if (ask.is_question_gone || ask.question_id === null) return 'question_gone'
    const said = { ...(ask.said ?? NOTHING_SAID), ...change }
    if (said.solved === null) return 'solved_first'
    const event = {
      id: valueEventId(askId),
      source: ask.source,
      type: 'value.reported',
      occurred_at: (ask.said_at ?? now).toISOString(),
      actor: { id: ask.source_actor_id },
      in_reply_to: ask.question_id,
      properties: propertiesOf(said),
    }
    const { ok, problems } = normaliseEvent(event, now)
    if (problems) throw new RangeError(`an answer that cannot be kept: ${problems.map((one) => one.message).join(' ')}`)
    const { accepted } = await appendWithin(
      client,
      { communityId, rows: [ok], onConflict: 'replace', dryRun: false, receivedAt: now },
      attempt,
    )
    await client.query(
      `update value_ask set
         asked_at = coalesce(asked_at, $3), answered_at = coalesce(answered_at, $3), changed_at = $3, withdrawn_at = null
       where community_id = $1 and ask_id = $2`,
      [communityId, askId, now],
    )
    return accepted > 0 ? 'stored' : 'same'
  })

/** Takes the whole answer back: nothing of it is kept. Works as long as there is one, however old the link. True where there was one. */
export const withdrawAnswer = (
  pool: Pool,
  { communityId, askId, now }: { communityId: string; askId: string; now: Date },
): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const ask = await lockAsk(client, communityId, askId)
    if (ask === null || ask.said === null) return false
    await removeWithin(client, communityId, [ask.event_key])
    await client.query(
      'update value_ask set answered_at = null, changed_at = null, withdrawn_at = $3 where community_id = $1 and ask_id = $2',
      [communityId, askId, now],
    )
    return true
  })

const lockAsk = async (client: ClientBase, communityId: string, askId: string): Promise<StoredAsk | null> => {
  await client.query('select from value_ask where community_id = $1 and ask_id = $2 for update', [communityId, askId])
  return readAsk(client, communityId, askId)
}
