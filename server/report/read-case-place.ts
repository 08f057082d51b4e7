import type { Pool } from 'pg'
import { personKey } from '../metrics/cases/case-list.ts'

/** An event with what was made of it; `kind` is null where it is no contribution. */
export type PlaceEvent = {
  event_key: string
  source: string
  source_event_id: string
  type: string
  occurred_at: Date
  url: string | null
  channel: string | null
  person_id: string | null
  thread_key: string | null
  question_key: string | null
  inferred_link: string | null
  kind: string | null
  category: string | null
  is_answer: boolean
  is_bot: boolean
  is_quarantined: boolean
  removed_at: Date | null
  /** The keys that a joining or leaving would have in lists of changes. */
  change_keys: string[]
}

const COLUMNS = `e.event_key,
  e.source,
  e.source_event_id,
  e.type,
  e.occurred_at,
  coalesce(c.url, e.url) as url,
  coalesce(c.channel, e.channel) as channel,
  coalesce(c.person_id, i.person_id) as person_id,
  coalesce(c.thread_key, e.thread_key) as thread_key,
  case when c.kind = 'question' then c.event_key else c.question_key end as question_key,
  coalesce(c.inferred_link, e.inferred_link) as inferred_link,
  c.kind,
  c.category,
  coalesce(c.is_answer, false) as is_answer,
  coalesce(c.is_bot, i.is_bot, false) as is_bot,
  coalesce(c.is_quarantined, false) as is_quarantined,
  c.removed_at,
  case
    when e.type like 'member.%' and i.person_id is not null then array(
      select ${personKey('i.person_id')} || ' ' || what || ' ' || extract(epoch from e.occurred_at)::text
      from unnest(array['joined', 'came back', 'left']) as what
    )
    else '{}'
  end as change_keys`
const JOINS = `left join contribution c on c.community_id = $1 and c.event_key = e.event_key
left join identity i on i.community_id = $1 and i.identity_key = e.identity_key`

/** An event by its key; null where the community holds none. */
export const readPlaceEvent = async (pool: Pool, communityId: string, eventKey: string): Promise<PlaceEvent | null> => {
  const { rows } = await pool.query<PlaceEvent>(
    `select ${COLUMNS}
from event e
${JOINS}
where e.community_id = $1::uuid and e.event_key = $2`,
    [communityId, eventKey],
  )
  return rows[0] ?? null
}

/** So many contributions are shown on either side of the event. */
const AROUND = 25

/** The contributions of its thread around an event, in order of time; null where it stands in none. */
export const readThreadAround = async (
  pool: Pool,
  communityId: string,
  event: PlaceEvent,
): Promise<{ count: number; before: number; rows: PlaceEvent[] } | null> => {
  if (event.thread_key === null) return null
  const { rows } = await pool.query<PlaceEvent & { place: number; count: number }>(
    `with thread as (
  select event_key, row_number() over (order by occurred_at, event_key)::int as place, count(*) over ()::int as count
  from contribution
  where community_id = $1 and thread_key = $2
),
here as (
  select coalesce((select place from thread where event_key = $3), 1) as place
)
select t.place, t.count, ${COLUMNS}
from thread t
cross join here
join event e on e.community_id = $1::uuid and e.event_key = t.event_key
${JOINS}
where t.place between here.place - ${AROUND} and here.place + ${AROUND}
order by t.place`,
    [communityId, event.thread_key, event.event_key],
  )
  const [first] = rows
  return first === undefined ? null : { count: first.count, before: first.place - 1, rows }
}

export type EpisodeOf = {
  source: string
  source_event_id: string
  asked_at: Date
  first_answered_at: Date | null
  accepted_at: Date | null
  acknowledged_at: Date | null
  helper_count: number
  answer_count: number
}

/** The help episode of the question that an event asks, or belongs to; null where there is none. */
export const readEpisodeOf = async (pool: Pool, communityId: string, { question_key }: PlaceEvent): Promise<EpisodeOf | null> => {
  if (question_key === null) return null
  const { rows } = await pool.query<EpisodeOf>(
    `select e.source, e.source_event_id, q.asked_at, q.first_answered_at, q.accepted_at, q.acknowledged_at, q.helper_count, q.answer_count
from help_episode q
join event e on e.community_id = $1 and e.event_key = q.question_key
where q.community_id = $1 and q.question_key = $2`,
    [communityId, question_key],
  )
  return rows[0] ?? null
}
