import type { ClientBase, Pool } from 'pg'
import type { Verdict } from '../../shared/contract/verdict.ts'

/** Replaces the verdicts evaluated on or after `since`; the last one given is the latest. */
export const writeVerdicts = async (client: ClientBase, communityId: string, since: string, verdicts: Verdict[]): Promise<void> => {
  await client.query('delete from verdict_result where community_id = $1 and (at_on >= $2::date or is_latest)', [communityId, since])
  const latest = verdicts.at(-1)?.at
  await client.query(
    `insert into verdict_result (community_id, at_on, is_latest, verdict)
     select $1, new.at_on, new.at_on = $4::date, new.verdict
     from unnest($2::date[], $3::jsonb[]) as new (at_on, verdict)
     on conflict (community_id, at_on) do update set is_latest = excluded.is_latest, verdict = excluded.verdict`,
    [communityId, verdicts.map((v) => v.at), verdicts.map((v) => JSON.stringify(v)), latest ?? null],
  )
}

const WITH_COURSE = "verdict || coalesce(course, '{}') as verdict"

/** Stored verdicts evaluated from one local day to another, both included, in order. */
export const readVerdicts = async (db: Pool | ClientBase, communityId: string, from_on: string, to_on: string): Promise<Verdict[]> => {
  const { rows } = await db.query<{ verdict: Verdict }>(
    `select ${WITH_COURSE} from verdict_result where community_id = $1 and at_on between $2::date and $3::date order by at_on`,
    [communityId, from_on, to_on],
  )
  return rows.map((row) => row.verdict)
}

export const readLatestVerdict = async (db: Pool | ClientBase, communityId: string): Promise<Verdict | null> => {
  const { rows } = await db.query<{ verdict: Verdict }>(`select ${WITH_COURSE} from verdict_result where community_id = $1 and is_latest`, [
    communityId,
  ])
  return rows[0]?.verdict ?? null
}
