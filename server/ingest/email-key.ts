import { hashKey } from './keys.ts'
import { isRoleAddress } from './role-address.ts'
import { normaliseEmail } from './sources/normalise-email.ts'

/** Enough of RFC 5321 to tell an address from "n/a", which everyone without one may have. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/**
 * Hash of an account's address, the same however it was written; the address itself is not kept. Null without an address that is one
 * person's. An id that is an address, as in archives of mail, stands for one.
 */
export const emailKey = ({ id, email }: { id: string; email?: string | null | undefined }): string | null => {
  // most ids are none, and this is asked of every event
  for (const given of [email, id.includes('@') ? id : null]) {
    if (!given) continue
    const address = normaliseEmail(given)
    if (ADDRESS.test(address)) return isRoleAddress(address) ? null : hashKey(`email ${address}`)
  }
  return null
}
