/** Topics in which one person gives all the answers, over the last days. */
import type { Pool } from 'pg'
import { startOfDay } from '../../rollup/local-day.ts'
import { withheld, isTooAnonymous } from '../../metrics/measured.ts'
import { MIN_ANSWERED_IN_TOPIC } from '../../metrics/sample-minima.ts'
import { addDays } from '../../../shared/period.ts'
import type { TodayScope } from './today-scope.ts'

/** As long as the window of the verdict, and a topic that is done stays off the list as long: by then all answers it rested on lie before. */
export const TOPIC_DAYS = 90

export type HangingTopic = {
  channel: string
  person_id: string
  since: Date
  questions: number
  answered: number
  answers: number
}

/** The days that topics are told of, both in them: the numbers are those of the metric topics-on-one-helper over this span. */
export const topicSpan = (knownOn: string) => ({ from_on: addDays(knownOn, 1 - TOPIC_DAYS), to_on: addDays(knownOn, 1) })

/** All of them, those with most answers first. `leavesChatsOut`: as the metric does where a community has threads and flat chats. */
export const readHangingTopics = async (
  pool: Pool,
  { communityId, timeZone, knownOn }: TodayScope,
  leavesChatsOut: boolean,
): Promise<HangingTopic[]> => {
  const { from_on, to_on } = topicSpan(knownOn)
  const { rows } = await pool.query<HangingTopic>(
    `select
       h.channel,
       (array_agg(h.first_helper_id) filter (where h.first_answered_at is not null))[1] as person_id,
       min(h.first_answered_at) as since,
       count(*)::int as questions,
       count(h.first_answered_at)::int as answered,
       sum(h.answer_count)::int as answers
     from help_episode h
     where h.community_id = $1
       and h.asked_at >= ${startOfDay('$2::date', '$4')}
       and h.asked_at < ${startOfDay('$3::date', '$4')}
       and h.channel is not null
       ${leavesChatsOut ? 'and exists (select from contribution c where c.community_id = $1 and c.event_key = h.question_key and c.inferred_link is null)' : ''}
     group by h.channel
     having count(h.first_answered_at) >= ${MIN_ANSWERED_IN_TOPIC}
       and max(h.helper_count) = 1
       -- several anonymous people count as one, but may not be
       and bool_and(h.first_answered_at is null or h.first_helper_id is not null)
       and count(distinct h.first_helper_id) = 1
     order by answers desc, h.channel collate "C"`,
    [communityId, from_on, to_on, timeZone],
  )
  return rows
}

/** Why nothing can be told of topics though questions are known; null where it can. */
export const whyNoTopics = async (pool: Pool, { communityId, timeZone, knownOn }: TodayScope): Promise<string | null> => {
  const { from_on, to_on } = topicSpan(knownOn)
  const days = await pool.query<{ anonymous: number; all: number }>(
    `select coalesce(sum(anonymous_count), 0)::int as anonymous, coalesce(sum(contribution_count), 0)::int as all
     from contribution_day where community_id = $1 and day_on >= $2 and day_on < $3`,
    [communityId, from_on, to_on],
  )
  const { anonymous, all } = days.rows[0] as { anonymous: number; all: number }
  if (isTooAnonymous(anonymous, all)) return withheld(anonymous, all).reason
  const asked = await pool.query<{ is_any: boolean; is_named: boolean }>(
    `select
       exists (select ${ASKED}) as is_any,
       exists (select ${ASKED} and h.channel is not null) as is_named`,
    [communityId, from_on, to_on, timeZone],
  )
  const { is_any, is_named } = asked.rows[0] as { is_any: boolean; is_named: boolean }
  return is_any && !is_named ? `No question of the last ${TOPIC_DAYS} days says in which channel it was asked.` : null
}
const ASKED = `from help_episode h
  where h.community_id = $1 and h.asked_at >= ${startOfDay('$2::date', '$4')} and h.asked_at < ${startOfDay('$3::date', '$4')}`
