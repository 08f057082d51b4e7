/** Sends what was noticed in a week as one mail to who wants it so: once a person and week over all their communities, whoever else is at it. */
import type { ClientBase } from 'pg'
import { DIGEST_HOUR } from '../../shared/contract/alert-recipient.ts'
import { dayInZone } from '../../shared/format.ts'
import { ruleOf } from '../alerts/catalogue.ts'
import { composeAlertDigest, type DigestCommunity } from '../mail/alert-digest-mail.ts'
import {
  forgetWaiting,
  holdWaiting,
  type KeyIn,
  listDigested,
  listStanding,
  listWaiting,
  markDigested,
  type Waiting,
} from '../store/alert-digests.ts'
import { findAlertRecipient, isToldOf, type StoredAlertRecipient } from '../store/alert-recipients.ts'
import type { Database } from '../store/connection.ts'
import { inTransaction } from '../store/in-transaction.ts'
import { putInOutbox } from '../store/outbox.ts'
import { makeToldToken, oneClickHeaders } from './alert-links.ts'
import { sayAddress } from './alert-mails.ts'
import { lastMonday, localHour } from './local-hour.ts'

export type DigestParts = {
  db: Database
  secretKey: string
  baseUrl: string
  now: Date
  /** One reader's mail could not be made; the others' are. */
  onFailure?: (error: unknown) => void
  isStopping?: () => boolean
}

type Place = { community_id: string; slug: string; name: string; time_zone: string }
type Told = { at: KeyIn; place: Place; to: StoredAlertRecipient; waiting: Waiting[] }

const readPlace = async (client: ClientBase, communityId: string): Promise<Place> =>
  (await client.query<Place>('select community_id, slug, name, time_zone from community where community_id = $1', [communityId]))
    .rows[0] as Place

/** What waits for somebody, of the communities in which they are still told; of others it is forgotten. */
const holdTold = async (client: ClientBase, keys: readonly KeyIn[]): Promise<Told[]> => {
  const told: Told[] = []
  for (const at of keys) {
    const waiting = await holdWaiting(client, at)
    const to = await findAlertRecipient(client, at.communityId, at.key)
    if (to === null || to.how === 'none') await forgetWaiting(client, at)
    else if (waiting.length > 0) told.push({ at, place: await readPlace(client, at.communityId), to, waiting })
  }
  return told
}

/** The zones of all communities of somebody's digest. */
const zonesOf = async (client: ClientBase, told: readonly Told[], key: string): Promise<string[]> => {
  const zones = new Set(told.map(({ place }) => place.time_zone))
  for (const { communityId } of await listDigested(client, key)) zones.add((await readPlace(client, communityId)).time_zone)
  return [...zones]
}

const describe = async (
  client: ClientBase,
  { place, to, at, waiting }: Told,
  { secretKey, baseUrl }: DigestParts,
): Promise<DigestCommunity> => {
  const pathOf = (alertId: string) => `/c/${encodeURIComponent(place.slug)}/alerts?alert=${alertId}`
  const on = (time: Date) => dayInZone(time.toISOString(), place.time_zone)
  const inIt = new Set(waiting.map(({ alert_id }) => alert_id))
  const standing = (await listStanding(client, at.communityId)).filter(
    ({ alert_id, rule }) => !inIt.has(alert_id) && isToldOf(to, rule, ruleOf(rule).audience),
  )
  return {
    name: place.name,
    notices: waiting.map(({ alert_id, content, added_at }) => ({
      content,
      told_on: on(added_at),
      alertPath: pathOf(alert_id),
      say: sayAddress(to, alert_id, { secretKey, baseUrl }),
    })),
    standing: standing.map(({ alert_id, headline, told_at }) => ({ headline, told_on: on(told_at), alertPath: pathOf(alert_id) })),
  }
}

const isPut = async (client: ClientBase, mailKey: string): Promise<boolean> =>
  (await client.query('select from outbox where mail_key = $1', [mailKey])).rowCount === 1

/** The digest of one reader, where one is due; true where it was put into the outbox. */
const doReader = (parts: DigestParts, { reader, keys }: { reader: string; keys: KeyIn[] }): Promise<boolean> =>
  inTransaction(parts.db.pool, async (client) => {
    const { now, baseUrl, secretKey } = parts
    const held = await holdTold(client, keys)
    const [first] = held
    if (first === undefined) return false
    const zones = await zonesOf(client, held, first.at.key)
    // the Monday whose hour has come everywhere: only then is the week over, and judged, in all of them
    const monday = zones.map((zone) => lastMonday(now, zone, DIGEST_HOUR)).sort()[0] as string
    const from = `${monday}T${String(DIGEST_HOUR).padStart(2, '0')}`
    // what was told since then is for the next one
    const told = held
      .map((one) => ({ ...one, waiting: one.waiting.filter(({ added_at }) => zones.some((zone) => localHour(added_at, zone) < from)) }))
      .filter(({ waiting }) => waiting.length > 0)
    const mailKey = `alert-digest:${monday}:${reader}`
    if (told.length === 0 || (await isPut(client, mailKey))) return false
    told.sort((a, b) => (a.place.name.toLowerCase() < b.place.name.toLowerCase() ? -1 : 1))
    const communities: DigestCommunity[] = []
    for (const one of told) {
      communities.push(await describe(client, one, parts))
      for (const waiting of one.waiting) await markDigested(client, one.at, waiting, monday)
    }
    const unsubscribe = `${baseUrl}/unsubscribe-alerts/${makeToldToken(secretKey, { communityId: null, recipientKey: first.at.key })}`
    const settings = first.to.user_id === null ? null : `${baseUrl}/c/${encodeURIComponent(told[0]?.place.slug ?? '')}/alerts#recipients`
    const why =
      'You get this because a weekly digest of alerts is set for you. It comes on Mondays, and only when there is something to tell.'
    return putInOutbox(
      client,
      {
        mail_key: mailKey,
        // it may speak of several
        community_id: null,
        kind: 'alert-digest',
        to: { address: first.to.address, name: first.to.name },
        ...(await composeAlertDigest({ monday, communities }, { baseUrl, unsubscribe, settings, why })),
        headers: oneClickHeaders(unsubscribe),
      },
      now,
    )
  })

/** One round: what is due by now, also what was missed. Returns how many digests were put into the outbox. */
export const sendDueDigests = async (parts: DigestParts): Promise<number> => {
  let count = 0
  for (const waiting of await listWaiting(parts.db.pool)) {
    if (parts.isStopping?.()) break
    try {
      if (await doReader(parts, waiting)) count += 1
    } catch (error) {
      parts.onFailure?.(error)
    }
  }
  return count
}
