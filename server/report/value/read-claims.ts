import type { ClientBase, Pool } from 'pg'
import type { BandId, Solved } from '../../../shared/contract/value-claim.ts'
import type { DayRange } from '../../../shared/period.ts'
import { localDayOf } from '../../rollup/local-day.ts'
import type { ReportedCommunity } from '../health-report.ts'
import { readValueReports } from './read-reports.ts'

/** What one member said of one answer, or of the community at large. */
export type Claim = {
  key: string
  person_id: string
  /** Of the time saved; null where hours were sent, or nothing was said of time. */
  band: BandId | null
  /** Where a sender says the hours themselves. */
  hours: number | null
  /** Only of a question that the member asked. */
  is_solved: Solved | null
  /** Local day it was said. */
  on: string
  question_key: string | null
  /** Said behind a link of ours, so that `asked_count` has it. */
  is_asked: boolean
}

export type Claims = {
  claims: Claim[]
  /** Askers asked on these days, and those of them who have replied since, whatever they said, and have not taken it back. */
  asked_count: number
  replied_count: number
}

/** What members claimed on local days from `from_on` up to before `to_on`, the newest first. Reports that claim nothing are left out. */
export const readClaims = async (db: Pool | ClientBase, community: ReportedCommunity, days: DayRange): Promise<Claims> => {
  const reports = await readValueReports(db, community, { days })
  const claims = reports.map(
    (report): Claim => ({
      key: report.key,
      person_id: report.person_id,
      band: report.hours_saved === null ? report.band : null,
      hours: report.hours_saved,
      is_solved: report.question_key === null ? null : report.solved,
      on: report.on,
      question_key: report.question_key,
      is_asked: report.is_asked,
    }),
  )
  const { asked_count, replied_count } = await readConfirmations(db, community, days)
  return {
    claims: claims.filter((claim) => claim.band !== null || claim.hours !== null || claim.is_solved !== null),
    asked_count,
    replied_count,
  }
}

export type Confirmations = {
  asked_count: number
  replied_count: number
  solved_count: number
  partly_count: number
  not_solved_count: number
  /** One person may be asked about several questions. */
  asked_people_count: number
  replied_people_count: number
  solved_people_count: number
  /** Who replied something else than yes. */
  other_people_count: number
}

/** SQL: somebody was asked: a link was posted, or a mail was not refused or called back. `a` is value_ask; $1 the community. */
export const WAS_ASKED = `(a.asked_at is not null and not exists (
  select from outbox o where o.mail_key = a.mail_key and o.community_id = $1 and o.state in ('refused', 'cancelled')
))`

/**
 * Of the askers asked on local days from `from_on` up to before `to_on`: how many replied, by now, and what they said. A share of those
 * who replied is a share of those asked who cared to; it says nothing about the others.
 */
export const readConfirmations = async (
  db: Pool | ClientBase,
  { community_id, time_zone }: Pick<ReportedCommunity, 'community_id' | 'time_zone'>,
  { from_on, to_on }: DayRange,
): Promise<Confirmations> => {
  const { rows } = await db.query<Confirmations>(
    `with asked as (
       select e.event_key is not null as has_replied, e.properties ->> 'solved' as solved, i.person_id
       from value_ask a
       join identity i on i.community_id = $1 and i.identity_key = a.identity_key
       left join event e on e.community_id = $1 and e.event_key = a.event_key and e.type = 'value.reported'
         and not exists (select from event d where d.community_id = $1 and d.target_key = e.event_key and d.type = 'content.deleted')
       where a.community_id = $1
         and ${WAS_ASKED}
         and (${localDayOf('a.asked_at', '$2')}) >= $3::date
         and (${localDayOf('a.asked_at', '$2')}) < $4::date
     )
     select
       count(*)::int as asked_count,
       count(*) filter (where has_replied)::int as replied_count,
       count(*) filter (where has_replied and solved = 'yes')::int as solved_count,
       count(*) filter (where has_replied and solved = 'partly')::int as partly_count,
       count(*) filter (where has_replied and solved = 'no')::int as not_solved_count,
       count(distinct person_id)::int as asked_people_count,
       count(distinct person_id) filter (where has_replied)::int as replied_people_count,
       count(distinct person_id) filter (where has_replied and solved = 'yes')::int as solved_people_count,
       count(distinct person_id) filter (where has_replied and solved is distinct from 'yes')::int as other_people_count
     from asked`,
    [community_id, time_zone, from_on, to_on],
  )
  return rows[0] as Confirmations
}
