import type { ClientBase, Pool } from 'pg'
import { UNSURE_RULES } from '../../ingest/classify/rules.ts'
import type { ReadParams } from '../../metrics/measure-periods.ts'
import { IS_VISIBLE, PERIOD_CTE } from '../../metrics/reading.ts'

/** What of a window was found out on the way in rather than said by its sources, and may be wrong. */
export type WindowDoubts = {
  contribution_count: number
  /** Of these, written in flat chats: which messages belong together was inferred. */
  inferred_count: number
  question_count: number
  /** Of these, recognised from their text by a rule that is often wrong. */
  unsure_question_count: number
}

export const NO_DOUBTS: WindowDoubts = { contribution_count: 0, inferred_count: 0, question_count: 0, unsure_question_count: 0 }

/** The doubts about each of the periods, in their order. Deleted messages and bots count among the unsure: few, and not worth a look each. */
export const readWindowDoubts = async (db: Pool | ClientBase, params: Omit<ReadParams, 'isNow'>): Promise<WindowDoubts[]> => {
  const { communityId, periods, knownBy, timeZone } = params
  if (periods.length === 0) return []
  const { rows } = await db.query<WindowDoubts>(
    `with ${PERIOD_CTE}
     select
       said.contribution_count,
       said.inferred_count,
       said.question_count,
       least(said.question_count, (
         select count(*)::int
         from event e
         where e.community_id = $1
           and e.occurred_at >= p.starts_at
           and e.occurred_at < p.known_by
           and e.classified_by is not null
           and e.type = 'question.asked'
           and e.classified_by = any ($7::text[])
           and not exists (
             select from question_ruling r where r.community_id = $1 and r.event_key = e.event_key and r.ruling = 'not_a_question'
           )
       )) as unsure_question_count
     from period p
     cross join lateral (
       select
         count(*)::int as contribution_count,
         count(c.inferred_link)::int as inferred_count,
         count(*) filter (where c.kind = 'question')::int as question_count
       from contribution c
       where c.community_id = $1 and c.occurred_at >= p.starts_at and c.occurred_at < p.ends_at and ${IS_VISIBLE}
     ) as said
     order by p.period_no`,
    [
      communityId,
      periods.map((period) => period.from_on),
      periods.map((period) => period.to_on),
      periods.map((period) => period.is_as_known_then),
      knownBy,
      timeZone,
      UNSURE_RULES,
    ],
  )
  return rows
}
