/** A made-up community that declines in a known way, for tests of what is told of it. */
import { randomUUID } from 'node:crypto'
import type { EventInput } from '../shared/contract/event.ts'
import type { EventRow } from '../server/ingest/event-row.ts'
import { normaliseEvent } from '../server/ingest/normalise-event.ts'
import { refreshCommunity } from '../server/jobs/refresh-community.ts'
import { appendEvents } from '../server/store/append-events.ts'
import { createCommunity } from '../server/store/communities.ts'
import type { Database } from '../server/store/connection.ts'
import type { AlertMaterial } from '../server/alerts/alert-rule.ts'
import { loadMaterial } from '../server/alerts/load-material.ts'

export const ZONE = 'America/Sao_Paulo'
/** A Monday, an hour after the week is over there. */
export const END = new Date('2026-05-04T04:00:00Z')
export const WEEKS = 64
/** The week from which on it is otherwise. */
export const CHANGED = 56
export const HOSTILE = 'pumps \u202e<b>& "valves"'
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Mulberry32. */
export const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

/**
 * Eight people join a week: five first show up in a channel with a hostile name, three in `general`. Eight questions are asked, and seven
 * answered: five by `facilitator`. Two members leave. From week `CHANGED` on nobody shows up in that channel any more, the facilitator is
 * gone, and seven more leave a week, of those who joined in weeks 34 to 41.
 */
export const eventsOf = (): EventInput[] => {
  const random = randomOf(7)
  const events: EventInput[] = []
  const begin = END.getTime() - HOUR - WEEKS * 7 * DAY
  const add = (at: number, event: object) =>
    events.push({ source: 'forum', occurred_at: new Date(at).toISOString(), ...event } as EventInput)
  const members: { id: string; source: string; week: number }[] = []
  const leave = (at: number, isOne: (one: { week: number }) => boolean) => {
    const index = members.findIndex(isOne)
    if (index === -1) return
    const [one] = members.splice(index, 1)
    if (one) add(at, { id: `left-${one.id}`, type: 'member.left', source: one.source, actor: { id: one.id } })
  }
  for (let week = 0; week < WEEKS; week++) {
    const start = begin + week * 7 * DAY
    const time = () => start + 2 * HOUR + Math.floor(random() * (7 * DAY - 8 * HOUR))
    const isChanged = week >= CHANGED
    for (let no = isChanged ? 5 : 0; no < 8; no++) {
      const at = time()
      const actor = { id: `new${week}-${no}` }
      const source = no % 2 === 0 ? 'forum' : 'list'
      add(at, { id: `join-${actor.id}`, type: 'member.joined', source, actor })
      add(at + HOUR, { id: `post-${actor.id}`, type: 'post.published', source, channel: no < 5 ? HOSTILE : 'general', actor })
      members.push({ id: actor.id, source, week })
    }
    if (week > 3) for (let no = 0; no < 2; no++) leave(time(), ({ week: joined }) => joined < 34 || joined > 41)
    if (isChanged) for (let no = 0; no < 7; no++) leave(time(), ({ week: joined }) => joined >= 34 && joined <= 41)
    for (let no = 0; no < 8; no++) {
      const at = time() - DAY
      const id = `q${week}-${no}`
      const channel = no % 2 === 0 ? 'general' : HOSTILE
      add(at, { id, type: 'question.asked', channel, actor: { id: `asker${(week * 8 + no) % 40}` }, title: 'How do I stop the pump?' })
      if (no === 7 || (isChanged && no < 5)) continue
      const actor = { id: no < 5 ? 'facilitator' : `helper${(week + no) % 6}` }
      add(at + 5 * HOUR, { id: `a-${id}`, type: 'answer.posted', channel, actor, in_reply_to: id, thread_id: id, text: 'Close it first.' })
    }
  }
  return events
}

/** Joins of the weeks since it changed that come in late: as many as are missing. */
export const lateJoins = (): EventInput[] =>
  Array.from({ length: (WEEKS - CHANGED) * 5 }, (_, no) => ({
    source: 'forum',
    id: `late${no}`,
    type: 'member.joined',
    occurred_at: new Date(END.getTime() - HOUR - (WEEKS - CHANGED) * 7 * DAY + (no + 0.5) * (7 / 5) * DAY).toISOString(),
    actor: { id: `late${no}` },
  }))

const rowsOf = (events: readonly EventInput[]): EventRow[] =>
  events.map((event) => {
    const normalised = normaliseEvent(event, END)
    if (!normalised.ok) throw new Error(JSON.stringify([event, normalised.problems]))
    return normalised.ok
  })

export type Given = {
  communityId: string
  material: () => Promise<AlertMaterial>
  add: (events: readonly EventInput[], now?: Date) => Promise<void>
}

export const giveCommunity = async (db: Database, name = 'Pumps community'): Promise<Given> => {
  const community = await createCommunity(db, { slug: `c-${randomUUID()}`, name, time_zone: ZONE, now: END })
  if (community === null) throw new Error('the slug is taken')
  const { community_id: communityId } = community
  const add = async (events: readonly EventInput[], now = END) => {
    await appendEvents(db, {
      communityId,
      batchId: randomUUID(),
      rows: rowsOf(events),
      onConflict: 'report',
      dryRun: false,
      receivedAt: now,
    })
    await refreshCommunity(db, communityId, { now })
  }
  await add(eventsOf())
  const material = async () => {
    const found = await loadMaterial(db.pool, community, END)
    if (found === null) throw new Error('no numbers')
    return found.material
  }
  return { communityId, material, add }
}
