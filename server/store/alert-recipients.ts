/** Who is told of a community's alerts: those whose role it is, those who asked for it, and addresses that a manager added. */
import type { ClientBase, Pool } from 'pg'
import type { Role } from '../../shared/contract/access.ts'
import type { AlertRuleId } from '../../shared/contract/alert.ts'
import type { AlertWay } from '../../shared/contract/alert-recipient.ts'
import { addressKey } from '../../shared/contract/report-subscription.ts'
import { hashAddress } from './address-hash.ts'

export type StoredAlertRecipient = {
  /** `u-` and the account, or `r-` and the id of the row: in keys of mails, in tokens and in addresses of the API. */
  key: string
  community_id: string
  user_id: string | null
  /** Null where nothing is set otherwise than by default. */
  recipient_id: string | null
  address: string
  name: string | null
  /** What the account is in the community; null: an address without account. */
  role: Role | null
  /** Whether the community has managers: where it has none, its administrators are told in their place. */
  has_manager: boolean
  how: AlertWay
  /** Null: those that come by default. */
  rules: AlertRuleId[] | null
  said_no_at: Date | null
  created_at: Date | null
  /** Name of an account. */
  created_by: string | null
  /** 0: never set. */
  version: number
}

type Row = Omit<StoredAlertRecipient, 'key' | 'how'> & { how: AlertWay | null; is_demo: boolean; has_said_no: boolean }

/**
 * People who may see the community with what they chose, and addresses. `$2` null, or the one account wanted. An account whose address
 * has said no before it was one is told nothing by default.
 */
const SELECT = `
  with had as (select exists (select from role_grant where community_id = $1 and role = 'manager') as manager),
  people as (
    select distinct on (g.user_id) g.user_id, g.role, u.email, u.name
    from role_grant g join "user" u on u.id = g.user_id
    where (g.community_id = $1 or g.role = 'administrator') and ($2::text is null or g.user_id = $2)
    order by g.user_id, g.role = 'administrator' desc
  )
  select c.community_id, p.user_id, r.recipient_id, p.email as address, p.name, p.role, had.manager as has_manager, c.is_demo, r.how, r.rules,
    r.said_no_at, r.created_at, b.name as created_by, coalesce(r.version, 0) as version, false as has_said_no
  from community c cross join had cross join people p
    left join alert_recipient r on r.community_id = c.community_id and r.user_id = p.user_id
    left join "user" b on b.id = r.created_by
  where c.community_id = $1
  union all
  select c.community_id, null, r.recipient_id, r.address, r.name, null, had.manager, c.is_demo, r.how, r.rules,
    r.said_no_at, r.created_at, b.name, r.version, false
  from community c cross join had
    join alert_recipient r on r.community_id = c.community_id and r.user_id is null and r.removed_at is null
    left join "user" b on b.id = r.created_by
  where c.community_id = $1 and $2::text is null`

export const keyOfUser = (userId: string): string => `u-${userId}`
const keyOf = ({ user_id, recipient_id }: Pick<Row, 'user_id' | 'recipient_id'>): string =>
  user_id === null ? `r-${recipient_id}` : keyOfUser(user_id)

/** How somebody is told whom nobody has set otherwise: a demonstration that nobody manages calls nobody. */
const defaultWay = ({ role, is_demo, has_manager, has_said_no }: Row): AlertWay => {
  if (has_said_no) return 'none'
  if (role === 'manager') return 'each'
  return role === 'administrator' && (!is_demo || has_manager) ? 'each' : 'none'
}

const readNos = async (db: Pool | ClientBase, communityId: string): Promise<Set<string>> => {
  const { rows } = await db.query<{ hash: string }>(
    `select encode(address_hash, 'hex') as hash from alert_recipient
     where community_id = $1 and user_id is null and said_no_at is not null`,
    [communityId],
  )
  return new Set(rows.map(({ hash }) => hash))
}

const hashOf = (address: string): string | null => (addressKey(address) === null ? null : hashAddress(address).toString('hex'))

const read = async (db: Pool | ClientBase, communityId: string, userId: string | null): Promise<StoredAlertRecipient[]> => {
  const { rows } = await db.query<Row>(SELECT, [communityId, userId])
  const nos = await readNos(db, communityId)
  const all = rows.map((row) => {
    const { is_demo: _, has_said_no: __, ...stored } = row
    const hasSaidNo = row.user_id !== null && row.how === null && nos.has(hashOf(row.address) ?? '')
    const how = row.how ?? defaultWay({ ...row, has_said_no: hasSaidNo })
    // an account that has not set an address yet is nobody whom mail reaches
    return { ...stored, key: keyOf(row), how: addressKey(row.address) === null ? ('none' as const) : how }
  })
  // an address that is also that of somebody who is told by their account, or has said how: the account counts
  const own = new Set(
    all.filter((one) => one.user_id !== null && (one.version > 0 || one.how !== 'none')).map(({ address }) => hashOf(address)),
  )
  return all
    .filter((one) => one.user_id !== null || !own.has(hashOf(one.address)))
    .sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1))
}

/** Everybody who is told or could be, by address: also those who want none. */
export const listAlertPeople = (db: Pool | ClientBase, communityId: string): Promise<StoredAlertRecipient[]> => read(db, communityId, null)

/** An account that may see the community; null where it may not. */
export const findAlertPerson = async (db: Pool | ClientBase, communityId: string, userId: string): Promise<StoredAlertRecipient | null> =>
  (await read(db, communityId, userId))[0] ?? null

/** Null where nobody of that key may see the community, or is on the list. */
export const findAlertRecipient = async (db: Pool | ClientBase, communityId: string, key: string): Promise<StoredAlertRecipient | null> => {
  if (key.startsWith('u-')) return findAlertPerson(db, communityId, key.slice(2))
  return (await read(db, communityId, null)).find((one) => one.key === key) ?? null
}

/** Whether somebody is told of a rule, as they chose or else as their role has it. */
export const isToldOf = (
  { rules, role, has_manager }: Pick<StoredAlertRecipient, 'rules' | 'role' | 'has_manager'>,
  rule: AlertRuleId,
  audience: 'managers' | 'operators',
): boolean => {
  if (rules !== null) return rules.includes(rule)
  if (audience === 'operators') return role === 'administrator'
  return role !== 'administrator' || !has_manager
}

/** Whether somebody may say by a link what managers say on the page: not who only reads; who was put on the list by a manager may. */
export const maySay = ({ role }: Pick<StoredAlertRecipient, 'role'>): boolean =>
  role === null || role === 'manager' || role === 'administrator'

/** Nothing is kept of accounts that may not see the community any more, unless they had said no. */
export const forgetLapsedRecipients = async (db: Pool | ClientBase, communityId: string): Promise<void> => {
  await db.query(
    `delete from alert_recipient r where r.community_id = $1 and r.user_id is not null and r.said_no_at is null and not exists (
       select from role_grant g where g.user_id = r.user_id and (g.community_id = r.community_id or g.role = 'administrator'))`,
    [communityId],
  )
}
