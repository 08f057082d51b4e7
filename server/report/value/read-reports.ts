import type { ClientBase, Pool } from 'pg'
import { readValueWords, type ValueWords } from '../../../shared/contract/value-claim.ts'
import { localDayOf } from '../../rollup/local-day.ts'

/** What a member reported of the value of something, as it stands now. */
export type ValueReported = ValueWords & {
  key: string
  person_id: string
  /** As the source names the account. */
  display_name: string | null
  on: string
  /** The question it speaks of, where that counts as one and the member is who asked it; else null. */
  question_key: string | null
  /** Told behind a link of ours. */
  is_asked: boolean
}

type Row = {
  event_key: string
  properties: unknown
  person_id: string
  display_name: string | null
  told_on: string
  question_key: string | null
  is_asked: boolean
}

/**
 * What members reported on local days from `from_on` up to before `to_on`, or of those keys, the newest first. What was taken back,
 * replaced or erased is not there, nor what bots and nobody reported. Of several reports of a person about one question the latest stands.
 */
export const readValueReports = async (
  db: Pool | ClientBase,
  { community_id, time_zone }: { community_id: string; time_zone: string },
  { days = null, keys = null }: { days?: { from_on: string; to_on: string } | null; keys?: readonly string[] | null },
): Promise<ValueReported[]> => {
  const { rows } = await db.query<Row>(
    `with told as (
       select
         e.event_key, e.properties, e.occurred_at, i.person_id, i.display_name,
         (${localDayOf('e.occurred_at', '$2')}) as told_on,
         q.question_key,
         exists (select from value_ask a where a.community_id = $1 and a.event_key = e.event_key) as is_asked
       from event e
       join identity i on i.community_id = $1 and i.identity_key = e.identity_key and not i.is_bot
       left join contribution c on c.community_id = $1 and c.event_key = e.target_key
       left join help_episode q
         on q.community_id = $1
         and q.question_key = coalesce(c.question_key, e.target_key)
         and q.asker_id = i.person_id
       where e.community_id = $1
         and e.type = 'value.reported'
         and not exists (
           select from event d where d.community_id = $1 and d.target_key = e.event_key and d.type = 'content.deleted'
         )
     ),
     latest as (
       select distinct on (person_id, coalesce(question_key, event_key)) *
       from told
       order by person_id, coalesce(question_key, event_key), occurred_at desc, event_key
     )
     select event_key, properties, person_id, display_name, told_on, question_key, is_asked
     from latest
     where ($3::date is null or told_on >= $3::date)
       and ($4::date is null or told_on < $4::date)
       and ($5::uuid[] is null or event_key = any ($5::uuid[]))
     order by occurred_at desc, event_key`,
    [community_id, time_zone, days?.from_on ?? null, days?.to_on ?? null, keys],
  )
  return rows.map((row) => ({
    ...readValueWords(row.properties),
    key: row.event_key,
    person_id: row.person_id,
    display_name: row.display_name,
    on: row.told_on,
    question_key: row.question_key,
    is_asked: row.is_asked,
  }))
}
