/** The tokens of links to reports and out of mails: what each names. Ids are packed, so that a mail does not break the address. */
import { makeToken, readToken } from './signed-token.ts'

export const pack = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')

/** Null for what is no packed id. */
export const unpack = (text: string): string | null => {
  const hex = Buffer.from(text, 'base64url').toString('hex')
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null
}

/** What a token opens: the reports of a link that a manager made, or the month that was mailed to a subscription. */
export type ReportOpening =
  | { of: 'link'; communityId: string; linkId: string }
  | { of: 'subscription'; communityId: string; subscriptionId: string; month: string }

export const makeReportToken = (secret: string, opening: ReportOpening): string =>
  opening.of === 'link'
    ? makeToken(secret, 'report', ['l', pack(opening.communityId), pack(opening.linkId)])
    : makeToken(secret, 'report', ['s', pack(opening.communityId), pack(opening.subscriptionId), opening.month])

/** Null for every text that is no such token of ours. */
export const readReportToken = (secret: string, token: string): ReportOpening | null => {
  const [of, community, id, month, ...rest] = readToken(secret, 'report', token) ?? []
  const [communityId, thingId] = [unpack(community ?? ''), unpack(id ?? '')]
  if (communityId === null || thingId === null || rest.length > 0) return null
  if (of === 'l' && month === undefined) return { of: 'link', communityId, linkId: thingId }
  return of === 's' && month !== undefined ? { of: 'subscription', communityId, subscriptionId: thingId, month } : null
}

export type Unsubscribing = { communityId: string; subscriptionId: string }

export const makeUnsubscribeToken = (secret: string, { communityId, subscriptionId }: Unsubscribing): string =>
  makeToken(secret, 'unsubscribe', [pack(communityId), pack(subscriptionId)])

/** Null for every text that is no such token of ours. */
export const readUnsubscribeToken = (secret: string, token: string): Unsubscribing | null => {
  const [community, subscription, ...rest] = readToken(secret, 'unsubscribe', token) ?? []
  const [communityId, subscriptionId] = [unpack(community ?? ''), unpack(subscription ?? '')]
  return communityId === null || subscriptionId === null || rest.length > 0 ? null : { communityId, subscriptionId }
}
