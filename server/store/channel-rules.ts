/** What a community says the messages of its channels are, and what they were found to be. */
import type { ClientBase, Pool } from 'pg'
import type { ChannelRule } from '../ingest/classify/channel-rules.ts'
import type { FoundType } from '../ingest/classify/rules.ts'
import { inTransaction } from './in-transaction.ts'

export const readChannelRules = async (db: Pool | ClientBase, communityId: string): Promise<ChannelRule[]> => {
  const { rows } = await db.query<ChannelRule>(
    'select source, channel, finds from channel_rule where community_id = $1 order by source, channel',
    [communityId],
  )
  return rows
}

/** How many messages of a channel, or by a rule, are what; `reply_count`: replies of every kind. */
export type FoundCounts = {
  question_count: number
  announcement_count: number
  work_count: number
  post_count: number
  reply_count: number
}
export type ChannelCounts = {
  source: string
  channel: string
  finds: FoundType | null
  set_at: Date | null
  unsaid_count: number
} & FoundCounts
export type RuleCounts = { rule: string; message_count: number }

const IS_WORK = `coalesce(e.properties -> 'work' = 'true'::jsonb, false)`
const FOUND_COUNTS = `
  count(*) filter (where e.type = 'question.asked' and not ${IS_WORK})::int as question_count,
  count(*) filter (where e.type = 'announcement.published' and not ${IS_WORK})::int as announcement_count,
  count(*) filter (where e.type in ('document.edited', 'task.completed') or ${IS_WORK})::int as work_count,
  count(*) filter (where e.type = 'post.published' and not ${IS_WORK})::int as post_count,
  count(*) filter (where e.type in ('answer.posted', 'reply.posted') and not ${IS_WORK})::int as reply_count`
const MESSAGES = `e.type in ('question.asked', 'answer.posted', 'reply.posted', 'post.published', 'announcement.published', 'document.edited', 'task.completed')`

/**
 * The channels seen or mapped, the busiest first, at most `limit` of them; and by which rules messages were classified. Reads every event of
 * the community once: a second for some million.
 */
export const countChannels = async (
  db: Pool | ClientBase,
  communityId: string,
  limit: number,
): Promise<{ channels: ChannelCounts[]; channel_count: number; rules: RuleCounts[] }> => {
  const { rows } = await db.query<{ channels: ChannelCounts[]; channel_count: number; rules: RuleCounts[] }>(
    `with counted as (
       select
         e.source,
         e.channel,
         e.classified_by,
         count(*)::int as message_count,
         -- of these the source did not say what they are, and they answer nothing
         count(*) filter (where e.classified_by is not null and e.classified_by not in ('reply', 'source'))::int as unsaid_count,
         ${FOUND_COUNTS}
       from event e
       where e.community_id = $1 and ${MESSAGES}
       group by e.source, e.channel, e.classified_by
     ),
     seen as (
       select
         source,
         channel,
         sum(message_count) as message_count,
         sum(unsaid_count)::int as unsaid_count,
         sum(question_count)::int as question_count,
         sum(announcement_count)::int as announcement_count,
         sum(work_count)::int as work_count,
         sum(post_count)::int as post_count,
         sum(reply_count)::int as reply_count
       from counted
       where channel is not null
       group by source, channel
     ),
     listed as (
       select
         coalesce(s.source, r.source) as source,
         coalesce(s.channel, r.channel) as channel,
         r.finds,
         r.set_at,
         coalesce(s.unsaid_count, 0) as unsaid_count,
         coalesce(s.question_count, 0) as question_count,
         coalesce(s.announcement_count, 0) as announcement_count,
         coalesce(s.work_count, 0) as work_count,
         coalesce(s.post_count, 0) as post_count,
         coalesce(s.reply_count, 0) as reply_count,
         coalesce(s.message_count, 0) as message_count
       from seen s
       full join (select source, channel, finds, set_at from channel_rule where community_id = $1) as r
         on r.source = s.source and r.channel = s.channel
     ),
     busiest as (
       select * from listed order by (finds is null), message_count desc, source, channel limit $2
     ),
     ruled as (
       select classified_by as rule, sum(message_count)::int as message_count
       from counted
       where classified_by is not null
       group by classified_by
     )
     select
       coalesce((select jsonb_agg(to_jsonb(b) - 'message_count' order by b.message_count desc, b.source, b.channel) from busiest b), '[]') as channels,
       (select count(*)::int from listed) as channel_count,
       coalesce((select jsonb_agg(to_jsonb(u) order by u.message_count desc, u.rule) from ruled u), '[]') as rules`,
    [communityId, limit],
  )
  const found = rows[0] ?? { channels: [], channel_count: 0, rules: [] }
  return { ...found, channels: found.channels.map((one) => ({ ...one, set_at: one.set_at === null ? null : new Date(one.set_at) })) }
}

/** A community maps at most so many channels; our judgement: they are read with every request that brings events. */
export const MAX_CHANNEL_RULES = 2000

/** Says what the messages of a channel are from now on; null: their text says it again. False where the community is gone. */
export const setChannelRule = async (
  pool: Pool,
  {
    communityId,
    source,
    channel,
    finds,
    now,
  }: { communityId: string; source: string; channel: string; finds: FoundType | null; now: Date },
): Promise<'set' | 'no_community' | 'too_many'> =>
  inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('select from community where community_id = $1 for no key update', [communityId])
    if (rowCount === 0) return 'no_community'
    if (finds === null) {
      await client.query('delete from channel_rule where community_id = $1 and source = $2 and channel = $3', [
        communityId,
        source,
        channel,
      ])
      return 'set'
    }
    const rules = await readChannelRules(client, communityId)
    const before = rules.find((rule) => rule.source === source && rule.channel === channel)
    if (before?.finds === finds) return 'set'
    if (before === undefined && rules.length >= MAX_CHANNEL_RULES) return 'too_many'
    await client.query(
      `insert into channel_rule (community_id, source, channel, finds, set_at) values ($1, $2, $3, $4, $5)
       on conflict (community_id, source, channel) do update set finds = excluded.finds, set_at = excluded.set_at`,
      [communityId, source, channel, finds, now],
    )
    return 'set'
  })
