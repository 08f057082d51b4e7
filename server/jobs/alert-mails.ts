/** Who is told of a notice by mail, each with links of their own. */
import type { ClientBase } from 'pg'
import type { AlertContent, AlertNotice } from '../../shared/contract/alert.ts'
import { plainLine } from '../../shared/plain-text.ts'
import { type AlertMailLinks, composeAlertMails } from '../mail/alert-mail.ts'
import { noteForDigest } from '../store/alert-digests.ts'
import { forgetLapsedRecipients, isToldOf, listAlertPeople, maySay, type StoredAlertRecipient } from '../store/alert-recipients.ts'
import type { StoredCommunity } from '../store/communities.ts'
import { putInOutbox } from '../store/outbox.ts'
import { makeAlertToken, makeToldToken, oneClickHeaders } from './alert-links.ts'

/** `alert_id`, kind and day name a notice: what is put into the outbox for it has one key a recipient. */
export type ToldNotice = {
  alert_id: string
  content: AlertContent
  audience: 'managers' | 'operators'
  /** The day under which the notice is kept, where that is not its content's: it was held for a while. */
  noticed_on?: string
}

type Parts = { secretKey: string; baseUrl: string; now: Date }
type Place = Pick<StoredCommunity, 'community_id' | 'slug' | 'name'>

export const alertMailKey = (alertId: string, notice: AlertNotice, on: string, recipientKey: string): string =>
  `alert:${alertId}:${notice}:${on}:${recipientKey}`

/** Why somebody gets it, in a sentence. */
const sayWhy = ({ user_id, role, version, created_by }: StoredAlertRecipient, { name }: Place): string => {
  const community = plainLine(name, 120)
  if (user_id !== null && version > 0) return `You get this because the alerts of ${community} are set so for you.`
  if (role === 'manager') return `You get this because you look after ${community} in Barnraise.`
  if (user_id !== null) return `You get this because you run this Barnraise, of which ${community} is a community.`
  return `You get this because ${created_by === null ? 'its manager' : plainLine(created_by, 80)} put you on the list for the alerts of ${community}.`
}

export const settingsPath = (slug: string): string => `/c/${encodeURIComponent(slug)}/alerts#recipients`

/** Where somebody says that it was right or false, or takes a rest from it; null for who may only read. */
export const sayAddress = (
  to: StoredAlertRecipient,
  alertId: string,
  { secretKey, baseUrl }: Pick<Parts, 'secretKey' | 'baseUrl'>,
): string | null =>
  maySay(to) ? `${baseUrl}/alert/${makeAlertToken(secretKey, { communityId: to.community_id, alertId, recipientKey: to.key })}` : null

/** The links of one recipient; `alertId` null: of a test, about which nothing can be said. */
export const alertLinksOf = (
  community: Place,
  to: StoredAlertRecipient,
  alertId: string | null,
  { secretKey, baseUrl }: Pick<Parts, 'secretKey' | 'baseUrl'>,
): { links: AlertMailLinks; headers: Record<string, string> } => {
  const { community_id: communityId } = community
  const unsubscribe = `${baseUrl}/unsubscribe-alerts/${makeToldToken(secretKey, { communityId, recipientKey: to.key })}`
  return {
    links: {
      say: alertId === null ? null : sayAddress(to, alertId, { secretKey, baseUrl }),
      unsubscribe,
      settings: to.user_id === null ? null : `${baseUrl}${settingsPath(community.slug)}`,
      why: sayWhy(to, community),
    },
    headers: oneClickHeaders(unsubscribe),
  }
}

/** The first mail of an alert, which later ones answer, so that mail programs keep them together. */
const readBeganOn = async (client: ClientBase, communityId: string, alertId: string): Promise<string | null> => {
  const { rows } = await client.query<{ noticed_on: string }>(
    `select noticed_on::text from alert_notice where community_id = $1 and alert_id = $2 and notice = 'began'`,
    [communityId, alertId],
  )
  return rows[0]?.noticed_on ?? null
}

/**
 * Puts the mails of a notice into the outbox, and notes it for the digests of those who prefer these; in the transaction that tells it.
 * How many people it goes to.
 */
export const addAlertMails = async (
  client: ClientBase,
  community: StoredCommunity,
  { alert_id: alertId, content, audience, noticed_on: on = content.on }: ToldNotice,
  { secretKey, baseUrl, now }: Parts,
): Promise<number> => {
  const { community_id: communityId } = community
  await forgetLapsedRecipients(client, communityId)
  const told = (await listAlertPeople(client, communityId)).filter((one) => one.how !== 'none' && isToldOf(one, content.rule, audience))
  const at = { communityId, alertId, notice: content.notice, on }
  let count = 0
  for (const { key } of told.filter(({ how }) => how === 'digest')) if (await noteForDigest(client, { ...at, key }, now)) count += 1
  const each = told.filter(({ how }) => how === 'each')
  if (each.length === 0) return count
  const own = each.map((to) => alertLinksOf(community, to, alertId, { secretKey, baseUrl }))
  const alertPath = `/c/${encodeURIComponent(community.slug)}/alerts?alert=${alertId}`
  const mails = await composeAlertMails(
    content,
    { baseUrl, alertPath },
    own.map(({ links }) => links),
  )
  const beganOn = content.notice === 'began' ? null : await readBeganOn(client, communityId, alertId)
  for (const [i, to] of each.entries()) {
    const isNew = await putInOutbox(
      client,
      {
        mail_key: alertMailKey(alertId, content.notice, on, to.key),
        community_id: communityId,
        kind: 'alert',
        to: { address: to.address, name: to.name },
        ...(mails[i] as (typeof mails)[number]),
        headers: {
          ...own[i]?.headers,
          // the key of that mail: what it is called on the wire is known when it leaves
          ...(beganOn === null ? {} : { 'In-Reply-To': alertMailKey(alertId, 'began', beganOn, to.key) }),
        },
      },
      now,
    )
    if (isNew) count += 1
  }
  return count
}
