/** The links of alert mails that work without signing in: what each names. */
import { pack, unpack } from '../report/report-token.ts'
import { makeToken, readToken } from '../report/signed-token.ts'

/** A recipient's key with its id packed, where that is a UUID: a router takes no longer part of an address than a hundred characters. */
const packKey = (key: string): string => {
  const packed = pack(key.slice(2))
  return unpack(packed) === key.slice(2) ? `${key.charAt(0).toUpperCase()}${packed}` : key
}
const unpackKey = (text: string): string | null => {
  if (/^[ur]-[\w-]{1,80}$/.test(text)) return text
  const id = /^[UR][\w-]{22}$/.test(text) ? unpack(text.slice(1)) : null
  return id === null ? null : `${text.charAt(0).toLowerCase()}-${id}`
}

/** An alert, and who was told of it. */
export type AlertOpening = { communityId: string; alertId: string; recipientKey: string }

export const makeAlertToken = (secret: string, { communityId, alertId, recipientKey }: AlertOpening): string =>
  makeToken(secret, 'alert', [pack(communityId), pack(alertId), packKey(recipientKey)])

/** Null for every text that is no such token of ours. */
export const readAlertToken = (secret: string, token: string): AlertOpening | null => {
  const [community = '', alert = '', recipient = '', ...rest] = readToken(secret, 'alert', token) ?? []
  const [communityId, alertId, recipientKey] = [unpack(community), unpack(alert), unpackKey(recipient)]
  if (communityId === null || alertId === null || recipientKey === null || rest.length > 0) return null
  return { communityId, alertId, recipientKey }
}

/** Somebody who is told of one community's alerts, or gets the digest of all theirs (`communityId` null). */
export type Told = { communityId: string | null; recipientKey: string }

export const makeToldToken = (secret: string, { communityId, recipientKey }: Told): string =>
  makeToken(secret, 'alert-recipient', [communityId === null ? 'all' : pack(communityId), packKey(recipientKey)])

/** Null for every text that is no such token of ours. */
export const readToldToken = (secret: string, token: string): Told | null => {
  const [community = '', recipient = '', ...rest] = readToken(secret, 'alert-recipient', token) ?? []
  const recipientKey = unpackKey(recipient)
  if (recipientKey === null || rest.length > 0) return null
  if (community === 'all') return { communityId: null, recipientKey }
  const communityId = unpack(community)
  return communityId === null ? null : { communityId, recipientKey }
}

/** Headers by which a mail program ends it with one click (RFC 8058). */
export const oneClickHeaders = (address: string): Record<string, string> => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
