/** An alert as the link of a mail shows it: what was told, what people said of it, and whether its rule is snoozed. */
import type { ClientBase, Pool } from 'pg'
import type { AlertContent, AlertRuleId, AlertState, Ruling } from '../../shared/contract/alert.ts'

/** Who said something, as it is kept beside it: an account, or `recipient:` and the id of an alert_recipient. */
export const recipientMark = ({ user_id, recipient_id }: { user_id: string | null; recipient_id: string | null }): string | null =>
  user_id ?? (recipient_id === null ? null : `recipient:${recipient_id}`)

export type LinkedAlert = {
  community_id: string
  community_name: string
  slug: string
  time_zone: string
  rule: AlertRuleId
  state: AlertState
  ended_on: string | null
  closed_at: Date | null
  told_at: Date
  /** What was told last. */
  content: AlertContent
  ruling: Ruling | null
  ruling_note: string | null
  ruled_at: Date | null
  ruled_by: string | null
  ruled_by_name: string | null
  snoozed_until: Date | null
  snoozed_at: Date | null
  snoozed_by: string | null
  snoozed_by_name: string | null
}

/** The name of who is marked; of an address without one, nothing. */
const nameOf = (mark: string): string =>
  `coalesce((select u.name from "user" u where u.id = ${mark}),
    (select r.name from alert_recipient r where r.community_id = a.community_id and 'recipient:' || r.recipient_id = ${mark}))`

/** Null where there is none that anybody was told of. */
export const readLinkedAlert = async (db: Pool | ClientBase, communityId: string, alertId: string): Promise<LinkedAlert | null> => {
  const { rows } = await db.query<LinkedAlert>(
    `select a.community_id, c.name as community_name, c.slug, c.time_zone, a.rule_id as rule, a.state, a.ended_on, a.closed_at,
       n.told_at, n.content, a.ruling, a.ruling_note, a.ruled_at, a.ruled_by, ${nameOf('a.ruled_by')} as ruled_by_name,
       s.snoozed_until, s.snoozed_at, s.snoozed_by, ${nameOf('s.snoozed_by')} as snoozed_by_name
     from alert a
       join community c on c.community_id = a.community_id
       join lateral (
         select told_at, content from alert_notice t where t.community_id = a.community_id and t.alert_id = a.alert_id
         order by t.told_at desc, t.noticed_on desc limit 1
       ) n on true
       left join alert_rule_setting s on s.community_id = a.community_id and s.rule_id = a.rule_id
     where a.community_id = $1 and a.alert_id = $2 and not a.is_history`,
    [communityId, alertId],
  )
  return rows[0] ?? null
}
