import type { ClientBase, Pool } from 'pg'
import type { Intention, Verdict, VerdictName } from '../../../shared/contract/verdict.ts'
import { daysOfPeriod, periodOfDay } from '../../../shared/period.ts'
import { isMonthOver } from '../../diagnosis/standing.ts'
import type { MonthEnd } from './follow-drift.ts'

type Row = { at: string; standing: VerdictName | null; since: string | null; intention: Intention['state'] | null; verdict: VerdictName }

export type StoredMonth = MonthEnd & { since: string | null; verdict: VerdictName }

/** What stands at each month end that is over, as it is stored beside the verdicts, in order. */
export const loadMonths = async (db: Pool | ClientBase, communityId: string, overUntil: string): Promise<StoredMonth[]> => {
  const { rows } = await db.query<Row>(
    `select
       at_on as at,
       course ->> 'standing' as standing,
       course #>> '{standing_detail,since}' as since,
       course #>> '{intention,state}' as intention,
       verdict ->> 'verdict' as verdict
     from verdict_result
     where community_id = $1 and course is not null
     order by at_on`,
    [communityId],
  )
  return rows
    .filter(({ at }) => isMonthOver(at, overUntil))
    .map(({ at, ...row }) => ({ ...row, at, on: daysOfPeriod(periodOfDay(at, 'month'), 'month').from_on }))
}

/** The verdict of a month end as it is stored, with its rules and what stood then. */
export const loadVerdict = async (db: Pool | ClientBase, communityId: string, at: string): Promise<Verdict | null> => {
  const { rows } = await db.query<{ verdict: Verdict }>(
    "select verdict || coalesce(course, '{}') as verdict from verdict_result where community_id = $1 and at_on = $2::date",
    [communityId, at],
  )
  return rows[0]?.verdict ?? null
}
