import { createHash } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { readSuspects } from '../rollup/bots/read-suspects.ts'
import { houseRulesVersion } from './load-house-rules.ts'
import { RULES_VERSION } from './thresholds.ts'

/**
 * A name of the rules by which a community is judged now: another whenever the program's rules or its own house rules are, or
 * others look like bots and count all the same, which makes a verdict less sure.
 */
export const judgedBy = async (db: Pool | ClientBase, communityId: string): Promise<string> =>
  createHash('sha256')
    .update(JSON.stringify([RULES_VERSION, await houseRulesVersion(db, communityId), await readSuspects(db, communityId)]))
    .digest('hex')

/** Whether the stored verdicts are judged by the rules of now. True where there is nothing yet to judge. */
export const isJudgedByNow = async (db: Pool | ClientBase, communityId: string): Promise<boolean> => {
  const { rows } = await db.query<{ rules: string | null }>(
    "select split_part(results_version, ' ', 2) as rules from community_state where community_id = $1 and known_by is not null",
    [communityId],
  )
  const rules = rows[0]?.rules
  return rules === undefined || rules === (await judgedBy(db, communityId))
}
