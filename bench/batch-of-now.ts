/** A batch of events of the last minutes, by members of a made-up community, about threads of its last days. */
import type { Pool } from 'pg'
import type { EventInput, EventType } from '../shared/contract/event.ts'
import { createRandom } from '../server/ingest/sources/synthetic/random.ts'
import { TALK } from '../server/ingest/sources/synthetic/talk.ts'
import { BENCH_COMMUNITY_ID } from './event-files.ts'

const SOURCE = 'synthetic'
const LAST_MS = 10 * 60_000

/** About as the generator mixes them. */
const MIX: readonly (readonly [EventType, number])[] = [
  ['content.viewed', 22],
  ['answer.posted', 19],
  ['reply.posted', 16],
  ['reaction.added', 14],
  ['question.asked', 13],
  ['answer.accepted', 6],
  ['post.published', 5],
  ['member.joined', 2],
  ['announcement.published', 1],
  ['document.edited', 1],
  ['task.completed', 1],
]

type Thread = { question: string; answer: string | null }

/** What happened lately, to be answered and accepted: read once, before the clock starts. */
export const readStage = async (pool: Pool): Promise<{ members: string[]; threads: Thread[] }> => {
  const { rows: members } = await pool.query<{ id: string }>(
    `select source_actor_id as id from identity where community_id = $1 order by identity_key limit 5000`,
    [BENCH_COMMUNITY_ID],
  )
  const { rows: threads } = await pool.query<Thread>(
    `select q.source_event_id as question, (
       select a.source_event_id from event a
       where a.community_id = $1 and a.target_key = q.event_key and a.type = 'answer.posted' limit 1) as answer
     from (
       select event_key, source_event_id from event where community_id = $1 and type = 'question.asked' order by occurred_at desc limit 500
     ) as q`,
    [BENCH_COMMUNITY_ID],
  )
  return { members: members.map(({ id }) => id), threads }
}

/** `count` events in the order of time, the last at `now`; `batch` keeps their ids apart from those of other batches. */
export const makeBatch = (stage: { members: string[]; threads: Thread[] }, batch: number, count: number, now: Date): EventInput[] => {
  const random = createRandom(batch)
  const bag = MIX.flatMap(([type, weight]) => Array.from({ length: weight }, () => type))
  return Array.from({ length: count }, (_, i): EventInput => {
    const type = random.pick(bag)
    const thread = random.pick(stage.threads)
    const event: EventInput = {
      id: `now-${batch}-${i}`,
      source: SOURCE,
      type,
      occurred_at: new Date(now.getTime() - LAST_MS + (LAST_MS * i) / count).toISOString(),
      actor: { id: type === 'member.joined' ? `new-${batch}-${i}` : random.pick(stage.members) },
    }
    if (type === 'answer.posted' || type === 'reply.posted')
      Object.assign(event, { thread_id: thread.question, in_reply_to: thread.question })
    if (type === 'reaction.added' || type === 'content.viewed') event.in_reply_to = thread.question
    if (type === 'answer.accepted') event.in_reply_to = thread.answer ?? thread.question
    if (type === 'question.asked' || type === 'answer.posted')
      Object.assign(event, TALK[type === 'question.asked' ? 'question' : 'answer'](random))
    return event
  })
}
