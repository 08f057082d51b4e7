/** What was noticed in communities, and what was told of it. */
import { createHash } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import type { Alert, AlertContent, AlertNotice, AlertRuleId, AlertState, Ruling } from '../../shared/contract/alert.ts'

const COLUMNS = `a.alert_id, a.rule_id as rule, a.state, a.began_on, a.ended_on, a.is_history, a.acknowledged_at, k.name as acknowledged_by,
  a.ruling, a.ruling_note, a.ruled_at, a.version,
  coalesce(r.name, (select t.name from alert_recipient t where t.community_id = a.community_id and 'recipient:' || t.recipient_id = a.ruled_by))
    as ruled_by`
const PEOPLE = `left join "user" k on k.id = a.acknowledged_by left join "user" r on r.id = a.ruled_by`

type AlertRow = Pick<Alert, 'alert_id' | 'rule' | 'state' | 'began_on' | 'ended_on' | 'is_history' | 'version'> & {
  acknowledged_at: Date | null
  acknowledged_by: string | null
  ruling: 'right' | 'false_alarm' | null
  ruling_note: string | null
  ruled_at: Date | null
  ruled_by: string | null
}

type Sent = Alert['notices'][number]['sent']
type NoticeRow = {
  alert_id: string
  notice: AlertNotice
  noticed_on: string
  told_at: Date
  sent: Sent
  recipient_count: number
  content: AlertContent
}

const alertOf = (row: AlertRow, notices: readonly NoticeRow[]): Alert => ({
  alert_id: row.alert_id,
  rule: row.rule,
  state: row.state,
  began_on: row.began_on,
  since: notices[0]?.content.headline ?? null,
  ended_on: row.ended_on,
  is_history: row.is_history,
  acknowledged: row.acknowledged_at && { at: row.acknowledged_at.toISOString(), by: row.acknowledged_by },
  ruling:
    row.ruling === null ? null : { ruling: row.ruling, note: row.ruling_note, at: (row.ruled_at as Date).toISOString(), by: row.ruled_by },
  version: row.version,
  notices: notices.map(({ notice, noticed_on, told_at, sent, recipient_count, content }) => ({
    notice,
    on: noticed_on,
    told_at: told_at.toISOString(),
    sent,
    recipient_count,
    content,
  })),
})

const read = async (db: Pool | ClientBase, communityId: string, where: string, values: unknown[]): Promise<Alert[]> => {
  const { rows } = await db.query<AlertRow>(
    `select ${COLUMNS} from alert a ${PEOPLE} where a.community_id = $1 ${where} order by a.began_on desc, a.opened_at desc, a.alert_id`,
    [communityId, ...values],
  )
  const { rows: notices } = await db.query<NoticeRow>(
    `select n.alert_id, n.notice, n.noticed_on, n.told_at, n.sent, n.recipient_count, n.content
     from alert_notice n where n.community_id = $1 and n.alert_id = any($2::uuid[])
     order by n.noticed_on, n.told_at, n.notice`,
    [communityId, rows.map(({ alert_id }) => alert_id)],
  )
  return rows.map((row) =>
    alertOf(
      row,
      notices.filter(({ alert_id }) => alert_id === row.alert_id),
    ),
  )
}

/** Those of a community, or of one of its rules, the newest first. */
export const listAlerts = (db: Pool | ClientBase, communityId: string, rule: AlertRuleId | null = null): Promise<Alert[]> =>
  read(db, communityId, 'and ($2::text is null or a.rule_id = $2)', [rule])

/** Null where there is none. */
export const readAlert = async (db: Pool | ClientBase, communityId: string, alertId: string): Promise<Alert | null> =>
  (await read(db, communityId, 'and a.alert_id = $2', [alertId]))[0] ?? null

export type LatestAlert = {
  alert_id: string
  rule: AlertRuleId
  state: AlertState
  began_on: string
  headline: string
  told_at: Date
  ruling: Ruling | null
}

/**
 * Of each community the one that stands, else the last one told; one that stands but was called a false alarm is as one that is over, and
 * history that is over counts for nothing: nobody was told of it. `leftOut` are rules that count for nothing.
 */
export const latestAlerts = async (
  db: Pool | ClientBase,
  communityIds: readonly string[],
  leftOut: readonly AlertRuleId[] = [],
): Promise<Map<string, LatestAlert>> => {
  const { rows } = await db.query<LatestAlert & { community_id: string }>(
    `select distinct on (a.community_id) a.community_id, a.alert_id, a.rule_id as rule, a.state, a.began_on, n.headline, n.told_at, a.ruling
     from alert a
     join lateral (
       select n.content ->> 'headline' as headline, n.told_at from alert_notice n
       where n.community_id = a.community_id and n.alert_id = a.alert_id
       order by n.told_at desc, n.noticed_on desc limit 1
     ) n on true
     where a.community_id = any($1::uuid[]) and ((a.state = 'open' and a.ruling is distinct from 'false_alarm') or not a.is_history) and a.rule_id <> all ($2::text[])
     order by a.community_id, (a.state = 'open' and a.ruling is distinct from 'false_alarm') desc, n.told_at desc, a.began_on desc, a.alert_id`,
    [communityIds, leftOut],
  )
  return new Map(rows.map(({ community_id, ...latest }) => [community_id, latest]))
}

/** The same for the same begin of the same rule, so that whatever is told of it has the same key however often it is tried. */
const idOf = (communityId: string, rule: AlertRuleId, beganOn: string): string => {
  const hex = createHash('sha256').update(`${communityId} ${rule} ${beganOn}`).digest('hex')
  // RFC 9562, version 8: made of what its maker likes
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

export type NewAlert = {
  communityId: string
  rule: AlertRuleId
  began_on: string
  state: AlertState
  ended_on: string | null
  is_history: boolean
  now: Date
}

/** Its id. Fails where one with this begin, or another that stands, is there already. */
export const addAlert = async (client: ClientBase, alert: NewAlert): Promise<string> => {
  const id = idOf(alert.communityId, alert.rule, alert.began_on)
  await client.query(
    `insert into alert (community_id, alert_id, rule_id, began_on, state, ended_on, is_history, opened_at, closed_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
    [
      alert.communityId,
      id,
      alert.rule,
      alert.began_on,
      alert.state,
      alert.ended_on,
      alert.is_history,
      alert.now,
      alert.state === 'open' ? null : alert.now,
    ],
  )
  return id
}

type Of = { communityId: string; alert_id: string }

/** Ends it, or lets what was history stand again. */
export const changeAlertState = async (
  client: ClientBase,
  { communityId, alert_id }: Of,
  { state, ended_on, now }: { state: AlertState; ended_on: string | null; now: Date },
): Promise<void> => {
  await client.query(
    `update alert set state = $3, ended_on = $4, closed_at = $5, version = version + 1 where community_id = $1 and alert_id = $2`,
    [communityId, alert_id, state, ended_on, state === 'open' ? null : now],
  )
}

/** What was history is told from now on. */
export const bringIntoPresent = async (client: ClientBase, { communityId, alert_id }: Of): Promise<void> => {
  await client.query(
    'update alert set is_history = false, version = version + 1 where community_id = $1 and alert_id = $2 and is_history',
    [communityId, alert_id],
  )
}

export const forgetAlert = async (client: ClientBase, { communityId, alert_id }: Of): Promise<void> => {
  await client.query('delete from alert where community_id = $1 and alert_id = $2', [communityId, alert_id])
}

/** Fails where it was told already. */
export const addNotice = async (
  client: ClientBase,
  { communityId, alert_id }: Of,
  { content, noticed_on, sent, now }: { content: AlertContent; noticed_on: string; sent: Sent; now: Date },
): Promise<void> => {
  await client.query(
    `insert into alert_notice (community_id, alert_id, notice, noticed_on, told_at, sent, recipient_count, content)
     values ($1, $2, $3, $4, $5, $6, 0, $7)`,
    [communityId, alert_id, content.notice, noticed_on, now, sent, JSON.stringify(content)],
  )
}

/** How many it went to. */
export const countNotice = async (
  client: ClientBase,
  { communityId, alert_id }: Of,
  { notice, noticed_on, count }: { notice: AlertNotice; noticed_on: string; count: number },
): Promise<void> => {
  await client.query(
    `update alert_notice set sent = $5, recipient_count = $6
     where community_id = $1 and alert_id = $2 and notice = $3 and noticed_on = $4`,
    [communityId, alert_id, notice, noticed_on, count === 0 ? 'nobody' : 'sent', count],
  )
}

/** A notice that was held is told now, in the words of now. */
export const releaseNotice = async (
  client: ClientBase,
  { communityId, alert_id }: Of,
  { content, of, noticed_on, now }: { content: AlertContent; of: string; noticed_on: string; now: Date },
): Promise<void> => {
  await client.query(
    `update alert_notice set noticed_on = $5, content = $6, told_at = $7, sent = 'nobody'
     where community_id = $1 and alert_id = $2 and notice = $3 and noticed_on = $4 and sent = 'held'`,
    [communityId, alert_id, content.notice, of, noticed_on, JSON.stringify(content), now],
  )
}

/** What was held and is overtaken by what is told now will never be told. */
export const dropHeldNotices = async (client: ClientBase, { communityId, alert_id }: Of): Promise<void> => {
  await client.query(`update alert_notice set sent = 'history' where community_id = $1 and alert_id = $2 and sent = 'held'`, [
    communityId,
    alert_id,
  ])
}
