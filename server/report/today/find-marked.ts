/** Contributions that were marked, or may be, as they are now, and the people behind accounts. */
import type { Pool } from 'pg'
import { IS_INFERRED, type Place } from './today-scope.ts'

export type MarkedContribution = Place & {
  event_key: string
  /** The sources call it a question, whatever was ruled. */
  is_question: boolean
  /** It is somebody's first question or first post. */
  is_first: boolean
  is_deleted: boolean
  since: Date
  person_id: string | null
  channel: string | null
  is_inferred: boolean
  answer_count: number
}

/** Those of the keys that are questions or posts of people. */
export const readContributions = async (pool: Pool, communityId: string, keys: readonly string[]): Promise<MarkedContribution[]> => {
  if (keys.length === 0) return []
  const { rows } = await pool.query<MarkedContribution>(
    `select
       e.event_key, e.type = 'question.asked' as is_question, e.occurred_at as since, i.person_id, e.channel, e.url, e.source, e.source_event_id,
       ${IS_INFERRED} as is_inferred,
       coalesce(c.removed_at is not null, false) as is_deleted,
       exists (
         select from first_start f where f.community_id = $1 and f.person_id = i.person_id and f.event_key = e.event_key
       ) as is_first,
       coalesce(h.answer_count, 0) as answer_count
     from event e
     left join identity i on i.community_id = $1 and i.identity_key = e.identity_key
     left join contribution c on c.community_id = $1 and c.event_key = e.event_key
     left join help_episode h on h.community_id = $1 and h.question_key = e.event_key
     where e.community_id = $1 and e.event_key = any ($2::uuid[]) and e.type in ('question.asked', 'post.published') and not coalesce(i.is_bot, false)`,
    [communityId, keys],
  )
  return rows
}

/** The person behind each of these accounts. */
export const readPeopleOf = async (pool: Pool, communityId: string, identityKeys: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await pool.query<{ identity_key: string; person_id: string }>(
    'select identity_key, person_id from identity where community_id = $1 and identity_key = any ($2::uuid[])',
    [communityId, identityKeys],
  )
  return new Map(rows.map((row) => [row.identity_key, row.person_id]))
}

/** A name of each of these people, as their sources give it. */
export const readNames = async (pool: Pool, communityId: string, people: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await pool.query<{ person_id: string; display_name: string }>(
    `select distinct on (person_id) person_id, display_name
     from identity
     where community_id = $1 and person_id = any ($2::uuid[]) and display_name is not null
     order by person_id, identity_key`,
    [communityId, people],
  )
  return new Map(rows.map((row) => [row.person_id, row.display_name]))
}
