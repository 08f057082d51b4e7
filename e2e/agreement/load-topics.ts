import { normaliseEvent } from '../../server/ingest/normalise-event.ts'
import { generateEvents } from '../../server/ingest/sources/synthetic/synthetic.ts'
import { appendEvents } from '../../server/store/append-events.ts'
import { createCommunity } from '../../server/store/communities.ts'
import type { Database } from '../../server/store/connection.ts'

const SLUG = 'many-topics'
const TOPICS = ['pumps', 'seals', 'valves', 'bearings', 'motors', 'sensors', 'piping', 'paint', 'safety', 'odds and ends']

/** The few first topics hold most, as in life. */
const topicOf = (thread: string): string => {
  const number = [...thread].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, 7) / 1009
  return TOPICS[Math.floor(number * number * TOPICS.length)] as string
}

/** A community larger than the demo's, whose questions say in which channel they were asked. */
export const loadTopics = async (db: Database, now: Date): Promise<{ slug: string; community_id: string }> => {
  const community = await createCommunity(db, { slug: SLUG, name: 'Many topics', time_zone: 'Asia/Kolkata', now })
  if (!community) throw new Error(`${SLUG} is there already`)
  const events = generateEvents({
    archetype: 'community',
    seed: 31,
    members: 700,
    weeks: 70,
    contributionsPerWeek: 260,
    timeZone: community.time_zone,
    endAt: now,
  })
  const rows = [...events].map((event) => {
    const thread = event.thread_id ?? event.in_reply_to ?? event.id
    const normalised = normaliseEvent({ ...event, channel: topicOf(thread) }, now)
    if (!normalised.ok) throw new Error(JSON.stringify(normalised.problems))
    return normalised.ok
  })
  for (let i = 0; i < rows.length; i += 5000)
    await appendEvents(db, {
      communityId: community.community_id,
      rows: rows.slice(i, i + 5000),
      onConflict: 'report',
      dryRun: false,
      receivedAt: now,
    })
  return { slug: SLUG, community_id: community.community_id }
}
