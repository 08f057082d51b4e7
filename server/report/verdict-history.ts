import type { Pool } from 'pg'
import type { VerdictHistory } from '../../shared/contract/verdict-history.ts'
import { readVerdictHistory } from '../diagnosis/store-course.ts'
import { ownThresholds } from '../diagnosis/house-rules.ts'
import { loadHouseRules } from '../diagnosis/load-house-rules.ts'
import { RULES_VERSION } from '../diagnosis/thresholds.ts'

/** Every stored evaluation of a community in a few words, oldest first; an empty list while nothing is known. */
export const buildVerdictHistory = async (pool: Pool, community: { community_id: string; time_zone: string }): Promise<VerdictHistory> => {
  const { rows } = await pool.query<{ over_until: string | null }>(
    `select (s.known_by at time zone $2::text)::date as over_until from community_state s where s.community_id = $1`,
    [community.community_id, community.time_zone],
  )
  const history = await readVerdictHistory(pool, community.community_id, rows[0]?.over_until ?? '0001-01-01')
  if (history) return history
  return { rules_version: RULES_VERSION, own_thresholds: ownThresholds(await loadHouseRules(pool, community.community_id)), verdicts: [] }
}
