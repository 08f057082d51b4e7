/** Of every community how its rules are set and when they were judged: what a round of judging goes by. */
import type { ClientBase, Pool } from 'pg'
import type { AlertRuleId } from '../../shared/contract/alert.ts'
import type { StoredCommunity } from './communities.ts'

export type RuleRound = {
  rule: AlertRuleId
  is_on: boolean | null
  judged_at: Date | null
  failed_at: Date | null
  /** It has an alert that is open. */
  is_standing: boolean
}
export type CommunityRound = StoredCommunity & {
  /** Rules that are set, judged, failed or standing; of others there is nothing to say. */
  rules: RuleRound[]
}

/** Communities with numbers, those that were judged longest ago first; or one of them. */
export const listRounds = async (db: Pool | ClientBase, communityId: string | null = null): Promise<CommunityRound[]> => {
  const { rows: communities } = await db.query<StoredCommunity>(
    `select c.community_id, c.slug, c.name, c.time_zone, c.is_demo, c.demo_note, c.created_at
     from community c join community_state s on s.community_id = c.community_id
     where s.first_event_on is not null and s.known_by is not null and ($1::uuid is null or c.community_id = $1)
     order by c.name, c.slug`,
    [communityId],
  )
  const { rows } = await db.query<RuleRound & { community_id: string }>(
    `select community_id, rule_id as rule, bool_and(is_on) as is_on, max(judged_at) as judged_at, max(failed_at) as failed_at,
       coalesce(bool_or(is_standing), false) as is_standing
     from (
       select community_id, rule_id, is_on, null::timestamptz as judged_at, null::timestamptz as failed_at, null::boolean as is_standing
       from alert_rule_setting
       union all select community_id, rule_id, null, judged_at, null, null from alert_watch
       union all select community_id, rule_id, null, null, failed_at, null from alert_failure
       union all select community_id, rule_id, null, null, null, true from alert where state = 'open'
     ) known
     where $1::uuid is null or community_id = $1
     group by community_id, rule_id`,
    [communityId],
  )
  const rulesOf = Map.groupBy(rows, (row) => row.community_id)
  const rounds = communities.map((community) => ({ ...community, rules: rulesOf.get(community.community_id) ?? [] }))
  const lastOf = ({ rules }: CommunityRound) => Math.max(0, ...rules.map(({ judged_at }) => judged_at?.getTime() ?? 0))
  return rounds.sort((a, b) => lastOf(a) - lastOf(b))
}
