import { makeToken, readToken } from '../signed-token.ts'

/** Uuids in 22 characters, so that the address survives the wrapping of mails. */
const shorten = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')
const lengthen = (text: string): string | null => {
  const hex = Buffer.from(text, 'base64url').toString('hex')
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null
}

export const askToken = (secretKey: string, communityId: string, askId: string): string =>
  makeToken(secretKey, 'value', [shorten(communityId), shorten(askId)])

/** The community and the ask that a link opens; null for one that is not ours. */
export const readAskToken = (secretKey: string, token: string): { communityId: string; askId: string } | null => {
  const [community = '', ask = '', more] = readToken(secretKey, 'value', token) ?? []
  const [communityId, askId] = [lengthen(community), lengthen(ask)]
  return communityId === null || askId === null || more !== undefined ? null : { communityId, askId }
}

export const askAddress = (baseUrl: string, token: string): string => `${baseUrl}/v/${token}`
/** Where one click ends all asking: of the page, and of the mail program (RFC 8058). */
export const optOutAddress = (baseUrl: string, token: string): string => `${askAddress(baseUrl, token)}/stop`
