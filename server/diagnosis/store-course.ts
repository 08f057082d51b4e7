import type { ClientBase, Pool } from 'pg'
import type { VerdictHistory, VerdictMoment } from '../../shared/contract/verdict-history.ts'
import type { Verdict } from '../../shared/contract/verdict.ts'
import type { Course, Moment } from './course.ts'
import { isMonthOver } from './standing.ts'

type Row = { at: string; verdict: Moment['verdict']; strength: Moment['strength']; is_inferred: boolean; is_forming: boolean }

/** The stored evaluations before a local day, all when it is null, in order. Days before `overUntil` are over. */
export const readMoments = async (
  db: Pool | ClientBase,
  communityId: string,
  before: string | null,
  overUntil: string,
): Promise<Moment[]> => {
  const { rows } = await db.query<Row>(
    `select
       at_on as at,
       verdict ->> 'verdict' as verdict,
       verdict #>> '{support_detail,strength}' as strength,
       coalesce(verdict #> '{support_detail,is_inferred}' = 'true', false) as is_inferred,
       verdict ->> 'trajectory' = 'forming' as is_forming
     from verdict_result
     where community_id = $1 and ($2::date is null or at_on < $2::date)
     order by at_on`,
    [communityId, before],
  )
  return rows.map((row) => ({ ...row, is_month_over: isMonthOver(row.at, overUntil) }))
}

/** A verdict just given, as its history sees it. */
export const momentOf = (verdict: Verdict, overUntil: string): Moment => ({
  at: verdict.at,
  verdict: verdict.verdict,
  strength: verdict.support_detail.strength,
  is_inferred: verdict.support_detail.is_inferred === true,
  is_forming: verdict.trajectory === 'forming',
  is_month_over: isMonthOver(verdict.at, overUntil),
})

/** Stores what the history says beside the evaluations; rows that say the same already are not written. */
export const writeCourse = async (
  client: ClientBase,
  communityId: string,
  rows: readonly { at: string; course: Course }[],
): Promise<void> => {
  await client.query(
    `update verdict_result v
     set course = new.course
     from unnest($2::date[], $3::jsonb[]) as new (at_on, course)
     where v.community_id = $1 and v.at_on = new.at_on and v.course is distinct from new.course`,
    [communityId, rows.map((row) => row.at), rows.map((row) => JSON.stringify(row.course))],
  )
}

/** Every stored evaluation in a few words, with the rules they are judged by; null while there are none. */
export const readVerdictHistory = async (db: Pool | ClientBase, communityId: string, overUntil: string): Promise<VerdictHistory | null> => {
  const { rows } = await db.query<Omit<VerdictMoment, 'is_month_over'> & { own_thresholds: VerdictHistory['own_thresholds'] | null }>(
    `select
       at_on as at,
       verdict ->> 'verdict' as verdict,
       (verdict ->> 'support')::float8 as support,
       verdict #>> '{support_detail,strength}' as strength,
       course ->> 'standing' as standing,
       coalesce(course ->> 'trajectory', verdict ->> 'trajectory') as trajectory,
       course #>> '{intention,state}' as intention,
       verdict ->> 'sentence' as sentence,
       verdict ->> 'rules_version' as rules_version,
       case when is_latest then verdict -> 'own_thresholds' end as own_thresholds
     from verdict_result
     where community_id = $1
     order by at_on`,
    [communityId],
  )
  const last = rows.at(-1)
  if (!last) return null
  return {
    rules_version: last.rules_version,
    own_thresholds: last.own_thresholds ?? [],
    verdicts: rows.map(({ own_thresholds: _, ...row }) => ({ ...row, is_month_over: isMonthOver(row.at, overUntil) })),
  }
}
