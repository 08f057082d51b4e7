/** Questions nobody answered, and first questions and first posts nobody replied to. */
import type { Pool } from 'pg'
import { ANSWER_DAYS } from '../../metrics/readings/episodes.ts'
import { agedOver, IS_INFERRED, isUnmarked, type Place, type TodayScope, WORTH_DAYS } from './today-scope.ts'

export type Waiting = Place & {
  event_key: string
  kind: 'question' | 'post'
  since: Date
  person_id: string | null
  channel: string | null
  is_inferred: boolean
  is_question: boolean
}
export type OpenQuestions = {
  count: number
  items: Waiting[]
  /** Every open question, newcomers' too, by age. */
  by_age: { from_days: number; to_days: number | null; count: number }[]
}

const AGES = [0, 1, ANSWER_DAYS, WORTH_DAYS] as const

// those still to be answered in time, the oldest first, since their time runs out; then the youngest of the others
const MOST_PRESSING = (at: string) =>
  `(${agedOver(at, ANSWER_DAYS)}), case when ${agedOver(at, ANSWER_DAYS)} then $2::timestamptz - ${at} else ${at} - $2::timestamptz end`

/** Questions without an answer that are young enough for one, without those of newcomers that stand among the newcomers. */
export const readOpenQuestions = async (pool: Pool, { communityId, knownBy, limit }: TodayScope): Promise<OpenQuestions> => {
  const ages = await pool.query<Record<string, number>>(
    `select ${AGES.map((days, i) => `count(*) filter (where ${agedOver('h.asked_at', days)}${AGES[i + 1] ? ` and not (${agedOver('h.asked_at', AGES[i + 1] as number)})` : ''})::int as from_${days}`).join(', ')}
     from help_episode h
     where h.community_id = $1 and h.first_answered_at is null and h.asked_at < $2 and not h.is_answered_elsewhere and ${isUnmarked('h.question_key')}`,
    [communityId, knownBy],
  )
  const { rows } = await pool.query<Waiting & { count: number }>(
    `with open as (
       select h.question_key, h.asked_at, h.asker_id, h.channel, h.url
       from help_episode h
       where h.community_id = $1
         and h.first_answered_at is null
         and h.asked_at < $2
         and not (${agedOver('h.asked_at', WORTH_DAYS)})
         and not h.is_answered_elsewhere
         and ${isUnmarked('h.question_key')}
         and not exists (
           select from first_start f
           where f.community_id = $1
             and f.person_id = h.asker_id
             and f.kind = 'question'
             and f.event_key = h.question_key
             and f.first_reply_at is null
         )
     ),
     page as (
       select *, (count(*) over ())::int as count from open o order by ${MOST_PRESSING('o.asked_at')}, o.question_key limit $3
     )
     select
       p.question_key as event_key, 'question' as kind, p.asked_at as since, p.asker_id as person_id, p.channel, p.url,
       e.source, e.source_event_id, ${IS_INFERRED} as is_inferred, true as is_question, p.count
     from page p
     join event e on e.community_id = $1 and e.event_key = p.question_key
     order by ${MOST_PRESSING('p.asked_at')}, p.question_key`,
    [communityId, knownBy, limit],
  )
  return {
    count: rows[0]?.count ?? 0,
    items: rows,
    by_age: AGES.map((from_days, i) => ({ from_days, to_days: AGES[i + 1] ?? null, count: ages.rows[0]?.[`from_${from_days}`] ?? 0 })),
  }
}

/** First questions and first posts, as the newcomers' share counts them, that nobody else replied to and that are young enough for it. */
export const readWaitingNewcomers = async (
  pool: Pool,
  { communityId, knownBy, limit }: TodayScope,
): Promise<{ count: number; items: Waiting[] }> => {
  const { rows } = await pool.query<Waiting & { count: number }>(
    `with waiting as (
       select f.event_key, f.kind, f.started_at, f.person_id
       from first_start f
       where f.community_id = $1
         and f.first_reply_at is null
         and f.started_at < $2
         and f.started_at > $2::timestamptz - interval '${WORTH_DAYS * 24} hours'
         and not f.is_answered_elsewhere
         and ${isUnmarked('f.event_key')}
     ),
     page as (
       select *, (count(*) over ())::int as count from waiting w order by ${MOST_PRESSING('w.started_at')}, w.event_key limit $3
     )
     select
       p.event_key, p.kind, p.started_at as since, p.person_id, e.channel, e.url, e.source, e.source_event_id,
       ${IS_INFERRED} as is_inferred, e.type = 'question.asked' as is_question, p.count
     from page p
     join event e on e.community_id = $1 and e.event_key = p.event_key
     order by ${MOST_PRESSING('p.started_at')}, p.event_key`,
    [communityId, knownBy, limit],
  )
  return { count: rows[0]?.count ?? 0, items: rows }
}
