import { hashKey } from './keys.ts'

/** "ana at example.org", as archives hide addresses from programs that collect them. */
const HIDDEN_AT = /^([^\s@]+) (?:at|AT|\(at\)|\[at\]) ([^\s@]+)$/

/** The address as it is compared: without a hidden @, in lower case. */
export const normaliseEmail = (address: string): string => address.trim().replace(HIDDEN_AT, '$1@$2').toLowerCase()

/** Hash of an address, the same however it was written; the address itself is not kept. */
export const emailKey = (address: string): string => hashKey(`email ${normaliseEmail(address)}`)
