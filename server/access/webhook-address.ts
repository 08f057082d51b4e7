/** The address of a feed names its community too, because a look-up must filter by community: 32 bytes, as a word of 43 letters. */
const WORD = /^[A-Za-z0-9_-]{43}$/

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')
const uuidOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

export const webhookWord = (communityId: string, webhookId: string): string =>
  Buffer.concat([bytesOf(communityId), bytesOf(webhookId)]).toString('base64url')

export const webhookUrl = (baseUrl: string, communityId: string, webhookId: string): string =>
  `${baseUrl}/api/v1/hooks/${webhookWord(communityId, webhookId)}`

/** Whose feed it is; null for a word that is none. */
export const readWebhookWord = (word: string): { communityId: string; webhookId: string } | null => {
  if (!WORD.test(word)) return null
  const bytes = Buffer.from(word, 'base64url')
  return { communityId: uuidOf(bytes.subarray(0, 16)), webhookId: uuidOf(bytes.subarray(16)) }
}
