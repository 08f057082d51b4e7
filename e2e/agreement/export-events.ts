import { writeFile } from 'node:fs/promises'
import type { Database } from '../../server/store/connection.ts'

const COLUMNS = [
  'event_key',
  'type',
  'occurred_at',
  'person_id',
  'is_bot',
  'thread_key',
  'target_key',
  'channel',
  'is_thanks',
  'is_work',
  'is_facilitator',
] as const

export type ExportedFacts = { event_count: number; time_zone: string; known_by: Date | null }

/**
 * The facts of every event of a community as they are stored, before anything is derived from them, as a CSV file; what managers say
 * is no question comes as a post. Throws where a question was answered elsewhere: the other programs know nothing of that.
 */
export const exportEvents = async ({ pool }: Database, communityId: string, file: string): Promise<ExportedFacts> => {
  const elsewhere = await pool.query("select from question_ruling where community_id = $1 and ruling = 'answered_elsewhere' limit 1", [
    communityId,
  ])
  if (elsewhere.rowCount) throw new Error('Take back what was answered elsewhere first: it cannot be compared.')
  const { rows } = await pool.query<Record<string, unknown>>(
    `select
       e.event_key, case when r.ruling = 'not_a_question' and e.type = 'question.asked' then 'post.published' else e.type end as type,
       to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as occurred_at, i.person_id,
       coalesce(i.is_bot, false) as is_bot, e.thread_key, e.target_key, e.channel, e.is_thanks,
       coalesce(e.properties -> 'work' = 'true'::jsonb, false) as is_work,
       exists (
         select from facilitator f
         join identity n on n.community_id = $1 and n.identity_key = f.identity_key
         where f.community_id = $1 and n.person_id = i.person_id
       ) as is_facilitator
     from event e
     left join identity i on i.community_id = $1 and i.identity_key = e.identity_key
     left join question_ruling r on r.community_id = $1 and r.event_key = e.event_key
     where e.community_id = $1`,
    [communityId],
  )
  const cell = (value: unknown) => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`)
  await writeFile(file, [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((name) => cell(row[name])).join(','))].join('\n'))
  const state = await pool.query<{ time_zone: string; known_by: Date | null }>(
    `select c.time_zone, s.known_by from community c left join community_state s on s.community_id = $1 where c.community_id = $1`,
    [communityId],
  )
  return { event_count: rows.length, time_zone: state.rows[0]?.time_zone ?? 'UTC', known_by: state.rows[0]?.known_by ?? null }
}
