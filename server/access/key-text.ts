/**
 * The text of an API key: `br_<community>_<secret>`, both parts in base32 (RFC 4648, lower case, no padding), so that a
 * double click selects it whole. It names its community, because a look-up must filter by community.
 */
import { createHash, randomBytes } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const SECRET_BYTES = 32
// 16 bytes are 26 letters, 32 bytes are 52
const KEY_TEXT = /^br_([a-z2-7]{26})_([a-z2-7]{52})$/
/** How many letters of the secret are kept to recognise a key by: 20 of its 256 bits. */
const HINT_LETTERS = 4

const toBase32 = (bytes: Uint8Array): string => {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text
}

const fromBase32 = (text: string): Buffer => {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const letter of text) {
    held = (held << 5) | ALPHABET.indexOf(letter)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >> bits) & 255)
    }
    held &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}

const toUuid = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const hashSecret = (secret: Uint8Array): Buffer => createHash('sha256').update(secret).digest()

export type MadeKey = { text: string; hint: string; secretHash: Buffer }

/** A new key of a community, from 256 random bits; only the hash may be kept. */
export const makeKeyText = (communityId: string, random: (size: number) => Buffer = randomBytes): MadeKey => {
  const secret = random(SECRET_BYTES)
  const secretText = toBase32(secret)
  return {
    text: `br_${toBase32(Buffer.from(communityId.replaceAll('-', ''), 'hex'))}_${secretText}`,
    hint: `br_…_${secretText.slice(0, HINT_LETTERS)}…`,
    secretHash: hashSecret(secret),
  }
}

/** What a key's text says: whose it is and the hash to look it up by; null when it is no key of ours. */
export const readKeyText = (text: string): { communityId: string; secretHash: Buffer } | null => {
  const match = KEY_TEXT.exec(text)
  if (match === null) return null
  const community = fromBase32(match[1]!)
  const secret = fromBase32(match[2]!)
  // the last letter of each part carries spare bits: only the spelling that was handed out is the key
  if (toBase32(community) !== match[1] || toBase32(secret) !== match[2]) return null
  return { communityId: toUuid(community), secretHash: hashSecret(secret) }
}
