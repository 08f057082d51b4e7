/** Secrets that must be had again, unlike a key's: sealed with the server's own, so that a copy of the database alone gives none away. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const IV_BYTES = 12
const TAG_BYTES = 16

/** A key of its own for this use, from SECRET_KEY. */
const keyOf = (secretKey: string): Buffer => Buffer.from(hkdfSync('sha256', secretKey, '', 'barnraise webhook secret', 32))

/** AES-256-GCM: initialisation vector, tag, text. `owner` names the row it belongs to, and it opens for that row alone. */
export const sealSecret = (secretKey: string, owner: string, secret: string): Buffer => {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secretKey), iv).setAAD(Buffer.from(owner))
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text])
}

/** The secret; null when it was sealed with another SECRET_KEY, for another row, or was changed. */
export const openSecret = (secretKey: string, owner: string, sealed: Buffer): string | null => {
  if (sealed.length < IV_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secretKey), sealed.subarray(0, IV_BYTES)).setAAD(Buffer.from(owner))
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}
