/** The links of alert mails that work without signing in: what each names. */
import { makeToken, readToken } from '../report/signed-token.ts'

const ID = /^[\w-]{1,80}$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An alert, and who was told of it. */
export type AlertOpening = { communityId: string; alertId: string; recipientKey: string }

export const makeAlertToken = (secret: string, { communityId, alertId, recipientKey }: AlertOpening): string =>
  makeToken(secret, 'alert', [communityId, alertId, recipientKey])

/** Null for every text that is no such token of ours. */
export const readAlertToken = (secret: string, token: string): AlertOpening | null => {
  const [communityId = '', alertId = '', recipientKey = '', ...rest] = readToken(secret, 'alert', token) ?? []
  return UUID.test(communityId) && UUID.test(alertId) && ID.test(recipientKey) && rest.length === 0
    ? { communityId, alertId, recipientKey }
    : null
}

/** Somebody who is told of one community's alerts, or gets the digest of all theirs (`communityId` null). */
export type Told = { communityId: string | null; recipientKey: string }

export const makeToldToken = (secret: string, { communityId, recipientKey }: Told): string =>
  makeToken(secret, 'alert-recipient', [communityId ?? 'all', recipientKey])

/** Null for every text that is no such token of ours. */
export const readToldToken = (secret: string, token: string): Told | null => {
  const [community = '', recipientKey = '', ...rest] = readToken(secret, 'alert-recipient', token) ?? []
  if (!ID.test(recipientKey) || rest.length > 0) return null
  return community === 'all' ? { communityId: null, recipientKey } : UUID.test(community) ? { communityId: community, recipientKey } : null
}

/** Headers by which a mail program ends it with one click (RFC 8058). */
export const oneClickHeaders = (address: string): Record<string, string> => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
